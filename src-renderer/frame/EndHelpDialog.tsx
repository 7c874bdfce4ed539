import { helpedCount } from '../../src-shared/pairing/helped-count.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';

/** Asked when the window is closed while servers may use this computer's internet. */
export function EndHelpDialog() {
  const { offer } = useConsole().state;
  const { heading, why, endsAt, end, keepHelping, stayOpen } = words.endingHelp;
  const count = offer ? helpedCount(offer) : 0;
  return (
    <ModalDialog heading={heading} onEscape={() => send('background.stay_open')}>
      {() => (
        <>
          <p>{why(count)}</p>
          {offer ? <p className="section-note">{endsAt(offer.endsAt)}</p> : null}
          <div className="dialog-actions">
            <Button look="primary" onPress={() => send('background.answer_help', { keepHelping: true })}>
              {keepHelping}
            </Button>
            <Button onPress={() => send('background.answer_help', { keepHelping: false })}>{end}</Button>
            <Button look="quiet" onPress={() => send('background.stay_open')}>
              {stayOpen}
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
