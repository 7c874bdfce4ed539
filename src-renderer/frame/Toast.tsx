import { useEffect } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { closeToast, fadeToast, holdToast, toastStands, useToast } from '../state/toast.ts';

/** The outcome of an action, in the corner that the Authorization pane never covers. The live region says the same. */
export function Toast() {
  const toast = useToast();
  const { state } = useConsole();
  const stands = toast !== null && toastStands(toast, state);
  useEffect(() => {
    if (!stands) closeToast();
  }, [stands]);
  if (!stands) return null;
  const { said, failed, action } = toast;
  return (
    <section className="toast-place" aria-label={words.frame.toastLabel}>
      <div
        className="toast"
        data-failed={failed || undefined}
        onPointerEnter={holdToast}
        onPointerLeave={fadeToast}
        onFocus={holdToast}
        onBlur={fadeToast}
      >
        <Icon name={failed ? 'warning' : 'check'} />
        <div>
          <span>{said}</span>
          {action ? (
            <Button look="quiet" onPress={action.act}>
              {action.label}
            </Button>
          ) : null}
        </div>
        {failed || action ? <IconButton icon="close" label={words.frame.closeToast} onPress={closeToast} /> : null}
      </div>
    </section>
  );
}
