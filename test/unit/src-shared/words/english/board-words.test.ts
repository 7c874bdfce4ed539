import { expect, it } from 'vitest';
import { boardWords } from '../../../../../src-shared/words/english/board-words.ts';
import { consoleStates, galleryNow } from '../../../../gallery/console-states.ts';

it.each([
  [1, 0, '1 server, nothing to do'],
  [1, 1, '1 server, 1 needs action'],
  [12, 3, '12 servers, 3 need action'],
])('summarizes %i servers of which %i need action', (count, needing, summary) => {
  expect(boardWords.summary(count, needing)).toBe(summary);
});

function clocksOf(name: 'licensed' | 'expired') {
  const { license } = consoleStates[name];
  if (!license) throw new Error(`${name} holds no license`);
  return boardWords.clocks(license, galleryNow);
}

it('writes the dates short, as a list needs them, and keeps the whole ones for the tooltip', () => {
  const { renewal, token } = clocksOf('licensed');
  expect(renewal).toEqual({
    headline: 'Renew by 31 Mar 2027',
    detail: 'in 125 days',
    whole: 'Renew by 31 March 2027',
  });
  expect(token.headline).toMatch(/^Expires \d+ Nov 2026, \d\d:\d\d$/);
  expect(token.whole).toMatch(/^Expires \w+day, \d+ November 2026, \d\d:\d\d$/);
  expect(clocksOf('expired').renewal.headline).toBe('Expired 21 Nov 2026');
});
