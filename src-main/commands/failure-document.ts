import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';

/** A failure for a program: the code is for its logic, and the words are for people who read its log. */
export function failureDocument(failure: Failure) {
  const { headline, meaning } = words.failureWords(failure);
  const next = terminalWords.nextStep(failure.remedy, failure.facts);
  return present({ code: failure.code, title: headline, detail: meaning, next: next ?? undefined });
}
