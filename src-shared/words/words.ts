import { english } from './english/english.ts';

/** Every sentence that a person reads. Another language would be one more folder like `english`. */
type Words = typeof english;

/** The words in use. There is one language so far. */
export const words: Words = english;

export type { FailureContext } from './english/failure-words.ts';
export type { FieldWords } from './english/license-words.ts';
