import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** Asked once, when the window of a licensed console is closed for the first time. */
export function CloseDialog() {
  const { license, acquisition } = useConsole().state;
  const waiting = acquisition.state === 'confirming_server' ? words.closing.newLicenseWaits : words.closing.waiting;
  return (
    <ModalDialog heading={words.closing.heading} onEscape={() => send('background.stay_open')}>
      {() => (
        <>
          {license ? <p>{words.closing.why}</p> : null}
          <p>{license ? words.closing.until(license.details.tokenExpiresAt) : waiting}</p>
          <p className="section-note">{words.closing.once}</p>
          <div className="dialog-actions">
            <Button look="primary" onPress={() => send('background.answer', { keepRunning: true })}>
              {words.closing.keepRunning}
            </Button>
            <Button onPress={() => send('background.answer', { keepRunning: false })}>{words.closing.stop}</Button>
            <Button look="quiet" onPress={() => send('background.stay_open')}>
              {words.closing.stayOpen}
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
