import { words } from '../../src-shared/words/words.ts';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { closeToast, useToast } from './toast.ts';

/** The outcome of an action, in the corner that the Authorization pane never covers. The live region says the same. */
export function Toast() {
  const toast = useToast();
  if (!toast) return null;
  return (
    <div className="toast" data-failed={toast.failed || undefined}>
      <Icon name={toast.failed ? 'warning' : 'check'} />
      <span>{toast.said}</span>
      {toast.failed ? <IconButton icon="close" label={words.frame.closeToast} onPress={closeToast} /> : null}
    </div>
  );
}
