import { helpWords as english } from './english/help-words.ts';

/** The sentences of the help. Separate from the other words, because the window's first page needs none of these. */
export const helpWords: typeof english = english;
