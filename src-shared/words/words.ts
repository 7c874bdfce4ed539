import { english } from './english/english.ts';

/** Every sentence that a person reads. Another language is one more folder of this shape. */
export type Words = typeof english;

/** The words in use. One language today. */
export const words: Words = english;

export type { FailureContext, FailureWords } from './english/failure-words.ts';
export type { HistoryRowWords } from './english/history-words.ts';
export type { PeerFact, PeerVerdictWords } from './english/peer-words.ts';
export type { FieldWords } from './license-fields.ts';
