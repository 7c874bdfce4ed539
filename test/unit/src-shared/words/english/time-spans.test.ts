import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutesAndSeconds, span } from '../../../../../src-shared/words/english/time-spans.ts';
import { failure } from '../../../../../src-shared/result.ts';
import { words } from '../../../../../src-shared/words/words.ts';
import { said, tries } from '../../../../fakes/tries.ts';

const second = 1000;
const hour = 3_600 * second;
const day = 24 * hour;

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [9 * second, '9 s'],
  [59_999, '59 s'],
  [89 * 60 * second, '89 min'],
  [90 * 60 * second, '1 h'],
  [30 * hour, '30 h'],
  [2 * day, '2 days'],
  [2 * day + 22 * hour, '2 days 22 h'],
  [127 * day, '127 days'],
  [36_500 * day, '36500 days'],
  [36_501 * day, 'more than 100 years'],
  [1e308, 'more than 100 years'],
  [Number.POSITIVE_INFINITY, 'more than 100 years'],
  [Number.NEGATIVE_INFINITY, '0 s'],
  [Number.NaN, 'an unknown time'],
])('%d ms are shown as %s', (ms, text) => {
  expect(span(ms)).toBe(text);
});

test.each([
  [292, '4:52'],
  [3_599, '59:59'],
  [3_600, '60 min'],
  [86_399, '23 h'],
  [86_400, '24 h'],
  [1e308, 'more than 100 years'],
  [Number.NaN, 'an unknown time'],
  [-1, '0:00'],
])('%d s left of a code are shown as %s', (seconds, text) => {
  expect(minutesAndSeconds(seconds)).toBe(text);
});

const numbers = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e308,
    -1e308,
    86_340_000,
    1439 * 60_000,
  ),
);
/** At most three digits of minutes, and no unreadable number. */
const plain =
  /^(an unknown time|more than 100 years|\d{1,5} days|\d days \d{1,2} h|\d{1,2} h|[1-8]?\d min|[1-5]?\d s)$/;

describe(`${said(1_000)} numbers of any kind`, () => {
  const hold = (property: (value: number) => void) =>
    fc.assert(fc.property(numbers, property), { numRuns: tries(1_000) });

  test('are shown as a time span in plain words', () => {
    hold((ms) => {
      expect(span(ms)).toMatch(plain);
    });
  });

  test('are shown as the time left of a code in plain words', () => {
    hold((seconds) => {
      const text = minutesAndSeconds(seconds);
      if (!/^[1-5]?\d:[0-5]\d$|^60:00$/.test(text)) expect(text).toMatch(plain);
    });
  });

  test('are shown in plain words in every sentence with a time', () => {
    hold((value) => {
      const facts = {
        seconds: String(value),
        retry_after: String(value),
        life: String(value),
        interval: String(value),
      };
      const texts = [
        words.acquisition.timeLeft(value),
        words.acquisition.pollLine(value, value),
        words.acquisition.pollTrouble('busy', value),
        words.acquisition.notDue(value),
        ...(['poll_not_due', 'too_many_requests', 'server_error', 'user_code_uncheckable'] as const).map(
          (code) => words.failureWords(failure(code, { facts })).meaning,
        ),
      ];
      for (const text of texts) expect(text).not.toMatch(/NaN|Infinity|undefined|e\+\d|\d{6}|\d{3,} (min|s|h)\b/);
    });
  });
});
