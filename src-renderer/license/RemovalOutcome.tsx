import { useEffect, useRef } from 'react';
import type { RemovalView } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';

/**
 * What a person may still have to do after a removal, shown on the page. Nothing if the authorization was ended as well: see
 * {@link justRemoved}.
 */
export function RemovalOutcome({ removal }: { readonly removal: RemovalView }) {
  const dismiss = (
    <Button look="quiet" onPress={() => send('license.dismiss_removal')}>
      {words.notices.dismiss}
    </Button>
  );
  const { profile } = useConsole().state;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The dialog that had the focus has closed.
    if (removal.state === 'removed') box.current?.focus();
  }, [removal.state]);
  const { removal: said } = words;
  const hereOnly = <Button onPress={() => send('license.remove', { hereOnly: true })}>{said.hereOnly}</Button>;
  if (removal.state === 'waiting') return <Notice tone="caution" {...words.license.removalWaits} actions={hereOnly} />;
  if (removal.state === 'undone')
    return (
      <FailureNotice
        failure={removal.failure}
        action={
          <>
            {hereOnly}
            {dismiss}
          </>
        }
      />
    );
  if (removal.state !== 'removed' || removal.revoked) return null;
  const after = words.license.removedWords(removal, profile?.serverName ?? '');
  return <Notice tone="caution" {...after} boxRef={box} actions={dismiss} />;
}
