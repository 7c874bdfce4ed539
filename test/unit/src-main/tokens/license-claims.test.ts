import * as fc from 'fast-check';
import type { JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { firstPaintMarkup } from '../../../../src-shared/window/first-paint.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { attentionsOf } from '../../../../src-renderer/license/attention.ts';
import { checkDevice } from '../../../../src-main/license/check-issued.ts';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { parseLicenseClaims } from '../../../../src-main/tokens/license-claims.ts';
import { parseKeptRecord } from '../../../../src-main/license/license-record.ts';
import { licenseClaims } from '../../../fakes/token-signer.ts';
import { said, tries } from '../../../fakes/tries.ts';
import { shownState } from '../../../fakes/shown-state.ts';

const issuedAt = Date.parse('2026-03-10T12:00:00Z');
const parse = (changes: Record<string, unknown> = {}) => parseLicenseClaims(licenseClaims(issuedAt, changes));
const details = (changes: Record<string, unknown> = {}) => {
  const parsed = parse(changes);
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return parsed.value.details;
};

const long = 'x'.repeat(501);

/** The claim, an unclear value, the field that is then absent, and the reported name if it differs from the claim. */
const unclearClaims: readonly (readonly [claim: string, value: unknown, field: string, named?: string])[] = [
  ['server_name', 5.5, 'serverName'],
  ['server_name', true, 'serverName'],
  ['server_name', ['a', 'b'], 'serverName'],
  ['edition', 'enterprise', 'edition'],
  ['edition', 2, 'edition'],
  ['edition', ['store', 'cloud'], 'edition'],
  ['edition', { name: 'store' }, 'edition'],
  ['organization', 'fc-xmsqa1', 'organization'],
  ['organization', { name: 'no id' }, 'organization'],
  ['organization', '{"id":"a","id":"b"}', 'organization'],
  ['organization', { id: long }, 'organization', 'organization.id'],
  ['license_id', {}, 'licenseId'],
  ['license_id', long, 'licenseId'],
  ['license_warning_days', -1, 'warningDays'],
  ['license_warning_days', '30 days', 'warningDays'],
  ['license_warning_days', '030', 'warningDays'],
  ['license_warning_days', 1e300, 'warningDays'],
  ['license_warning_days', 3661, 'warningDays'],
  ['token_warning_seconds', -5, 'tokenWarningSeconds'],
  ['token_warning_seconds', 3660 * 86_400 + 1, 'tokenWarningSeconds'],
  ['features', { xms: true }, 'features'],
  ['features', 7, 'features'],
  ['features', '[xms', 'features'],
  ['features', [{ name: 'xms' }], 'features'],
  ['hub', 'corporate-1', 'hub'],
  ['hub', { other: 1 }, 'hub'],
  ['hub', { name: true }, 'hub', 'hub.name'],
  ['license_renewal_date', 'soon', 'renewalDate'],
  ['license_renewal_date', {}, 'renewalDate'],
  ['license_renewal_date', '0000-00-00', 'renewalDate'],
];

/** How serializers write a value, and how it is read. */
const spellings: readonly (readonly [claims: Record<string, unknown>, field: string, read: unknown])[] = [
  [{ server_name: ['Store 014'] }, 'serverName', 'Store 014'],
  [{ server_name: 14 }, 'serverName', '14'],
  [{ server_id: 14 }, 'serverId', '14'],
  [{ edition: ['store'] }, 'edition', 'store'],
  [{ edition: 'STORE' }, 'edition', 'store'],
  [{ edition: 'Corporate' }, 'edition', 'corporate'],
  [{ edition: ' store_server ' }, 'edition', 'store'],
  [{ edition: 'Cloud Edition' }, 'edition', 'cloud'],
  [{ organization: '{"id":"fc-1","name":"Fusion"}' }, 'organization', { id: 'fc-1', name: 'Fusion' }],
  [{ organization: [{ Id: 'fc-1', Name: null }] }, 'organization', { id: 'fc-1' }],
  [{ hub: '{"ServerId":"c","Name":"","Url":"https://c.example"}' }, 'hub', { serverId: 'c', url: 'https://c.example' }],
  [{ features: 'xms' }, 'features', ['xms']],
  [{ features: 'xms,loyalty , ' }, 'features', ['xms', 'loyalty']],
  [{ features: 'xms loyalty' }, 'features', ['xms', 'loyalty']],
  [{ features: 'Gift Cards' }, 'features', ['Gift Cards']],
  [{ features: '["xms","loyalty"]' }, 'features', ['xms', 'loyalty']],
  [{ features: { 0: 'xms', 2: 'loyalty' } }, 'features', ['xms', 'loyalty']],
  [{ features: ['xms', null, '', 5] }, 'features', ['xms', '5']],
  [{ license_warning_days: '30' }, 'warningDays', 30],
  [{ license_warning_days: ['3e1'] }, 'warningDays', 30],
  [{ token_warning_seconds: '60.0' }, 'tokenWarningSeconds', 60],
  [{ iat: String(issuedAt / 1000) }, 'tokenIssuedAt', issuedAt],
  [{ exp: `${issuedAt / 1000 + 60}` }, 'tokenExpiresAt', issuedAt + 60_000],
];

/** The claims are absent. */
const empty = [undefined, null, '', '  ', [], [null], ['']];
const optionalClaims: readonly (readonly [claim: string, field: string])[] = [
  ['server_name', 'serverName'],
  ['edition', 'edition'],
  ['organization', 'organization'],
  ['license_id', 'licenseId'],
  ['license_name', 'licenseName'],
  ['license_renewal_date', 'renewalDate'],
  ['license_warning_days', 'warningDays'],
  ['token_warning_seconds', 'tokenWarningSeconds'],
  ['features', 'features'],
  ['hub', 'hub'],
];

describe('the claims of a license token', () => {
  it('are all read', () => {
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

  it('may all be absent except server_id', () => {
    const iat = issuedAt / 1000;
    expect(parseLicenseClaims({ server_id: 's', iat, exp: iat + 60 })).toEqual({
      ok: true,
      value: { details: { serverId: 's', tokenIssuedAt: issuedAt, tokenExpiresAt: issuedAt + 60_000 } },
    });
  });

  it.each(unclearClaims.map(([claim, value, field, named = claim]) => ({ claim, value, field, named })))(
    'are reported as unclear and then ignored: $claim ($value)',
    ({ claim, value, field, named }) => {
      const read = details({ [claim]: value });
      expect(read).not.toHaveProperty(field);
      expect(read.unclear?.map((unclear) => unclear.claim)).toEqual([named]);
      expect(read.unclear?.[0]?.value).not.toBe('');
    },
  );

  it.each(spellings)('are read in other spellings: %j gives %s', (claims, field, read) => {
    const found = details(claims);
    expect(found).toHaveProperty(field, read);
    expect(found).not.toHaveProperty('unclear');
  });

  it.each(optionalClaims)('count as absent if they are empty: %s', (claim, field) => {
    for (const value of empty) {
      const read = details({ [claim]: value });
      expect(read).not.toHaveProperty(field);
      expect(read).not.toHaveProperty('unclear');
    }
  });

  it('may have the prefix client_, and the plain name comes first', () => {
    const { server_id: serverId, ...claims } = licenseClaims(issuedAt);
    const names = Object.keys(claims).filter((name) => optionalClaims.some(([claim]) => claim === name));
    const prefixed = Object.fromEntries(
      names.flatMap((name) => [
        [`client_${name}`, claims[name]],
        [name, null],
      ]),
    );
    const read = parseLicenseClaims({ ...claims, ...prefixed, client_server_id: serverId });
    expect(read).toEqual(parse());
    expect(details({ client_server_id: 'other', client_edition: 'cloud' })).toEqual(details());
  });

  it.each([
    ['server_name', long, 'serverName', 'x'.repeat(500)],
    ['license_name', long, 'licenseName', 'x'.repeat(500)],
    ['features', Array.from({ length: 101 }, () => 'x'), 'features', Array.from({ length: 100 }, () => 'x')],
    ['features', [long], 'features', ['x'.repeat(500)]],
  ])('are cut and listed if they are too long: %s', (claim, value, field, kept) => {
    const read = details({ [claim]: value });
    expect(read).toHaveProperty(field, kept);
    expect(read.cut).toEqual([claim]);
    expect(words.license.claimDoubts(read).join()).toContain(claim);
  });

  it('lose only the unclear features of a list', () => {
    const read = details({ features: ['xms', { name: 'loyalty' }, ['nested']] });
    expect(read.features).toEqual(['xms']);
    expect(read.unclear).toEqual([
      { claim: 'features', value: '{"name":"loyalty"}' },
      { claim: 'features', value: '["nested"]' },
    ]);
  });

  it('have at most 20 reports of unclear values, each with the beginning of its value', () => {
    const read = details({ features: Array.from({ length: 100 }, () => ({ name: 'y'.repeat(1000) })) });
    expect(read.unclear).toHaveLength(20);
    expect(read.unclear?.[0]?.value).toBe(`{"name":"${'y'.repeat(91)}…`);
  });

  it('are reported as unclear for the time zone only if the date needs it', () => {
    expect(details({ license_time_zone: 'IST' })).toMatchObject({
      renewalDate: { date: '2027-01-31', timeZone: 'UTC' },
      unclear: [{ claim: 'license_time_zone', value: 'IST' }],
    });
    const instant = { license_renewal_date: '2027-01-31T00:00:00Z', license_time_zone: 'IST' };
    expect(details(instant)).not.toHaveProperty('unclear');
  });

  it.each([
    ['iat', -1],
    ['iat', 1e15],
    ['exp', 1e300],
    ['exp', Number.MAX_SAFE_INTEGER],
    ['exp', 'tomorrow'],
  ])('are refused if %s is %s, which is not a date', (claim, value) => {
    const parsed = parse({ [claim]: value });
    expect(parsed.ok ? 'taken' : parsed.failure.code).toBe('license_details_missing');
  });

  it('lose only the wrong member of a hub', () => {
    const read = details({ hub: { server_id: 'c', name: true, url: 'https://c.example' } });
    expect(read.hub).toEqual({ serverId: 'c', url: 'https://c.example' });
    expect(read.unclear).toEqual([{ claim: 'hub.name', value: 'true' }]);
  });

  it('are read without unknown claims, also those named like inherited properties', () => {
    const claims = JSON.parse('{"__proto__":{"server_id":"evil"},"constructor":{},"new_claim":[1]}') as object;
    expect(details({ ...claims })).toEqual(details());
  });
});

describe('claims that the console cannot use', () => {
  it.each([
    ['no server_id', { server_id: undefined }, 'license_details_missing'],
    ['an empty server_id', { server_id: '' }, 'license_details_missing'],
    ['a server_id of spaces', { server_id: '  ' }, 'license_details_missing'],
    ['a server_id that is an object', { server_id: {} }, 'license_details_missing'],
    ['a server_id of 501 characters', { server_id: 's'.repeat(501) }, 'license_details_missing'],
  ])('%s', (_name, changes, code) => {
    const parsed = parse(changes);
    expect(parsed.ok ? 'taken' : parsed.failure.code).toBe(code);
  });

  it('show a warning if the renewal date cannot be read', () => {
    const read = details({ license_renewal_date: 'next spring' });
    const license = { details: read, evaluation: evaluateLicense(read, issuedAt) };
    expect(license.evaluation.renewal).toEqual({ state: 'licensed', dateUnclear: true });
    const shown = words.license.fields(license).find(({ field }) => field === 'renewalDate');
    expect(shown).toMatchObject({ value: 'Could not be read: next spring', absent: false });
    expect(words.license.renewalClock(license, issuedAt).headline).toBe('Renewal date could not be read');
    const attention = attentionsOf(shownState({ license })).find(({ kind }) => kind === 'claims_unclear');
    expect(attention?.tone).toBe('caution');
  });

  it(`never cause a crash, and what is accepted can be stored, judged and shown: ${said(1_000)} payloads`, () => {
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

describe('the device that a license is for', () => {
  it.each([
    ['the edition of the profile', {}, 'store', true],
    ['another edition', { edition: 'corporate' }, 'store', false],
    ['no edition', { edition: undefined }, 'corporate', true],
    ['a register', { device_type: 'register', edition: undefined }, 'store', false],
    ['a register of the profile’s edition', { device_type: 'register', edition: 'store' }, 'store', false],
    ['an unknown kind of device', { device_type: 'kiosk' }, 'store', true],
    ['a kind of device that is no text', { device_type: 2 }, 'store', true],
    ['an unknown edition', { edition: 'enterprise' }, 'corporate', true],
    ['the edition of the profile, in capitals', { edition: 'STORE', device_type: ['Server'] }, 'store', true],
    ['another edition, in capitals', { edition: 'Corporate Server' }, 'store', false],
    ['a register, in capitals', { device_type: 'REGISTER' }, 'store', false],
    ['a register, under the prefix of a client', { device_type: '', client_device_type: ['Register'] }, 'store', false],
  ] as const)('%s', (_name, changes, edition, right) => {
    const parsed = parse(changes);
    if (!parsed.ok) throw new Error(parsed.failure.code);
    const checked = checkDevice(parsed.value, edition);
    expect(checked.ok).toBe(right);
    if (!checked.ok) expect(checked.failure).toMatchObject({ code: 'wrong_device', facts: { device: 'Store 014' } });
  });
});
