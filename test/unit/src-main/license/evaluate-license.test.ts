import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LicenseDetails } from '../../../../src-shared/license/license-status.ts';
import {
  defaultWarningDays,
  evaluateLicense,
  evaluateRenewal,
  evaluateToken,
  leastWarningDays,
  licenseInstants,
} from '../../../../src-main/license/evaluate-license.ts';
import { said, tries } from '../../../fakes/tries.ts';

const day = 86_400_000;
const second = 1_000;
const issuedAt = Date.parse('2026-03-01T00:00:00Z');
const expiresAt = issuedAt + 9 * day;
const endsAt = Date.parse('2026-07-01T04:00:00Z');
const base: LicenseDetails = {
  serverId: 's',
  tokenIssuedAt: issuedAt,
  tokenExpiresAt: expiresAt,
  renewalDate: { endsAt, date: '2026-06-30', timeZone: 'America/New_York' },
};

const renewalAt = (at: number, details = base) => evaluateLicense(details, at).renewal.state;
const tokenAt = (at: number, details = base) => evaluateLicense(details, at).token.state;

describe('T2: License Status at every boundary, one second before, at, and one second after', () => {
  it.each([
    [
      '30 days before the end',
      base,
      endsAt - defaultWarningDays * day,
      ['licensed', 'requires_renewal', 'requires_renewal'],
    ],
    ['the end', base, endsAt, ['requires_renewal', 'expired', 'expired']],
    [
      '7 warning days of the token',
      { ...base, warningDays: 7 },
      endsAt - 7 * day,
      ['licensed', 'requires_renewal', 'requires_renewal'],
    ],
    [
      '8.5 warning days of the token',
      { ...base, warningDays: 8.5 },
      endsAt - 8.5 * day,
      ['licensed', 'requires_renewal', 'requires_renewal'],
    ],
    [
      '0 warning days of the token, which count as 7',
      { ...base, warningDays: 0 },
      endsAt - leastWarningDays * day,
      ['licensed', 'requires_renewal', 'requires_renewal'],
    ],
    [
      'half a warning day of the token, which counts as 7',
      { ...base, warningDays: 0.5 },
      endsAt - leastWarningDays * day,
      ['licensed', 'requires_renewal', 'requires_renewal'],
    ],
  ] as const)('%s', (_name, details, boundary, states) => {
    expect([boundary - second, boundary, boundary + second].map((at) => renewalAt(at, details))).toEqual(states);
  });

  it('never needs renewal without a renewal date, at any instant', () => {
    const { renewalDate: _none, ...details } = base;
    for (const at of [0, issuedAt, expiresAt, endsAt, 8.64e15]) expect(renewalAt(at, details)).toBe('licensed');
  });

  it('gives no end without a renewal date, and reports a renewal date that cannot be read', () => {
    const { renewalDate: _none, ...details } = base;
    const renewal = (...claims: string[]) =>
      evaluateRenewal({ ...details, unclear: claims.map((claim) => ({ claim, value: 'soon' })) }, issuedAt);
    expect(evaluateRenewal(details, issuedAt)).toStrictEqual({ state: 'licensed' });
    expect(renewal()).toStrictEqual({ state: 'licensed' });
    expect(renewal('features')).toStrictEqual({ state: 'licensed' });
    expect(renewal('features', 'license_renewal_date')).toStrictEqual({ state: 'licensed', dateUnclear: true });
  });

  it('gives the instants of its warning and its end in each state', () => {
    const warnsAt = endsAt - defaultWarningDays * day;
    for (const at of [warnsAt - second, warnsAt, endsAt])
      expect(evaluateRenewal(base, at)).toStrictEqual({ state: renewalAt(at), warnsAt, endsAt });
  });
});

