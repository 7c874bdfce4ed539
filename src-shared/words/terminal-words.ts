import { terminalWords as english } from './english/terminal-words.ts';

/** Every sentence of the terminal. Separate from the other words, because the window's page needs none of these. */
export const terminalWords: typeof english = english;
