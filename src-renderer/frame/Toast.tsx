import { words } from '../../src-shared/words/words.ts';
import { Button, IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { closeToast, fadeToast, holdToast, useToast } from './toast.ts';

/** The outcome of an action, in the corner that the Authorization pane never covers. The live region says the same. */
export function Toast() {
  const toast = useToast();
  if (!toast) return null;
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
