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
  retryDueAt,
} from '../../../../src-main/refresh/refresh-schedule.ts';
import { said, tries } from '../../../fakes/tries.ts';

const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('the due time of a refresh', () => {
  it(`is at half of the lifetime ±10 %, not before iat and not after exp: ${said(2_000)} tokens`, () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 400 * 86_400_000 }), randoms, (issuedAt, lifeMs, random) => {
        const dueAt = refreshDueAt(issuedAt, issuedAt + lifeMs, random);
        expect(dueAt).toBeGreaterThanOrEqual(Math.floor(issuedAt + lifeMs * 0.4));
        expect(dueAt).toBeLessThanOrEqual(Math.ceil(issuedAt + lifeMs * 0.6));
      }),
      { numRuns: tries(2_000) },
    );
  });

  it('uses the whole range of ±10 %', () => {
    expect([0, 0.5, 0.999_999].map((random) => refreshDueAt(0, 1_000_000, random))).toEqual([
      400_000, 500_000, 600_000,
    ]);
  });
});

it('a token without a lifetime is due at once', () => {
  for (const expiresAt of [1_000, 999, 0]) expect(refreshDueAt(1_000, expiresAt, 0)).toBe(1_000);
});

describe('the wait after a failed refresh', () => {
  it(`is random up to 1 h, comes on top of Retry-After and is never below a second: ${said(2_000)} failures`, () => {
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

it('the wait doubles with each failure, from half a minute to an hour, on top of what the server asked for', () => {
  const longest = [0, 1, 2, 3, 7, 8, 9, 5_000].map((failures) => retryDelayMs(failures, 1));
  expect(longest).toEqual([30_000, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000]);
  expect([0, 0.5].map((random) => retryDelayMs(5, random))).toEqual([1_000, 240_000]);
  expect([0, 0.5].map((random) => retryDelayMs(5, random, 90))).toEqual([90_000, 330_000]);
});

it('the wait never exceeds an eighth of the life of a short token, and half a minute stays possible', () => {
  const longest = (lifeMs: number) => retryDelayMs(5_000, 1, 0, lifeMs);
  expect([20_000, 240_000, 480_000, 8 * 3_600_000, 7 * 86_400_000].map(longest)).toEqual([
    30_000, 30_000, 60_000, 3_600_000, 3_600_000,
  ]);
  expect(retryDelayMs(5_000, 0.5, 90, 480_000)).toBe(120_000);
});

describe('the pause that a server asks for', () => {
  const hour = 3_600_000;
  const token = { pausesUntil: 60 * hour, expiresAt: 100 * hour };
  const dueAt = (failedAt: number, delayMs: number, random = 1) => retryDueAt(token, failedAt, delayMs, random);

  it('is kept while the token has time', () => {
    expect(dueAt(50 * hour, 9 * hour)).toBe(59 * hour);
    expect(dueAt(20 * hour, hour)).toBe(21 * hour);
  });

  it('ends when the last part of the life starts, or a quarter of that part after a failure shortly before it', () => {
    expect(dueAt(49 * hour, 24 * hour)).toBe(60 * hour);
    expect([0, 0.5, 1].map((random) => dueAt(60 * hour - 1, 24 * hour, random) + 1)).toEqual([
      65 * hour,
      67.5 * hour,
      70 * hour,
    ]);
  });

  it('is at most a quarter of the last part in that part, and an hour after the expiry', () => {
    expect(dueAt(80 * hour, 3 * hour)).toBe(83 * hour);
    expect([0, 0.5, 1].map((random) => dueAt(80 * hour, 24 * hour, random))).toEqual(
      [85, 87.5, 90].map((at) => at * hour),
    );
    expect(dueAt(100 * hour - 1, 24 * hour)).toBe(110 * hour - 1);
    expect(dueAt(100 * hour, 24 * hour)).toBe(101 * hour);
    expect(dueAt(500 * hour, 1)).toBe(500 * hour + 1);
  });

  it('is never below a second, however short the token lives', () => {
    const short = { pausesUntil: 0, expiresAt: 100 };
    expect([0, 99, 100].map((failedAt) => retryDueAt(short, failedAt, 5_000, 0))).toEqual([1_000, 1_099, 5_100]);
  });
});

describe('the wait after the network came back', () => {
  it(`is at most 5 min and a fiftieth of the lifetime, and none for an expired token: ${said(2_000)} tokens`, () => {
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

  it('is at most a fiftieth of a short lifetime, and none from the expiry on', () => {
    const hour = 3_600_000;
    expect([0, 0.5, 1].map((random) => reconnectDelayMs(hour, hour, random))).toEqual([0, 36_000, 72_000]);
    expect([1, 0, -1].map((left) => reconnectDelayMs(hour, left, 1))).toEqual([72_000, 0, 0]);
  });

  it('uses the whole range of 5 min', () => {
    const day = 86_400_000;
    expect([0, 0.5, 0.999_999].map((random) => reconnectDelayMs(5 * day, day, random))).toEqual([0, 150_000, 300_000]);
  });
});

it('the wait after a lost response uses the whole range of 2 to 10 s', () => {
  expect([0, 0.5, 1].map(lostAnswerRetryMs)).toEqual([2_000, 6_000, 10_000]);
});

it(`the wait after a lost response is 2 to 10 s: ${said(2_000)} waits`, () => {
  fc.assert(
    fc.property(randoms, (random) => {
      expect(lostAnswerRetryMs(random)).toBeGreaterThanOrEqual(2_000);
      expect(lostAnswerRetryMs(random)).toBeLessThanOrEqual(10_000);
    }),
    { numRuns: tries(2_000) },
  );
});
