import { base64url, type JSONWebKeySet } from 'jose';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTokenCrypto } from '../../../../src-main/adapters/computer/node-token-crypto.ts';
import { type OwnTokenExpectation, verifyOwnToken } from '../../../../src-main/license/license-verifier.ts';
import { clockToleranceMs } from '../../../../src-main/time/clock-check.ts';
import { KeySet } from '../../../../src-main/tokens/key-set.ts';
import { badTokens, badTokensOfAnyAudience, encode, tokensOfOtherClients } from '../../../fakes/bad-tokens.ts';
import { audience, clientId, issuer, licenseClaims, TokenSigner } from '../../../fakes/token-signer.ts';
import { said, tries } from '../../../fakes/tries.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const seconds = now / 1000;
const tolerance = clockToleranceMs / 1000;
const good = licenseClaims(now);
const text = new TextEncoder();

const signer = await TokenSigner.create('ES256', 'key-1');
const stranger = await TokenSigner.create('ES256', 'key-1');
const keys = await signer.keySet();
const strangerKeys = await stranger.keySet();

type Changes = Partial<Pick<OwnTokenExpectation, 'audience' | 'acceptExpired'>> & { readonly keys?: JSONWebKeySet };
const verify = (token: string, { keys: published = keys, ...changes }: Changes = {}) =>
  verifyOwnToken(token, {
    keys: new KeySet(published, nodeTokenCrypto),
    crypto: nodeTokenCrypto,
    issuer,
    audience,
    clientId,
    judgedAt: now,
    acceptExpired: false,
    ...changes,
  });
const codeOf = (token: string, changes: Changes = {}) => {
  const verified = verify(token, changes);
  return verified.ok ? 'accepted' : verified.failure.code;
};

describe('a good license token is accepted', () => {
  it.each(['ES256', 'EdDSA', 'PS256', 'RS256'])('if it is signed with %s', async (algorithm) => {
    const other = await TokenSigner.create(algorithm);
    const verified = verify(await other.sign(good), { keys: await other.keySet() });
    expect(verified).toMatchObject({ ok: true, value: { claims: { server_id: 'store-014' } } });
  });

  it.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'JWT', 'jwt'])('if its type is %s', async (typ) => {
    expect(codeOf(await signer.sign(good, { typ }))).toBe('accepted');
  });

  it('if it is for several audiences and ours is one of them', async () => {
    expect(codeOf(await signer.sign({ ...good, aud: ['urn:other', audience] }))).toBe('accepted');
  });

  it.each([`${issuer}/`, 'HTTPS://AUTH.EXAMPLE', `${issuer}:443`, `${issuer}:443/`])(
    'if its issuer is ours in another spelling, %s',
    async (iss) => {
      expect(codeOf(await signer.sign({ ...good, iss }))).toBe('accepted');
    },
  );

  it('without a kid if there is one key', async () => {
    expect(codeOf(await signer.sign(good, { kid: undefined }))).toBe('accepted');
  });

  it('with unknown claims and a large but reasonable size', async () => {
    expect(codeOf(await signer.sign({ ...good, more: 'x'.repeat(30_000) }))).toBe('accepted');
  });

  it.each([
    ['issued ahead by less than the clock tolerance', { iat: seconds + tolerance - 1 }, 'accepted'],
    ['issued ahead by the clock tolerance', { iat: seconds + tolerance }, 'accepted'],
    ['issued ahead by 1 s more', { iat: seconds + tolerance + 1 }, 'token_issued_in_future'],
    ['expired 59 s ago', { iat: seconds - 99, exp: seconds - 59 }, 'accepted'],
    ['expired 60 s ago', { iat: seconds - 99, exp: seconds - 60 }, 'token_expired'],
    ['expired 61 s ago', { iat: seconds - 99, exp: seconds - 61 }, 'token_expired'],
  ])('within the clock tolerance: %s', async (_name, changes, code) => {
    expect(codeOf(await signer.sign({ ...good, ...changes }))).toBe(code);
  });

  it('after its exp if it is only shown, but never with a forged signature', async () => {
    const expired = await signer.sign({ ...good, iat: seconds - 900, exp: seconds - 300 });
    expect(codeOf(expired)).toBe('token_expired');
    expect(codeOf(expired, { acceptExpired: true })).toBe('accepted');
    const forged = await stranger.sign({ ...good, iat: seconds - 900, exp: seconds - 300 });
    expect(codeOf(forged, { acceptExpired: true })).toBe('token_signature_invalid');
  });
});

