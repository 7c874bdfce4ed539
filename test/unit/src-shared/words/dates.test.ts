import { expect, test } from 'vitest';
import { words } from '../../../../src-shared/words/words.ts';

test('an invalid plain date is shown as it is, so that the rest of the page is not lost', () => {
  expect(words.dates.plainDate('2027-03-31')).toBe('31 March 2027');
  expect(words.dates.plainDate('2027-13-45')).toBe('2027-13-45');
  expect(words.dates.plainDate('soon')).toBe('soon');
  expect(words.dates.mediumPlainDate('2027-03-31')).toBe('31 Mar 2027');
  expect(words.dates.mediumPlainDate('soon')).toBe('soon');
});

test('a time for a reader in another zone names this zone', () => {
  const said = words.dates.timeAbroad(Date.UTC(2026, 6, 5, 12, 10));
  const zone = /^\d\d:\d\d on \w+, \d July 2026 \(GMT(?:([+-])(\d\d):(\d\d))?\)$/.exec(said);
  const minutes = Number(`${zone?.[1] ?? ''}1`) * (Number(zone?.[2] ?? 0) * 60 + Number(zone?.[3] ?? 0));
  expect(zone && minutes).toBe(0 - new Date(Date.UTC(2026, 6, 5, 12, 10)).getTimezoneOffset());
});
