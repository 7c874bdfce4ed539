import { terminalWords as english } from './english/terminal-words.ts';

/** Every sentence of the terminal. Apart from the other words: the window's page needs none of these. */
export const terminalWords: typeof english = english;
