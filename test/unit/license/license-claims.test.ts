import * as fc from 'fast-check';
import type { JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { firstPaintMarkup } from '../../../src-shared/first-paint.ts';
import { words } from '../../../src-shared/words/words.ts';
import { checkDevice } from '../../../src-main/license/check-device.ts';
import { evaluateLicense } from '../../../src-main/license/evaluate-license.ts';
import { parseLicenseClaims } from '../../../src-main/license/license-claims.ts';
import { parseKeptRecord } from '../../../src-main/license/license-record.ts';
import { licenseClaims } from '../../fakes/token-signer.ts';
import { said, tries } from '../../fakes/tries.ts';
import { shownState } from '../../fakes/shown-state.ts';

const issuedAt = Date.parse('2026-03-10T12:00:00Z');
const parse = (changes: Record<string, unknown> = {}) => parseLicenseClaims(licenseClaims(issuedAt, changes));
const details = (changes: Record<string, unknown> = {}) => {
  const parsed = parse(changes);
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return parsed.value.details;
};

/** Claim, a value of a wrong type, and the field that is then absent. */
const wrongClaims: readonly [string, unknown, string][] = [
  ['server_name', 5, 'serverName'],
  ['edition', 'enterprise', 'edition'],
  ['edition', ['store'], 'edition'],
  ['organization', 'fc-xmsqa1', 'organization'],
  ['organization', { name: 'no id' }, 'organization'],
  ['license_id', {}, 'licenseId'],
  ['license_name', null, 'licenseName'],
  ['license_name', 'x'.repeat(501), 'licenseName'],
  ['license_warning_days', -1, 'warningDays'],
  ['license_warning_days', '30', 'warningDays'],
  ['license_warning_days', 1e300, 'warningDays'],
  ['token_warning_seconds', -5, 'tokenWarningSeconds'],
  ['features', 'xms', 'features'],
  ['features', ['xms', 5], 'features'],
  ['features', Array.from({ length: 101 }, () => 'x'), 'features'],
  ['hub', 'corporate-1', 'hub'],
  ['license_renewal_date', null, 'renewalDate'],
];

describe('what a license token says', () => {
  it('is read whole', () => {
    expect(details()).toEqual({
      serverId: 'store-014',
      serverName: 'Store 014',
      edition: 'store',
      organization: { id: 'fc-xmsqa1', name: 'Fusion Coffee' },
      licenseId: 'lic-1',
      licenseName: 'RMS Servers',
      renewalDate: { endsAt: Date.parse('2027-02-01T05:00:00Z'), date: '2027-01-31', timeZone: 'America/New_York' },
      features: ['xms'],
      hub: { serverId: 'corporate-1', name: 'Corporate 1', url: 'https://corp1.example' },
      tokenIssuedAt: issuedAt,
      tokenExpiresAt: issuedAt + 7 * 86_400_000,
    });
  });

  it('needs nothing but server_id: every other field is absent when absent', () => {
    const iat = issuedAt / 1000;
    expect(parseLicenseClaims({ server_id: 's', iat, exp: iat + 60 })).toEqual({
      ok: true,
      value: { details: { serverId: 's', tokenIssuedAt: issuedAt, tokenExpiresAt: issuedAt + 60_000 } },
    });
  });

  it.each(
    wrongClaims.map(([claim, value, field]) => ({ claim, value, field, text: JSON.stringify(value).slice(0, 40) })),
  )('a wrong $claim ($text) counts as absent', ({ claim, value, field }) => {
    expect(details({ [claim]: value })).not.toHaveProperty(field);
  });

  it.each([
    ['iat', -1],
    ['iat', 1e15],
    ['exp', 1e300],
    ['exp', Number.MAX_SAFE_INTEGER],
    ['exp', '1790000000'],
  ])('%s of %s cannot be shown as a date', (claim, value) => {
    const parsed = parse({ [claim]: value });
    expect(parsed.ok ? 'taken' : parsed.failure.code).toBe('license_details_missing');
  });

  it('a hub with one wrong member keeps the others', () => {
    expect(details({ hub: { server_id: 'c', name: 5, url: 'https://c.example' } }).hub).toEqual({
      serverId: 'c',
      url: 'https://c.example',
    });
  });

  it('unknown claims are ignored, also those named like parts of every object', () => {
    const claims = JSON.parse('{"__proto__":{"server_id":"evil"},"constructor":{},"new_claim":[1]}') as object;
    expect(details({ ...claims })).toEqual(details());
  });
});

describe('claims that are of no use are named, never a crash', () => {
  it.each([
    ['no server_id', { server_id: undefined }, 'license_details_missing'],
    ['an empty server_id', { server_id: '' }, 'license_details_missing'],
    ['a server_id that is a number', { server_id: 14 }, 'license_details_missing'],
    ['a server_id of 501 characters', { server_id: 's'.repeat(501) }, 'license_details_missing'],
    ['a renewal date that is no date', { license_renewal_date: 'soon' }, 'license_renewal_date_invalid'],
    ['an empty renewal date', { license_renewal_date: '' }, 'license_renewal_date_invalid'],
    ['a renewal date that is an object', { license_renewal_date: {} }, 'license_renewal_date_invalid'],
  ])('%s', (_name, changes, code) => {
    const parsed = parse(changes);
    expect(parsed.ok ? 'taken' : parsed.failure.code).toBe(code);
  });

  it(`${said(1_000)} generated payloads: a Result each; what is taken can be kept, judged, shown and painted`, () => {
    const claimNames = Object.keys(licenseClaims(issuedAt));
    const payloads = fc.record({
      iat: fc.oneof(fc.constant(issuedAt / 1000), fc.double(), fc.anything()),
      exp: fc.oneof(fc.constant(issuedAt / 1000 + 60), fc.double(), fc.anything()),
      server_id: fc.oneof(fc.string({ minLength: 1 }), fc.anything()),
      others: fc.dictionary(
        fc.constantFrom(...claimNames.filter((name) => !['iat', 'exp', 'server_id'].includes(name))),
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.double()),
      ),
    });
    let taken = 0;
    fc.assert(
      fc.property(payloads, ({ others, ...claims }) => {
        const parsed = parseLicenseClaims({ ...licenseClaims(issuedAt), ...others, ...claims } as JWTPayload);
        if (!parsed.ok) return;
        taken += 1;
        const license = { details: parsed.value.details, evaluation: evaluateLicense(parsed.value.details, issuedAt) };
        expect(() => words.license.fields(license)).not.toThrow();
        expect(firstPaintMarkup(shownState({ license }))).not.toMatch(/<script|NaN|Invalid Date/i);
        const record = {
          version: 1,
          issuer: 'https://auth.example',
          details: parsed.value.details,
          lastRefreshedAt: issuedAt,
          refreshDueAt: issuedAt,
        };
        expect(parseKeptRecord(JSON.parse(JSON.stringify(record)))?.record.details).toEqual(
          JSON.parse(JSON.stringify(parsed.value.details)),
        );
      }),
      { numRuns: tries(1_000) },
    );
    expect(taken).toBeGreaterThan(50);
  });
});

describe('which device a license is for', () => {
  it.each([
    ['the edition of the profile', {}, 'store', true],
    ['another edition', { edition: 'corporate' }, 'store', false],
    ['no edition', { edition: undefined }, 'corporate', true],
    ['a register', { device_type: 'register', edition: undefined }, 'store', false],
    ['a register of the profile’s edition', { device_type: 'register', edition: 'store' }, 'store', false],
    ['an unknown kind of device', { device_type: 'kiosk' }, 'store', true],
  ] as const)('%s', (_name, changes, edition, right) => {
    const parsed = parse(changes);
    if (!parsed.ok) throw new Error(parsed.failure.code);
    const checked = checkDevice(parsed.value, edition);
    expect(checked.ok).toBe(right);
    if (!checked.ok) expect(checked.failure).toMatchObject({ code: 'wrong_device', facts: { device: 'Store 014' } });
  });
});