describe('T2: Token Expiry at every boundary, one second before, at, and one second after', () => {
  it.each([
    // Less than a third: exactly a third is still fine.
    ['a third of its lifetime left', base, expiresAt - 3 * day, ['fine', 'fine', 'expires_soon']],
    ['the end', base, expiresAt, ['expires_soon', 'expired', 'expired']],
    [
      'half a day left, the warning time of the token',
      { ...base, tokenWarningSeconds: 43_200 },
      expiresAt - day / 2,
      ['fine', 'fine', 'expires_soon'],
    ],
    [
      'no warning time in the token: a twentieth of its lifetime left',
      { ...base, tokenWarningSeconds: 0 },
      expiresAt - (9 * day) / 20,
      ['fine', 'fine', 'expires_soon'],
    ],
    [
      'a warning time of an hour, which is too short: a twentieth of its lifetime left',
      { ...base, tokenWarningSeconds: 3600 },
      expiresAt - (9 * day) / 20,
      ['fine', 'fine', 'expires_soon'],
    ],
    [
      'a warning time longer than its lifetime',
      { ...base, tokenWarningSeconds: 99 * 86_400 },
      issuedAt,
      ['fine', 'fine', 'expires_soon'],
    ],
  ] as const)('%s', (_name, details, boundary, states) => {
    expect([boundary - second, boundary, boundary + second].map((at) => tokenAt(at, details))).toEqual(states);
  });
});

it('the evaluation of a license holds renewal, token and the instant that it was made for', () => {
  const warnsAt = expiresAt - 3 * day;
  for (const [at, state] of [
    [warnsAt, 'fine'],
    [expiresAt - 1, 'expires_soon'],
    [expiresAt, 'expired'],
  ] as const) {
    const token = { state, issuedAt, warnsAt, expiresAt };
    expect(evaluateLicense(base, at)).toStrictEqual({ renewal: evaluateRenewal(base, at), token, judgedAt: at });
  }
});

const instants = fc.integer({ min: 0, max: 8_640_000_000_000_000 });
const wideInstants = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
const anyDetails: fc.Arbitrary<LicenseDetails> = fc
  .record({
    issued: instants,
    life: fc.integer({ min: 1, max: 400 * day }),
    ends: fc.option(instants, { nil: undefined }),
    warningDays: fc.option(fc.integer({ min: 0, max: 3660 }), { nil: undefined }),
    warningSeconds: fc.option(fc.integer({ min: 0, max: 3660 * 86_400 }), { nil: undefined }),
  })
  .map(({ issued, life, ends, warningDays, warningSeconds }) => ({
    serverId: 's',
    tokenIssuedAt: issued,
    tokenExpiresAt: issued + life,
    ...(ends === undefined ? {} : { renewalDate: { endsAt: ends } }),
    ...(warningDays === undefined ? {} : { warningDays }),
    ...(warningSeconds === undefined ? {} : { tokenWarningSeconds: warningSeconds }),
  }));

const renewalOrder = ['licensed', 'requires_renewal', 'expired'];
const tokenOrder = ['fine', 'expires_soon', 'expired'];

