import { expect, test } from 'vitest';
import { words } from '../../../../src-shared/words/words.ts';

test('a plain date that is none is shown as it is: nothing else of the page is lost by it', () => {
  expect(words.dates.plainDate('2027-03-31')).toBe('31 March 2027');
  expect(words.dates.plainDate('2027-13-45')).toBe('2027-13-45');
  expect(words.dates.plainDate('soon')).toBe('soon');
});
