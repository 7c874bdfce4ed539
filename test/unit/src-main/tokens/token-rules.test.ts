import { describe, expect, it } from 'vitest';
import {
  checkClaims,
  compactParts,
  isPastExpiry,
  isPlainHeader,
  judgeAlgorithm,
  leewayMs,
  maxTokenLength,
} from '../../../../src-main/tokens/token-rules.ts';

describe('the signature algorithm of a token', () => {
  it.each(['ES256', 'EdDSA', 'PS256', 'RS256'])('is allowed: %s', (algorithm) => {
    expect(judgeAlgorithm(algorithm)).toEqual({ allowed: algorithm });
  });

  it.each([undefined, null, 5, ['ES256'], 'none', 'NONE', 'HS256', 'hs384', 'HS1', 'HS51200'])(
    'is refused because it proves nothing: %j',
    (algorithm) => {
      expect(judgeAlgorithm(algorithm)).toBe('proves_nothing');
    },
  );

  it.each(['ES384', 'RS512', 'es256', '', 'HS', 'HS256x', 'xHS256', 'nonesuch', 'anone', 'HSx'])(
    'is refused because it is not supported: %j',
    (algorithm) => {
      expect(judgeAlgorithm(algorithm)).toBe('unsupported');
    },
  );
});

describe('the three parts of a token', () => {
  it.each([
    ['a1.b2.c3', ['a1', 'b2', 'c3']],
    ['AZ09-_.az.-_', ['AZ09-_', 'az', '-_']],
    ['abcd.abc.ab', ['abcd', 'abc', 'ab']],
  ])('are read from %s', (token, parts) => {
    expect(compactParts(token)).toEqual(parts);
  });

  it.each([
    '',
    '..',
    'ab.cd',
    '.cd.ef',
    'ab..ef',
    'ab.cd.',
    'ab.cd.ef.gh',
    ' ab.cd.ef',
    'ab.cd.ef ',
    'ab.cd.ef\n',
    'a=.cd.ef',
    'ab.c+.ef',
    'ab.cd.e/',
    // No bytes have a base64url of these lengths.
    'a.cd.ef',
    'ab.c.ef',
    'ab.cd.e',
    'abcde.cd.ef',
    'ab.cdefg.ef',
    'ab.cd.efghi',
  ])('are not found in %j', (token) => {
    expect(compactParts(token)).toBeNull();
  });

  it('are read up to the greatest length of a token', () => {
    const sized = (length: number) => `ab.${'c'.repeat(length - 6)}.de`;
    expect(compactParts(sized(maxTokenLength))).not.toBeNull();
    expect(compactParts(sized(maxTokenLength + 4))).toBeNull();
    expect(compactParts('ab.cd.ef', 8)).not.toBeNull();
    expect(compactParts('ab.cd.ef', 7)).toBeNull();
  });
});

it.each([
  [{ alg: 'ES256' }, true],
  [{ alg: 'none' }, true],
  [{ alg: '' }, false],
  [{ alg: 5 }, false],
  [{ alg: null }, false],
  [{}, false],
  [{ alg: 'ES256', crit: ['exp'] }, false],
  [{ alg: 'ES256', crit: undefined }, false],
])('the header %j is plain: %s', (header, plain) => {
  expect(isPlainHeader(header)).toBe(plain);
});

const issuer = 'https://auth.example';
const audience = 'urn:licenses';
const good = { iss: issuer, aud: audience, iat: 1000, exp: 2000 };
const check = (claims: object, header: object = { typ: 'at+jwt' }, expected: string | null = audience) =>
  checkClaims({ ...header }, { ...good, ...claims }, { issuer, audience: expected });

