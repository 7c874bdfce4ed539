import { preflightWords as english } from './english/preflight-words.ts';

/** The sentences of the checks. Separate from the other words, because the window's first page needs none of these. */
export const preflightWords: typeof english = english;
