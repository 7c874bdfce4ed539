import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstRetryMs,
  lostAnswerRetryMs,
  maxRetryMs,
  minDelayMs,
  reconnectDelayMs,
  refreshDueAt,
  retryDelayMs,
} from '../../../../src-main/refresh/refresh-schedule.ts';
import { said, tries } from '../../../fakes/tries.ts';

const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('when a refresh is due', () => {
  it(`${said(2_000)} tokens: at half of the life ±10 %, never before iat and never after exp`, () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 400 * 86_400_000 }), randoms, (issuedAt, lifeMs, random) => {
        const dueAt = refreshDueAt(issuedAt, issuedAt + lifeMs, random);
        expect(dueAt).toBeGreaterThanOrEqual(Math.floor(issuedAt + lifeMs * 0.4));
        expect(dueAt).toBeLessThanOrEqual(Math.ceil(issuedAt + lifeMs * 0.6));
      }),
      { numRuns: tries(2_000) },
    );
  });

  it('the whole of ±10 % is used', () => {
    expect([0, 0.5, 0.999_999].map((random) => refreshDueAt(0, 1_000_000, random))).toEqual([
      400_000, 500_000, 600_000,
    ]);
  });
});

it('a token without a life is due at once', () => {
  for (const expiresAt of [1_000, 999, 0]) expect(refreshDueAt(1_000, expiresAt, 0)).toBe(1_000);
});

describe('when a failed refresh is tried again', () => {
  it(`${said(2_000)} failures: full jitter within the cap of 1 h, Retry-After on top, never under a second`, () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        randoms,
        fc.option(fc.nat(999_999), { nil: undefined }),
        (failures, random, after) => {
          const delayMs = retryDelayMs(failures, random, after);
          const askedMs = (after ?? 0) * 1000;
          const ceilingMs = Math.min(maxRetryMs, firstRetryMs * 2 ** Math.max(0, failures - 1));
          expect(delayMs).toBeGreaterThanOrEqual(Math.max(minDelayMs, askedMs));
          expect(delayMs).toBeLessThanOrEqual(Math.max(minDelayMs, askedMs + ceilingMs + 1));
        },
      ),
      { numRuns: tries(2_000) },
    );
  });
});

it('the wait doubles with each failure, from half a minute to an hour, and what the server asked for comes first', () => {
  const longest = [0, 1, 2, 3, 7, 8, 9, 5_000].map((failures) => retryDelayMs(failures, 1));
  expect(longest).toEqual([30_000, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000]);
  expect([0, 0.5].map((random) => retryDelayMs(5, random))).toEqual([1_000, 240_000]);
  expect([0, 0.5].map((random) => retryDelayMs(5, random, 90))).toEqual([90_000, 330_000]);
});

describe('when a network that came back is used', () => {
  it(`${said(2_000)} tokens: within 5 min and a fiftieth of the life, and at once where it has run out`, () => {
    const spans = fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 });
    fc.assert(
      fc.property(spans, spans, randoms, (lifeMs, remainingMs, random) => {
        const delayMs = reconnectDelayMs(lifeMs, remainingMs, random);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(remainingMs <= 0 ? 0 : Math.min(5 * 60_000, Math.max(0, lifeMs / 50) + 1));
      }),
      { numRuns: tries(2_000) },
    );
  });

  it('a fiftieth of the life for a token that is short, and none from the very end on', () => {
    const hour = 3_600_000;
    expect([0, 0.5, 1].map((random) => reconnectDelayMs(hour, hour, random))).toEqual([0, 36_000, 72_000]);
    expect([1, 0, -1].map((left) => reconnectDelayMs(hour, left, 1))).toEqual([72_000, 0, 0]);
  });

  it('the whole of the 5 min is used', () => {
    const day = 86_400_000;
    expect([0, 0.5, 0.999_999].map((random) => reconnectDelayMs(5 * day, day, random))).toEqual([0, 150_000, 300_000]);
  });
});

it('the whole of the 2 to 10 s is used', () => {
  expect([0, 0.5, 1].map(lostAnswerRetryMs)).toEqual([2_000, 6_000, 10_000]);
});

it(`${said(2_000)} lost answers are asked for again after 2 to 10 s`, () => {
  fc.assert(
    fc.property(randoms, (random) => {
      expect(lostAnswerRetryMs(random)).toBeGreaterThanOrEqual(2_000);
      expect(lostAnswerRetryMs(random)).toBeLessThanOrEqual(10_000);
    }),
    { numRuns: tries(2_000) },
  );
});
