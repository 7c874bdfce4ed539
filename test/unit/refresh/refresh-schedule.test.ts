import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstRetryMs,
  maxRetryMs,
  minDelayMs,
  refreshDueAt,
  retryDelayMs,
} from '../../../src-main/refresh/refresh-schedule.ts';
import { said, tries } from '../../fakes/tries.ts';

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

  it('T9: 10,000 stores after 6 h without the server: no second has more than 1 % of them', () => {
    // A generator of its own, so that every run tries the same stores.
    let seed = 20_260_310;
    const random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    const outageMs = 6 * 3_600_000;
    const perSecond = new Map<number, number>();
    for (let store = 0; store < 10_000; store += 1) {
      // Tokens that live a day, issued at any time; the first refresh in the outage fails.
      let atMs = random() * outageMs;
      for (let failures = 1; atMs < outageMs; failures += 1) atMs += retryDelayMs(failures, random());
      const second = Math.floor(atMs / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(100);
  });
});