const bad = badTokens(signer, stranger, good, seconds);

describe(`P4: ${bad.length} bad tokens are refused, each with its code`, () => {
  it.each(bad)('%s', async (_name, make, code) => {
    const token = await make();
    expect(codeOf(token)).toBe(code);
    // Leniency about exp allows nothing else.
    if (code !== 'token_expired') expect(codeOf(token, { acceptExpired: true })).toBe(code);
  });

  it(`P4: no good token with one changed character is accepted with other claims: ${said(500)} tokens`, async () => {
    const token = await signer.sign(good);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet.split('')), async (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        const verified = verify(changed);
        // The last character of a part may hold bits that mean nothing.
        if (verified.ok) expect(verified.value.claims).toEqual(good);
        else expect(verified.failure.code).not.toBe('internal_error');
      }),
      { numRuns: tries(500) },
    );
  });

  it(`P4: any other text is refused as malformed or wrongly signed: ${said(1_000)} texts`, async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.stringMatching(/^[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (token) => {
        expect(['token_malformed', 'token_signature_invalid']).toContain(codeOf(token));
      }),
      { numRuns: tries(1_000) },
    );
  });
});

describe('a verifier that expects no audience', () => {
  const anyAudience = { audience: null };

  it.each<[string, Record<string, unknown>]>([
    ['ours', {}],
    ['another', { aud: 'urn:other' }],
    ['none', { aud: undefined }],
    ['null', { aud: null }],
    ['an empty list', { aud: [] }],
    ['a number', { aud: 5 }],
    ['none, and no client', { aud: undefined, client_id: undefined }],
    ['none, and a client that is null', { aud: undefined, client_id: null }],
    ['none, and members of ID tokens that are null', { aud: undefined, nonce: null, at_hash: null, events: null }],
  ])('accepts a token with any audience: %s', async (_name, changes) => {
    expect(codeOf(await signer.sign({ ...good, ...changes }), anyAudience)).toBe('accepted');
  });

  const alsoBad = badTokensOfAnyAudience(signer, stranger, good, seconds);
  it.each(alsoBad)(`P4: refuses each of ${alsoBad.length} bad tokens: %s`, async (_name, make, code) => {
    const token = await make();
    expect(codeOf(token, anyAudience)).toBe(code);
    if (code !== 'token_expired') expect(codeOf(token, { ...anyAudience, acceptExpired: true })).toBe(code);
  });

  it.each(tokensOfOtherClients(signer, good))('refuses a token of the client %s', async (_name, make) => {
    expect(codeOf(await make(), anyAudience)).toBe('token_client_mismatch');
    // If an audience is expected, the audience decides.
    expect(codeOf(await make())).toBe('accepted');
  });
});

describe('a key set that cannot verify the token', () => {
  it.each<[string, (own: JSONWebKeySet) => JSONWebKeySet]>([
    ['none', () => ({ keys: [] })],
    ['a key cut short', ({ keys: [key] }) => ({ keys: [{ ...key, x: 'AAAA' }] })],
    ['a key without its coordinates', () => ({ keys: [{ kty: 'EC', crv: 'P-256', kid: 'key-1' }] })],
    ['a key of an unknown curve', ({ keys: [key] }) => ({ keys: [{ ...key, crv: 'P-257' }] })],
    ['a key for encryption', ({ keys: [key] }) => ({ keys: [{ ...key, use: 'enc' }] })],
    ['a key for another algorithm', ({ keys: [key] }) => ({ keys: [{ ...key, alg: 'ES384' }] })],
    ['two keys with the same kid', ({ keys: own }) => ({ keys: [...own, ...strangerKeys.keys] })],
  ])('%s: the code is signing_keys_unusable, so that the keys are fetched again', async (_name, change) => {
    expect(codeOf(await signer.sign(good), { keys: change(keys) })).toBe('signing_keys_unusable');
  });

  it('an RSA key that is too short: the code is signing_keys_unusable', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
      true,
      ['sign', 'verify'],
    );
    const head = `${encode({ alg: 'RS256', kid: 'weak', typ: 'JWT' })}.${encode(good)}`;
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, text.encode(head));
    const weak = {
      keys: [{ ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'weak', alg: 'RS256' } as never],
    };
    const token = `${head}.${base64url.encode(new Uint8Array(signature))}`;
    expect(codeOf(token, { keys: weak })).toBe('signing_keys_unusable');
  });
});
