import { describe, expect, it } from 'vitest';
import { untilNextChangeMs } from '../../../src-shared/console-standing.ts';
import type { LicenseView } from '../../../src-shared/console-state.ts';
import { standing } from '../../fakes/standing.ts';

const right = { state: 'right' } as const;

function license(judgedAt: number, endsAt?: number): LicenseView {
  return {
    details: { serverId: 'store-014', tokenIssuedAt: 0, tokenExpiresAt: 1_000 },
    evaluation: {
      renewal: { state: 'licensed', ...(endsAt === undefined ? {} : { warnsAt: endsAt - 500, endsAt }) },
      token: { state: 'fine', issuedAt: 0, warnsAt: 700, expiresAt: 1_000 },
      judgedAt,
    },
  };
}
const until = (...licenses: readonly (LicenseView | null)[]) =>
  untilNextChangeMs({ servers: licenses.map((held) => ({ ...standing(0), license: held })), clock: right });

const day = 86_400_000;

describe('the next instant at which something else is said', () => {
  it.each([
    [100, undefined, 600],
    [699, undefined, 1],
    [700, undefined, 300],
    [1_000, undefined, Number.POSITIVE_INFINITY],
    [100, 650, 50],
    [1_000, 2_000, 500],
    [1_999, 2_000, 1],
  ])('judged at %d, renewal ends at %s: in %d ms', (judgedAt, endsAt, ms) => {
    expect(until(license(judgedAt, endsAt))).toBe(ms);
  });

  it('a token that asks for no warning: half a day before the end of its ten days', () => {
    const at = 100 * day;
    const servers = [standing(at, { details: { tokenWarningSeconds: 0 } })];
    expect(untilNextChangeMs({ servers, clock: right })).toBe(9 * day - day / 2);
  });

  it('is the soonest of all servers; never without a license', () => {
    expect(until(license(100), license(690), null)).toBe(10);
    expect(until(null)).toBe(Number.POSITIVE_INFINITY);
    expect(until()).toBe(Number.POSITIVE_INFINITY);
  });
});
