import { diagnosticsWords as english } from './english/diagnostics-words.ts';

/** The sentences of the diagnostics. Separate from the other words, because the window's first page needs none of these. */
export const diagnosticsWords: typeof english = english;
