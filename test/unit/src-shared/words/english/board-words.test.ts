import { expect, it } from 'vitest';
import { boardWords } from '../../../../../src-shared/words/english/board-words.ts';

it.each([
  [1, 0, '1 server, nothing to do'],
  [1, 1, '1 server, 1 needs action'],
  [12, 3, '12 servers, 3 need action'],
])('summarizes %i servers of which %i need action', (count, needing, summary) => {
  expect(boardWords.summary(count, needing)).toBe(summary);
});
