import { handoverWords as english } from './english/handover-words.ts';

/** The sentences of the handover sheet and its calendar. Separate from the other words, because the window's first page needs none of these. */
export const handoverWords: typeof english = english;
