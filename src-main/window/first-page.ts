import type { ConsoleState } from '../../src-shared/console-state.ts';

/**
 * Puts the kept snapshot into the document, as markup that is painted before any script runs and as data that the script
 * takes up.
 */
export function firstPage(document: string, state: ConsoleState, markup: (state: ConsoleState) => string): string {
  const data = JSON.stringify(state).replaceAll('<', '\\u003c');
  return document
    .replace('<!--first-paint-->', () => markup(state))
    .replace('<!--console-state-->', () => `<script type="application/json" id="console-state">${data}</script>`);
}
