import { expect, test } from 'vitest';
import { words } from '../../../../src-shared/words/words.ts';

test('an invalid plain date is shown as it is, so that the rest of the page is not lost', () => {
  expect(words.dates.plainDate('2027-03-31')).toBe('31 March 2027');
  expect(words.dates.plainDate('2027-13-45')).toBe('2027-13-45');
  expect(words.dates.plainDate('soon')).toBe('soon');
});
