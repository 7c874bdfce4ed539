import { send } from '../state/bridge.ts';

/** Opens the pane at the request of a person. The pressed button disappears, so the page gets the keyboard focus. */
export function openPane(): void {
  send('pane.show', { open: true });
  send('pane.focus');
}
