import { useRef, useState } from 'react';
import { environmentOf } from '../../src-shared/servers/authorization-server-address.ts';
import type { ServerView } from '../../src-shared/window/console-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { ForgottenLicense } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';

interface ForgetServerDialogProps {
  readonly server: ServerView;
  readonly onClosed: (isForgotten: boolean) => void;
}

/** Says what is deleted and what stays, then forgets the server. Offers to remove a license that it holds first. */
export function ForgetServerDialog({ server, onClosed }: ForgetServerDialogProps) {
  const { id, serverName, issuer, licensed } = server;
  const [busy, setBusy] = useState<ForgottenLicense | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isForgotten = useRef(false);
  const said = words.servers.forgetting;
  // It may have been licensed elsewhere, for example in a terminal, since the dialog opened.
  const holds = licensed || failure?.code === 'server_holds_license';
  const forget = async (license: ForgottenLicense, close: () => void) => {
    if (busy) return;
    setBusy(license);
    const forgotten = await call('profile.forget', { id, license });
    setBusy(null);
    if (!forgotten.ok) return setFailure(forgotten.failure);
    isForgotten.current = true;
    toastDone(said.forgotten(serverName));
    return close();
  };
  const { host } = environmentOf(issuer, { isSandbox: false });
  return (
    <ModalDialog
      heading={said.heading(serverName)}
      onClosed={() => onClosed(isForgotten.current)}
      grave={
        <ul>
          {said.whatHappens(host, { holds, newLicenseWaits: server.newLicenseWaits ?? false }).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      }
    >
      {(close) => (
        <>
          {failure ? <FailureNotice failure={failure} takesFocus action={null} /> : null}
          <div className="dialog-actions">
            {holds ? (
              <Button look="danger-primary" busy={busy === 'remove'} onPress={() => void forget('remove', close)}>
                {said.removeFirst}
              </Button>
            ) : null}
            <Button
              look={holds ? 'danger' : 'danger-primary'}
              busy={busy === 'none' || busy === 'leave_open'}
              onPress={() => void forget(holds ? 'leave_open' : 'none', close)}
            >
              {holds ? said.onlyForget : said.confirm}
            </Button>
            <Button onPress={close}>{words.servers.cancel}</Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
