import {
  base64url,
  CompactEncrypt,
  CompactSign,
  exportJWK,
  exportSPKI,
  type JSONWebKeySet,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasDuplicateMembers } from '../../../src-main/license/duplicate-members.ts';
import { verifyLicenseToken } from '../../../src-main/license/license-token.ts';
import { maxTokenLength } from '../../../src-main/license/token-rules.ts';
import { audience, issuer, licenseClaims, TokenSigner } from '../../fakes/token-signer.ts';
import { said, tries } from '../../fakes/tries.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const seconds = now / 1000;
const good = licenseClaims(now);
const text = new TextEncoder();

let signer: TokenSigner;
let stranger: TokenSigner;
let keys: JSONWebKeySet;
beforeAll(async () => {
  signer = await TokenSigner.create('ES256', 'key-1');
  stranger = await TokenSigner.create('ES256', 'key-1');
  keys = await signer.keySet();
});

const verify = (token: string, changes: { keys?: JSONWebKeySet; judgedAt?: number; acceptExpired?: boolean } = {}) =>
  verifyLicenseToken(token, { keys, issuer, audience, judgedAt: now, ...changes });
const codeOf = async (token: string, changes: Parameters<typeof verify>[1] = {}) => {
  const verified = await verify(token, changes);
  return verified.ok ? 'accepted' : verified.failure.code;
};

/** Signs any bytes as a payload, under any header. */
const signRaw = (payload: string, header: Record<string, unknown> = {}) =>
  new CompactSign(text.encode(payload))
    .setProtectedHeader({ alg: 'ES256', kid: 'key-1', typ: 'at+jwt', ...header })
    .sign(signer.privateKey);
const encode = (part: unknown) => base64url.encode(typeof part === 'string' ? part : JSON.stringify(part));
const parts = async (): Promise<[string, string, string]> =>
  (await signer.sign(good)).split('.') as [string, string, string];

describe('a good license token is accepted', () => {
  it.each(['ES256', 'EdDSA', 'PS256', 'RS256'])('signed with %s', async (algorithm) => {
    const other = await TokenSigner.create(algorithm);
    const verified = await verify(await other.sign(good), { keys: await other.keySet() });
    expect(verified).toMatchObject({ ok: true, value: { server_id: 'store-014' } });
  });

  it.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'JWT', 'jwt'])('of the type %s', async (typ) => {
    expect(await codeOf(await signer.sign(good, { typ }))).toBe('accepted');
  });

  it('for several audiences, ours among them', async () => {
    expect(await codeOf(await signer.sign({ ...good, aud: ['urn:other', audience] }))).toBe('accepted');
  });

  it('without a kid, where there is one key', async () => {
    expect(await codeOf(await signer.sign(good, { kid: undefined }))).toBe('accepted');
  });

  it('with unknown claims and a large, yet sane size', async () => {
    expect(await codeOf(await signer.sign({ ...good, more: 'x'.repeat(30_000) }))).toBe('accepted');
  });

  it.each([
    ['issued 59 s ahead', { iat: seconds + 59 }, 'accepted'],
    ['issued 60 s ahead', { iat: seconds + 60 }, 'accepted'],
    ['issued 61 s ahead', { iat: seconds + 61 }, 'token_issued_in_future'],
    ['expired 59 s ago', { iat: seconds - 99, exp: seconds - 59 }, 'accepted'],
    ['expired 60 s ago', { iat: seconds - 99, exp: seconds - 60 }, 'token_expired'],
    ['expired 61 s ago', { iat: seconds - 99, exp: seconds - 61 }, 'token_expired'],
  ])('within a leeway of 60 s: %s', async (_name, changes, code) => {
    expect(await codeOf(await signer.sign({ ...good, ...changes }))).toBe(code);
  });

  it('past its exp, authentic, where it is only to be shown', async () => {
    const expired = await signer.sign({ ...good, iat: seconds - 900, exp: seconds - 300 });
    expect(await codeOf(expired)).toBe('token_expired');
    expect(await codeOf(expired, { acceptExpired: true })).toBe('accepted');
    const forged = await stranger.sign({ ...good, iat: seconds - 900, exp: seconds - 300 });
    expect(await codeOf(forged, { acceptExpired: true })).toBe('token_signature_invalid');
  });
});