describe('the instants of a token', () => {
  const instants = (issuedAt: number, startsAt: number, expiresAt: number) => ({ issuedAt, startsAt, expiresAt });
  it.each([
    [{}, instants(1e6, 1e6, 2e6)],
    [{ iat: '1000', exp: '2000' }, instants(1e6, 1e6, 2e6)],
    [{ iat: 0, exp: 0.5 }, instants(0, 0, 500)],
    [{ iat: 1999.5 }, instants(1_999_500, 1_999_500, 2e6)],
    [{ exp: 253_402_300_799 }, instants(1e6, 1e6, 253_402_300_799_000)],
    [{ nbf: 1500 }, instants(1e6, 1_500_000, 2e6)],
    [{ nbf: '1500' }, instants(1e6, 1_500_000, 2e6)],
    [{ nbf: 500 }, instants(1e6, 1e6, 2e6)],
    [{ nbf: 0 }, instants(1e6, 1e6, 2e6)],
    [{ nbf: null }, instants(1e6, 1e6, 2e6)],
    [{ nbf: undefined }, instants(1e6, 1e6, 2e6)],
    [{ nbf: '' }, instants(1e6, 1e6, 2e6)],
  ])('are read from %j', (claims, read) => {
    expect(check(claims)).toEqual(read);
  });

  it.each([
    { iat: undefined },
    { iat: null },
    { iat: 'now' },
    { iat: [1000] },
    { iat: -1 },
    { iat: Number.NaN },
    { exp: undefined },
    { exp: null },
    { exp: 'soon' },
    { exp: 1000 },
    { exp: 999 },
    { exp: 253_402_300_800 },
    { exp: Number.POSITIVE_INFINITY },
    { exp: Number.NaN },
    { nbf: 'soon' },
    { nbf: ' ' },
    { nbf: false },
    { nbf: [] },
    { nbf: {} },
  ])('are not read from %j', (claims) => {
    expect(check(claims)).toBe('token_malformed');
  });
});

describe('the type, issuer and audience of a token', () => {
  it.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'jwt', 'JWT'])('are accepted with the type %s', (typ) => {
    expect(check({}, { typ })).toHaveProperty('issuedAt');
  });

  it.each([undefined, null, '', 5, ['at+jwt'], 'at+jwt ', 'dpop+jwt', 'application/jwt'])(
    'are refused with the type %j',
    (typ) => {
      expect(check({}, { typ })).toBe('token_type_invalid');
    },
  );

  it.each(['nonce', 'at_hash', 'c_hash', 'events'])(
    'are refused with the claim %s if no audience is expected',
    (name) => {
      for (const value of ['x', '', 0, false, {}]) {
        expect(check({ [name]: value }, undefined, null)).toBe('token_type_invalid');
        expect(check({ [name]: value })).toHaveProperty('issuedAt');
      }
      for (const value of [null, undefined])
        expect(check({ [name]: value }, undefined, null)).toHaveProperty('issuedAt');
    },
  );

  it.each([undefined, null, '', 5, [issuer], 'https://other.example', `${issuer}/path`])(
    'are refused with the issuer %j',
    (iss) => {
      expect(check({ iss })).toBe('token_issuer_mismatch');
    },
  );

  it.each([audience, [audience], ['urn:other', audience]])('are accepted with the audience %j', (aud) => {
    expect(check({ aud })).toHaveProperty('issuedAt');
  });

  it.each([undefined, null, '', 'urn:other', [], ['urn:other'], [[audience]], `${audience}:more`, { 0: audience }])(
    'are refused with the audience %j only if one is expected',
    (aud) => {
      expect(check({ aud })).toBe('token_audience_mismatch');
      expect(check({ aud }, undefined, null)).toHaveProperty('issuedAt');
    },
  );

  it('have their first fault reported, in the order type, issuer, audience, instants', () => {
    const faulty = { iss: 'x', aud: 'x', exp: 0 };
    expect(check(faulty, {})).toBe('token_type_invalid');
    expect(check(faulty)).toBe('token_issuer_mismatch');
    expect(check({ ...faulty, iss: issuer })).toBe('token_audience_mismatch');
    expect(check({ ...faulty, iss: issuer, aud: audience })).toBe('token_malformed');
    expect(check({ ...faulty, nonce: 'n' }, undefined, null)).toBe('token_type_invalid');
  });
});

it.each([
  [-1, false],
  [0, false],
  [leewayMs - 1, false],
  [leewayMs, true],
  [leewayMs + 1, true],
])('a token has expired %d ms after its exp: %s', (after, past) => {
  expect(isPastExpiry(1_000_000, 1_000_000 + after)).toBe(past);
});
