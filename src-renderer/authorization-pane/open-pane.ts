import { send } from '../bridge.ts';

/** Opens the pane for a person who asked for it; the button that did goes away, and the keyboard goes on in the page. */
export function openPane(): void {
  send('pane.show', { open: true });
  send('pane.focus');
}
