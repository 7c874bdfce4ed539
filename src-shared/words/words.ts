import { english } from './english/english.ts';

/** Every sentence that a person reads. Another language would be one more folder like `english`. */
export type Words = typeof english;

/** The words in use. There is one language so far. */
export const words: Words = english;

export type { FailureContext, FailureWords } from './english/failure-words.ts';
export type { HistoryRowWords } from './english/history-words.ts';
export type { PeerFact, PeerVerdictWords } from './english/peer-words.ts';
export type { FieldWords } from './license-fields.ts';
