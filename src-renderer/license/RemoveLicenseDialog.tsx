import type { AuthorizationEnd } from '../../src-shared/window/console-state.ts';
import { type Failure, mayRevokeLater } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** Says what will stop, then removes and revokes the license. If the server cannot be reached, offers to remove it only here. */
export function RemoveLicenseDialog({ onClose }: { readonly onClose: () => void }) {
  const { profile, removal, removalEnds } = useConsole().state;
  const closed = () => {
    if (removal.state === 'failed') send('license.dismiss_removal');
    onClose();
  };
  return (
    <ModalDialog
      heading={words.removal.heading(profile?.serverName ?? '')}
      onClosed={closed}
      grave={<WhatStops authorization={removalEnds} />}
    >
      {(close) => (
        <>
          {removal.state === 'failed' ? <RemovalFailed failure={removal.failure} /> : null}
          <div className="dialog-actions">
            {removal.state === 'failed' ? null : (
              <Button
                look="danger-primary"
                busy={removal.state === 'removing'}
                onPress={() => send('license.remove', { hereOnly: false })}
              >
                {removal.state === 'removing' ? words.license.removing : words.removal.confirm}
              </Button>
            )}
            <Button onPress={close}>{words.removal.cancel}</Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}

function WhatStops({ authorization }: { readonly authorization: AuthorizationEnd }) {
  return (
    <>
      <ul>
        {words.removal.whatStops(authorization).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>{words.removal.comeBack}</p>
    </>
  );
}

function RemovalFailed({ failure }: { readonly failure: Failure }) {
  if (failure.remedy !== 'remove_here_only') {
    return <FailureNotice failure={failure} retry={() => send('license.remove', { hereOnly: false })} />;
  }
  const again = mayRevokeLater(failure);
  return (
    <FailureNotice
      failure={failure}
      action={
        <>
          {again ? (
            <Button look="primary" onPress={() => send('license.remove', { hereOnly: false })}>
              {words.removal.tryAgain}
            </Button>
          ) : null}
          <Button {...(again ? {} : { look: 'primary' })} onPress={() => send('license.remove', { hereOnly: true })}>
            {words.removal.hereOnly}
          </Button>
        </>
      }
    />
  );
}
