import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';

/** Opens the Authorization server's page in the person's own browser. Resolves to null, or to a text that says why it did not open. */
export async function openInBrowser(): Promise<string | null> {
  const opened = await call('pane.open_in_browser');
  if (opened.ok) return null;
  return opened.failure.code === 'address_not_allowed'
    ? words.pane.notInBrowser
    : words.failureWords(opened.failure).headline;
}