describe('the evaluation of a license', () => {
  it(`T2: has a known state and is never better later: ${said(2_000)} licenses at two instants each`, () => {
    fc.assert(
      fc.property(anyDetails, instants, instants, (details, one, other) => {
        const [earlier, later] = [Math.min(one, other), Math.max(one, other)].map((at) => evaluateLicense(details, at));
        if (!earlier || !later) throw new Error('two verdicts');
        expect(renewalOrder.indexOf(later.renewal.state)).toBeGreaterThanOrEqual(
          renewalOrder.indexOf(earlier.renewal.state),
        );
        expect(tokenOrder.indexOf(later.token.state)).toBeGreaterThanOrEqual(tokenOrder.indexOf(earlier.token.state));
        expect(renewalOrder).toContain(earlier.renewal.state);
        expect(tokenOrder).toContain(earlier.token.state);
      }),
      { numRuns: tries(2_000) },
    );
  });

  it(`T2: changes exactly at each boundary: ${said(2_000)} licenses, one second before, at, and one second after`, () => {
    fc.assert(
      fc.property(anyDetails, (details) => {
        const { tokenExpiresAt, renewalDate } = details;
        const { warnsAt } = evaluateToken(details, 0);
        const around = (at: number, stateAt: (at: number, details: LicenseDetails) => string) =>
          [at - second, at, at + second].map((instant) => stateAt(instant, details));
        expect(around(tokenExpiresAt, tokenAt)).toEqual([expect.not.stringMatching('expired'), 'expired', 'expired']);
        if (warnsAt + second < tokenExpiresAt)
          expect(around(warnsAt, tokenAt)).toEqual(['fine', 'fine', 'expires_soon']);
        if (!renewalDate) return;
        const { endsAt } = renewalDate;
        const [before, ...since] = around(endsAt, renewalAt);
        expect(before).not.toBe('expired');
        expect(since).toEqual(['expired', 'expired']);
        const warningDays = Math.max(leastWarningDays, details.warningDays ?? defaultWarningDays);
        const renewalWarnsAt = endsAt - warningDays * day;
        const warned = ['licensed', 'requires_renewal', 'requires_renewal'];
        expect(around(renewalWarnsAt, renewalAt)).toEqual(warned);
      }),
      { numRuns: tries(2_000) },
    );
  });

  it(`has a known state and is never better later for any numbers on disk: ${said(2_000)} records`, () => {
    const anyNumber = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
    fc.assert(
      fc.property(
        wideInstants,
        wideInstants,
        wideInstants,
        anyNumber,
        anyNumber,
        wideInstants,
        wideInstants,
        (...drawn) => {
          const [issued, expires, endsAt, warningDays, warningSeconds, one, other] = drawn;
          const details: LicenseDetails = {
            serverId: 's',
            tokenIssuedAt: issued,
            tokenExpiresAt: expires,
            renewalDate: { endsAt },
            ...(warningDays === undefined ? {} : { warningDays }),
            ...(warningSeconds === undefined ? {} : { tokenWarningSeconds: warningSeconds }),
          };
          const at = [Math.min(one, other), Math.max(one, other)];
          const renewal = at.map((instant) => renewalOrder.indexOf(renewalAt(instant, details)));
          const token = at.map((instant) => tokenOrder.indexOf(tokenAt(instant, details)));
          for (const [earlier = -1, later = -1] of [renewal, token]) {
            expect(earlier).toBeGreaterThanOrEqual(0);
            expect(later).toBeGreaterThanOrEqual(earlier);
          }
        },
      ),
      { numRuns: tries(2_000) },
    );
  });

  it(`keeps License Status and Token Expiry apart: ${said(500)} licenses with the data of one of them changed`, () => {
    fc.assert(
      fc.property(anyDetails, anyDetails, instants, (details, other, at) => {
        const verdict = evaluateLicense(details, at);
        const { renewalDate, warningDays, ...rest } = other;
        const withOtherToken = {
          ...details,
          tokenIssuedAt: other.tokenIssuedAt,
          tokenExpiresAt: other.tokenExpiresAt,
        };
        const withOtherDate = {
          ...details,
          ...(renewalDate ? { renewalDate } : {}),
          ...(warningDays === undefined ? {} : { warningDays }),
        };
        expect(rest.serverId).toBe('s');
        expect(evaluateLicense(withOtherToken, at).renewal).toEqual(verdict.renewal);
        expect(evaluateLicense(withOtherDate, at).token).toEqual(verdict.token);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('the instants of a license that the history keeps', () => {
  const plain = { serverId: 's', tokenIssuedAt: issuedAt, tokenExpiresAt: issuedAt + 3 * day };

  it('are those of the token alone without a renewal date', () => {
    expect(licenseInstants(plain)).toEqual({
      tokenIssuedAt: issuedAt,
      tokenExpiresAt: issuedAt + 3 * day,
      tokenWarnsAt: issuedAt + 2 * day,
    });
  });

  it('are those at which the evaluation changes, with the warning times of the token', () => {
    const renewalEndsAt = issuedAt + 100 * day;
    const details = {
      ...plain,
      renewalDate: { endsAt: renewalEndsAt, date: '2026-06-17', timeZone: 'UTC' },
      warningDays: 7,
      tokenWarningSeconds: 3600,
    };
    const instants = licenseInstants(details);
    expect(instants).toMatchObject({
      renewalEndsAt,
      renewalWarnsAt: renewalEndsAt - 7 * day,
      renewalDate: '2026-06-17',
    });
    for (const change of [1, -1])
      expect(evaluateLicense(details, (instants.tokenWarnsAt ?? 0) + change).token.state).toBe(
        change > 0 ? 'expires_soon' : 'fine',
      );
  });
});