/** name, the token, its code */
const bad: readonly [string, () => string | Promise<string>, string][] = [
  ['alg none, unsigned', () => new UnsecuredJWT(good).encode(), 'token_malformed'],
  [
    'alg none, with a signature',
    async () => `${encode({ alg: 'none', typ: 'JWT' })}.${(await parts())[1]}.${(await parts())[2]}`,
    'token_signature_invalid',
  ],
  [
    'alg NONE in capitals',
    async () => `${encode({ alg: 'NONE', typ: 'JWT' })}.${(await parts())[1]}.AAAA`,
    'token_signature_invalid',
  ],
  [
    'HS256 with the public key (PEM) as its secret',
    async () =>
      new SignJWT(good)
        .setProtectedHeader({ alg: 'HS256', kid: 'key-1', typ: 'at+jwt' })
        .sign(text.encode(await exportSPKI(signer.publicKey))),
    'token_signature_invalid',
  ],
  [
    'HS256 with the public key (JWK) as its secret',
    async () =>
      new SignJWT(good)
        .setProtectedHeader({ alg: 'HS256', kid: 'key-1', typ: 'at+jwt' })
        .sign(text.encode(JSON.stringify(await exportJWK(signer.publicKey)))),
    'token_signature_invalid',
  ],
  [
    'an algorithm that is not allowed (ES384)',
    async () => (await TokenSigner.create('ES384', 'key-1')).sign(good),
    'token_signature_invalid',
  ],
  [
    'an algorithm that is not allowed (RS512)',
    async () => (await TokenSigner.create('RS512', 'key-1')).sign(good),
    'token_signature_invalid',
  ],
  [
    'an allowed algorithm of another key type (RS256 on an EC key’s kid)',
    async () => (await TokenSigner.create('RS256', 'key-1')).sign(good),
    'signing_keys_unavailable',
  ],
  [
    'no algorithm',
    async () => `${encode({ kid: 'key-1', typ: 'at+jwt' })}.${(await parts())[1]}.${(await parts())[2]}`,
    'token_malformed',
  ],
  ['another issuer', () => signer.sign({ ...good, iss: 'https://evil.example' }), 'token_issuer_mismatch'],
  ['the issuer with a slash more', () => signer.sign({ ...good, iss: `${issuer}/` }), 'token_issuer_mismatch'],
  ['no issuer', () => signer.sign({ ...good, iss: undefined }), 'token_issuer_mismatch'],
  ['an issuer that is a list', () => signRaw(JSON.stringify({ ...good, iss: [issuer] })), 'token_issuer_mismatch'],
  ['another audience', () => signer.sign({ ...good, aud: 'urn:other' }), 'token_audience_mismatch'],
  ['an audience that ours begins', () => signer.sign({ ...good, aud: `${audience}:more` }), 'token_audience_mismatch'],
  ['no audience', () => signer.sign({ ...good, aud: undefined }), 'token_audience_mismatch'],
  ['an empty list of audiences', () => signer.sign({ ...good, aud: [] }), 'token_audience_mismatch'],
  ['type: ID token header of another kind', () => signer.sign(good, { typ: 'dpop+jwt' }), 'token_type_invalid'],
  ['type: logout+jwt', () => signer.sign(good, { typ: 'logout+jwt' }), 'token_type_invalid'],
  ['no type', () => signer.sign(good, { typ: undefined }), 'token_type_invalid'],
  ['type: a number', () => signer.sign(good, { typ: 5 }), 'token_type_invalid'],
  ['no exp', () => signer.sign({ ...good, exp: undefined }), 'token_malformed'],
  ['no iat', () => signer.sign({ ...good, iat: undefined }), 'token_malformed'],
  ['exp as text', () => signRaw(JSON.stringify({ ...good, exp: '1790000000' })), 'token_malformed'],
  ['iat as text', () => signRaw(JSON.stringify({ ...good, iat: '1790000000' })), 'token_malformed'],
  [
    'exp that no number can hold',
    async () => signRaw(JSON.stringify(good).replace(/"exp":\d+/, '"exp":1e999')),
    'token_malformed',
  ],
  ['exp that no date can hold', () => signer.sign({ ...good, exp: 1e15 }), 'token_malformed'],
  ['exp before iat', () => signer.sign({ ...good, exp: seconds - 10, iat: seconds - 5 }), 'token_malformed'],
  ['expired', () => signer.sign({ ...good, iat: seconds - 7200, exp: seconds - 3600 }), 'token_expired'],
  [
    'issued in the future',
    () => signer.sign({ ...good, iat: seconds + 3600, exp: seconds + 7200 }),
    'token_issued_in_future',
  ],
  ['not valid before the future (nbf)', () => signer.sign({ ...good, nbf: seconds + 3600 }), 'token_issued_in_future'],
  ['nbf as text', () => signRaw(JSON.stringify({ ...good, nbf: 'soon' })), 'token_malformed'],
  ['an unknown kid', () => signer.sign(good, { kid: 'key-2' }), 'signing_keys_unavailable'],
  ['a kid with a path in it', () => signer.sign(good, { kid: '../../etc/passwd' }), 'signing_keys_unavailable'],
  ['a kid that is a number', () => signer.sign(good, { kid: 5 }), 'signing_keys_unavailable'],
  ['a stranger’s key under our kid', () => stranger.sign(good), 'token_signature_invalid'],
  [
    'a key of its own in the header (jwk)',
    async () => stranger.sign(good, { jwk: await exportJWK(stranger.publicKey) }),
    'token_signature_invalid',
  ],
  [
    'a key address of its own in the header (jku)',
    () => stranger.sign(good, { jku: 'https://evil.example/jwks' }),
    'token_signature_invalid',
  ],
  [
    'a critical extension that nobody knows',
    async () =>
      `${encode({ alg: 'ES256', kid: 'key-1', typ: 'at+jwt', crit: ['x'], x: 1 })}.${(await parts())[1]}.${(await parts())[2]}`,
    'token_malformed',
  ],
  ['an unencoded payload (b64: false)', () => signRaw('hello', { b64: true, crit: ['b64'] }), 'token_malformed'],
  [
    'payload changed',
    async () => {
      const [head, , signature] = await parts();
      return `${head}.${encode({ ...good, server_id: 'store-999' })}.${signature}`;
    },
    'token_signature_invalid',
  ],
  [
    'header changed',
    async () => {
      const [, payload, signature] = await parts();
      return `${encode({ alg: 'ES256', kid: 'key-1', typ: 'JWT' })}.${payload}.${signature}`;
    },
    'token_signature_invalid',
  ],
  [
    'signature changed',
    async () => {
      const [head, payload, signature] = await parts();
      return `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    },
    'token_signature_invalid',
  ],
  [
    'signature cut',
    async () => {
      const [head, payload, signature] = await parts();
      return `${head}.${payload}.${signature.slice(0, 40)}`;
    },
    'token_signature_invalid',
  ],
  [
    'signature of zeros (CVE-2022-21449)',
    async () => {
      const [head, payload] = await parts();
      return `${head}.${payload}.${base64url.encode(new Uint8Array(64))}`;
    },
    'token_signature_invalid',
  ],
  [
    'the signature of another token',
    async () => {
      const [head, payload] = await parts();
      return `${head}.${payload}.${(await signer.sign({ ...good, jti: '2' })).split('.')[2]}`;
    },
    'token_signature_invalid',
  ],
  ['larger than 64 KiB', () => signer.sign({ ...good, more: 'x'.repeat(maxTokenLength) }), 'token_malformed'],
  ['a claim twice', () => signRaw(JSON.stringify(good).replace('{', '{"server_id":"store-999",')), 'token_malformed'],
  [
    'exp twice, the later one second',
    () => signRaw(`${JSON.stringify(good).slice(0, -1)},"exp":${seconds + 9e6}}`),
    'token_malformed',
  ],
  [
    'a claim twice, once escaped',
    () => signRaw(JSON.stringify(good).replace('{', '{"server\\u005fid":"store-999",')),
    'token_malformed',
  ],
  [
    'a nested claim twice',
    () => signRaw(JSON.stringify(good).replace('"hub":{', '"hub":{"name":"x",')),
    'token_malformed',
  ],
  [
    'a header member twice',
    async () => {
      const head = encode('{"alg":"ES256","kid":"key-9","typ":"at+jwt","kid":"key-1"}');
      return `${head}.${(await parts())[1]}.${(await parts())[2]}`;
    },
    'token_malformed',
  ],
  ['a JWT inside of a JWT', async () => signRaw(await signer.sign(good), { cty: 'JWT' }), 'token_malformed'],
  ['a payload that is a list', () => signRaw('[1]'), 'token_malformed'],
  ['a payload that is null', () => signRaw('null'), 'token_malformed'],
  ['a payload that is no JSON', () => signRaw('{"server_id":'), 'token_malformed'],
  [
    'an encrypted token (JWE)',
    () =>
      new CompactEncrypt(text.encode('{}'))
        .setProtectedHeader({ alg: 'dir', enc: 'A128CBC-HS256' })
        .encrypt(new Uint8Array(32)),
    'token_malformed',
  ],
  [
    'JWS in JSON',
    async () => {
      const [head, payload, signature] = await parts();
      return JSON.stringify({ protected: head, payload, signature });
    },
    'token_malformed',
  ],
  ['nothing', () => '', 'token_malformed'],
  ['two points', () => '..', 'token_malformed'],
  ['an empty payload', async () => `${(await parts())[0]}..${(await parts())[2]}`, 'token_malformed'],
  ['an empty signature', async () => `${(await parts())[0]}.${(await parts())[1]}.`, 'token_malformed'],
  ['a fourth part', async () => `${(await parts()).join('.')}.AAAA`, 'token_malformed'],
  [
    'base64 with padding',
    async () => `${(await parts())[0]}=.${(await parts())[1]}.${(await parts())[2]}`,
    'token_malformed',
  ],
  [
    'base64 of the other alphabet',
    async () => `${(await parts())[0]}.${(await parts())[1]}+/.${(await parts())[2]}`,
    'token_malformed',
  ],
  [
    'base64 of a length that cannot be',
    async () => `AAAAA.${(await parts())[1]}.${(await parts())[2]}`,
    'token_malformed',
  ],
  ['a blank before it', async () => ` ${await signer.sign(good)}`, 'token_malformed'],
  ['a line end behind it', async () => `${await signer.sign(good)}\n`, 'token_malformed'],
  [
    'bytes that are no text in the payload',
    async () => {
      const [head, , signature] = await parts();
      return `${head}.${base64url.encode(new Uint8Array([0xff, 0xfe, 0x7b]))}.${signature}`;
    },
    'token_malformed',
  ],
  ['an opaque access token', () => 'ory_at_0123456789abcdef', 'token_malformed'],
];

describe(`P4: ${bad.length} bad tokens are refused, each with its code`, () => {
  it.each(bad)('%s', async (_name, make, code) => {
    const token = await make();
    expect(await codeOf(token)).toBe(code);
    // Being lenient about exp is lenient about nothing else.
    if (code !== 'token_expired') expect(await codeOf(token, { acceptExpired: true })).toBe(code);
  });

  it(`P4: ${said(500)} good tokens with one character changed: 0 accepted with other claims`, async () => {
    const token = await signer.sign(good);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet.split('')), async (at, character) => {
        const changed = token.slice(0, at) + character + token.slice(at + 1);
        const verified = await verify(changed);
        // The last character of a part may hold bits that mean nothing.
        if (verified.ok) expect(verified.value).toEqual(good);
        else expect(verified.failure.code).not.toBe('internal_error');
      }),
      { numRuns: tries(500) },
    );
  });

  it(`P4: ${said(1_000)} texts of any kind: refused as malformed`, async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.stringMatching(/^[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (token) => {
        expect(['token_malformed', 'token_signature_invalid']).toContain(await codeOf(token));
      }),
      { numRuns: tries(1_000) },
    );
  });
});

describe('keys that are of no use', () => {
  it.each<[string, (own: JSONWebKeySet) => JSONWebKeySet]>([
    ['none', () => ({ keys: [] })],
    ['a key cut short', ({ keys: [key] }) => ({ keys: [{ ...key, x: 'AAAA' }] })],
    ['a key without its coordinates', () => ({ keys: [{ kty: 'EC', crv: 'P-256', kid: 'key-1' }] })],
    ['a key of an unknown curve', ({ keys: [key] }) => ({ keys: [{ ...key, crv: 'P-257' }] })],
    ['a key for encryption', ({ keys: [key] }) => ({ keys: [{ ...key, use: 'enc' }] })],
    ['a key for another algorithm', ({ keys: [key] }) => ({ keys: [{ ...key, alg: 'ES384' }] })],
    ['two keys of one kid', ({ keys: [key] }) => ({ keys: [key, key] as never })],
  ])('%s: signing_keys_unavailable, so that they are fetched anew', async (_name, change) => {
    expect(await codeOf(await signer.sign(good), { keys: change(keys) })).toBe('signing_keys_unavailable');
  });

  it('an RSA key that is too short', async () => {
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
    expect(await codeOf(token, { keys: weak })).toBe('signing_keys_unavailable');
  });
});

describe('duplicate members', () => {
  it.each([
    ['{"a":1,"a":2}', true],
    ['{"a":1,"\\u0061":2}', true],
    ['{"a":{"b":1,"b":2}}', true],
    ['[{"a":1},{"a":2,"a":3}]', true],
    ['{"a":1,"b":{"a":2}}', false],
    ['{"a":"a","b":"a"}', false],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', false],
    ['{"a":"\\\\","b":"\\\\"}', false],
    ['{"a" :1, "a"\n:2}', true],
    ['{"__proto__":1,"__proto__":2}', true],
    ['["a","a"]', false],
    ['not json', false],
  ])('%s: %s', (json, twice) => {
    expect(hasDuplicateMembers(json)).toBe(twice);
  });

  it(`${said(1_000)} JSON values as they are written: none has one; with a member repeated: each has`, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, pick) => {
        expect(hasDuplicateMembers(JSON.stringify(value))).toBe(false);
        const names = Object.keys(value);
        const name = names[pick % names.length] ?? '';
        expect(hasDuplicateMembers(`${JSON.stringify(value).slice(0, -1)},${JSON.stringify(name)}:0}`)).toBe(true);
      }),
      { numRuns: tries(1_000) },
    );
  });
});
