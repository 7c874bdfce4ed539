import type { ConsoleState } from '../../../src-shared/window/console-state.ts';

/**
 * Puts the stored snapshot into the document twice: as markup, which is painted before any script runs, and as data, with
 * which the script starts.
 */
export function firstPage(document: string, state: ConsoleState, markup: (state: ConsoleState) => string): string {
  const data = JSON.stringify(state).replaceAll('<', '\\u003c');
  return document
    .replace('<!--first-paint-->', () => markup(state))
    .replace('<!--console-state-->', () => `<script type="application/json" id="console-state">${data}</script>`);
}
