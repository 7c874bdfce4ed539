import { base64url, CompactEncrypt, CompactSign, exportJWK, exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { maxTokenLength } from '../../src-main/tokens/token-rules.ts';
import { audience, issuer, TokenSigner } from './token-signer.ts';

/** The failure codes with which license token verification can end. */
export type BadTokenCode =
  | 'token_malformed'
  | 'token_signature_invalid'
  | 'token_algorithm_unsupported'
  | 'signing_keys_unusable'
  | 'token_issuer_mismatch'
  | 'token_audience_mismatch'
  | 'token_client_mismatch'
  | 'token_type_invalid'
  | 'token_expired'
  | 'token_issued_in_future';

const text = new TextEncoder();
export const encode = (part: unknown): string =>
  base64url.encode(typeof part === 'string' ? part : JSON.stringify(part));

/** Signs any text as a payload, with any header. */
function signBytes(signer: TokenSigner, payload: string, header: Record<string, unknown> = {}): Promise<string> {
  return new CompactSign(text.encode(payload))
    .setProtectedHeader({ alg: 'ES256', kid: 'key-1', typ: 'at+jwt', ...header })
    .sign(signer.privateKey);
}

type BadToken = readonly [name: string, make: () => string | Promise<string>, code: BadTokenCode];

/**
 * Bad tokens that must be refused even if no audience is expected: all of {@link badTokens} except those with only a wrong
 * audience, plus tokens of other kinds, such as ID tokens, which without an audience are recognized only by their claims.
 */
export function badTokensOfAnyAudience(
  signer: TokenSigner,
  stranger: TokenSigner,
  good: Readonly<Record<string, unknown>>,
  seconds: number,
): readonly BadToken[] {
  const idToken = { ...good, aud: good['client_id'], client_id: undefined };
  const ofAnotherKind: readonly (readonly [name: string, claims: Record<string, unknown>])[] = [
    ['an ID token with a nonce', { ...idToken, nonce: 'n-1' }],
    ['an ID token with an empty nonce', { ...idToken, nonce: '' }],
    ['an ID token with a hash of its access token', { ...idToken, at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }],
    ['an ID token with a hash of its code', { ...idToken, c_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }],
    ['an ID token for our audience', { ...good, at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }],
    ['a logout token', { ...idToken, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
    ['a security event token with no event', { ...good, events: {} }],
  ];
  return [
    ...badTokens(signer, stranger, good, seconds).filter(([, , code]) => code !== 'token_audience_mismatch'),
    ...ofAnotherKind.flatMap(([name, claims]): BadToken[] =>
      ['JWT', 'at+jwt'].map((typ) => [
        `${name}, type ${typ}`,
        () => signer.sign(claims, { typ }),
        'token_type_invalid',
      ]),
    ),
  ];
}

/** Tokens of other clients. They are valid for a peer, but not as our own token if no audience is expected. */
export function tokensOfOtherClients(
  signer: TokenSigner,
  good: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, make: () => Promise<string>])[] {
  return [
    'another-client',
    '',
    'fusion-license-console ',
    'FUSION-LICENSE-CONSOLE',
    5,
    ['fusion-license-console'],
    {},
  ].map((clientId) => [JSON.stringify(clientId), () => signer.sign({ ...good, client_id: clientId })]);
}

/**
 * Tokens that must not be accepted as a license token, each with a name and the expected failure code. `good` are claims that
 * are accepted at `seconds` if `signer` signed them. The key of `stranger` is not published. Both keys are ES256 keys with the
 * `kid` `key-1`.
 */
export function badTokens(
  signer: TokenSigner,
  stranger: TokenSigner,
  good: Readonly<Record<string, unknown>>,
  seconds: number,
): readonly BadToken[] {
  const signRaw = (payload: string, header: Record<string, unknown> = {}) => signBytes(signer, payload, header);
  const parts = async () => (await signer.sign(good)).split('.') as [string, string, string];
  return [
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
      'token_algorithm_unsupported',
    ],
    [
      'an algorithm that is not allowed (RS512)',
      async () => (await TokenSigner.create('RS512', 'key-1')).sign(good),
      'token_algorithm_unsupported',
    ],
    [
      'an allowed algorithm of another key type (RS256 on an EC key’s kid)',
      async () => (await TokenSigner.create('RS256', 'key-1')).sign(good),
      'signing_keys_unusable',
    ],
    [
      'no algorithm',
      async () => `${encode({ kid: 'key-1', typ: 'at+jwt' })}.${(await parts())[1]}.${(await parts())[2]}`,
      'token_malformed',
    ],
    ['another issuer', () => signer.sign({ ...good, iss: 'https://evil.example' }), 'token_issuer_mismatch'],
    ['the issuer with a path', () => signer.sign({ ...good, iss: `${issuer}/realm` }), 'token_issuer_mismatch'],
    ['the issuer on another port', () => signer.sign({ ...good, iss: `${issuer}:444` }), 'token_issuer_mismatch'],
    [
      'the issuer without https',
      () => signer.sign({ ...good, iss: issuer.replace('https', 'http') }),
      'token_issuer_mismatch',
    ],
    ['a host that ours begins', () => signer.sign({ ...good, iss: `${issuer}.evil.example` }), 'token_issuer_mismatch'],
    [
      'our issuer as a user name',
      () => signer.sign({ ...good, iss: `${issuer}@evil.example` }),
      'token_issuer_mismatch',
    ],
    ['our issuer with a query', () => signer.sign({ ...good, iss: `${issuer}/?x` }), 'token_issuer_mismatch'],
    ['no issuer', () => signer.sign({ ...good, iss: undefined }), 'token_issuer_mismatch'],
    ['an issuer that is a list', () => signRaw(JSON.stringify({ ...good, iss: [issuer] })), 'token_issuer_mismatch'],
    ['another audience', () => signer.sign({ ...good, aud: 'urn:other' }), 'token_audience_mismatch'],
    [
      'an audience that ours begins',
      () => signer.sign({ ...good, aud: `${audience}:more` }),
      'token_audience_mismatch',
    ],
    ['no audience', () => signer.sign({ ...good, aud: undefined }), 'token_audience_mismatch'],
    ['an empty list of audiences', () => signer.sign({ ...good, aud: [] }), 'token_audience_mismatch'],
    ['type: ID token header of another kind', () => signer.sign(good, { typ: 'dpop+jwt' }), 'token_type_invalid'],
    ['type: logout+jwt', () => signer.sign(good, { typ: 'logout+jwt' }), 'token_type_invalid'],
    ['no type', () => signer.sign(good, { typ: undefined }), 'token_type_invalid'],
    ['type: a number', () => signer.sign(good, { typ: 5 }), 'token_type_invalid'],
    ['no exp', () => signer.sign({ ...good, exp: undefined }), 'token_malformed'],
    ['no iat', () => signer.sign({ ...good, iat: undefined }), 'token_malformed'],
    ['exp as words', () => signRaw(JSON.stringify({ ...good, exp: 'tomorrow' })), 'token_malformed'],
    ['iat as a date', () => signRaw(JSON.stringify({ ...good, iat: '2026-03-10T12:00:00Z' })), 'token_malformed'],
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
    [
      'not valid before the future (nbf)',
      () => signer.sign({ ...good, nbf: seconds + 3600 }),
      'token_issued_in_future',
    ],
    ['nbf as text', () => signRaw(JSON.stringify({ ...good, nbf: 'soon' })), 'token_malformed'],
    ['an unknown kid', () => signer.sign(good, { kid: 'key-2' }), 'signing_keys_unusable'],
    ['a kid with a path in it', () => signer.sign(good, { kid: '../../etc/passwd' }), 'signing_keys_unusable'],
    ['a kid that is a number', () => signer.sign(good, { kid: 5 }), 'signing_keys_unusable'],
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
}
