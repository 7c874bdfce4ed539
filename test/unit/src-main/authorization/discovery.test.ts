import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataAddresses, requestMetadata } from '../../../../src-main/authorization/discovery.ts';
import { isAllowedTransport, parseIssuerAddress } from '../../../../src-main/authorization/issuer-address.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { metadata } from '../../../fakes/fake-authorization-server.ts';
import { answer, html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';
import { said, tries } from '../../../fakes/tries.ts';

const openid = '/.well-known/openid-configuration';
const rfc8414 = '/.well-known/oauth-authorization-server';

/** Metadata of an issuer elsewhere. */
const of = (issuer: string, changes: Record<string, unknown> = {}) => ({
  ...metadata,
  issuer,
  device_authorization_endpoint: `${issuer}/device_authorization`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  revocation_endpoint: `${issuer}/revocation`,
  ...changes,
});

async function discover(typed: string, answers: Record<string, HttpOutcome> | HttpOutcome) {
  const http = new ScriptedHttp(({ url }) =>
    'ok' in answers ? (answers as HttpOutcome) : (answers[new URL(url).pathname] ?? html(404)),
  );
  const found = await requestMetadata(http, typed);
  return {
    asked: http.requests.map(({ url }) => url),
    code: found.ok ? 'found' : found.failure.code,
    issuer: found.ok ? found.value.issuer : undefined,
    facts: found.ok ? undefined : found.failure.facts,
  };
}

describe('the address of an issuer', () => {
  it.each([
    ['', 'issuer_malformed'],
    ['   ', 'issuer_malformed'],
    ['auth.example', 'issuer_malformed'],
    ['//auth.example', 'issuer_malformed'],
    ['https:/auth.example', 'issuer_malformed'],
    ['https://', 'issuer_malformed'],
    ['https://auth example', 'issuer_malformed'],
    ['https://auth.example:99999', 'issuer_malformed'],
    ['https://[::1', 'issuer_malformed'],
    ['https://user@auth.example', 'issuer_malformed'],
    ['https://user:password@auth.example', 'issuer_malformed'],
    ['https://auth.example?tenant=1', 'issuer_malformed'],
    ['https://auth.example#top', 'issuer_malformed'],
    ['ftp://auth.example', 'issuer_malformed'],
    ['file:///etc/passwd', 'issuer_malformed'],
    ['javascript:alert(1)', 'issuer_malformed'],
    ['data:text/html,x', 'issuer_malformed'],
    ['http://auth.example', 'issuer_insecure'],
    ['http://10.0.0.5', 'issuer_insecure'],
    ['http://127.0.0.1.nip.io', 'issuer_insecure'],
    ['http://localhost.evil.example', 'issuer_insecure'],
    ['HTTP://AUTH.EXAMPLE', 'issuer_insecure'],
  ])('is refused without a request: %j, %s', async (typed, code) => {
    expect(await discover(typed, json(200, metadata))).toMatchObject({ code, asked: [] });
  });

  it.each([
    'http://localhost:4000',
    'http://127.0.0.1',
    'http://127.8.9.10:1',
    'http://[::1]:4000',
    'https://a.example/tenant',
  ])('is allowed: %s', (typed) => {
    expect(parseIssuerAddress(` ${typed} `).ok).toBe(true);
  });

  it(`never leads to plain http beyond loopback: ${said(2_000)} texts of any kind`, () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ validSchemes: ['http', 'https', 'ftp', 'ws'], withQueryParameters: true, withFragments: true }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseIssuerAddress(text);
        if (parsed.ok) expect(isAllowedTransport(parsed.value)).toBe(true);
      }),
      { numRuns: tries(2_000) },
    );
  });
});

describe('the addresses of the metadata', () => {
  it.each([
    ['https://auth.example', `https://auth.example${openid}`, `https://auth.example${rfc8414}`],
    ['https://auth.example/', `https://auth.example${openid}`, `https://auth.example${rfc8414}`],
    ['https://auth.example/t/1', `https://auth.example/t/1${openid}`, `https://auth.example${rfc8414}/t/1`],
    ['https://auth.example/t/1/', `https://auth.example/t/1${openid}`, `https://auth.example${rfc8414}/t/1`],
    ['https://auth.example:8443/t', `https://auth.example:8443/t${openid}`, `https://auth.example:8443${rfc8414}/t`],
  ])('are tried in this order for %s: OIDC Discovery §4, then RFC 8414 §3', async (typed, first, second) => {
    expect(metadataAddresses(new URL(typed))).toEqual([first, second]);
    expect((await discover(typed, html(404))).asked).toEqual([first, second]);
  });

  it('end with the first one if it answers', async () => {
    expect(await discover('https://auth.example', json(200, metadata))).toMatchObject({
      code: 'found',
      asked: [`https://auth.example${openid}`],
    });
  });

  it.each([404, 403, 401, 204])('include the second one if the first answers %d', async (status) => {
    const found = await discover('https://auth.example/t', {
      [`/t${openid}`]: answer(status, ''),
      [`${rfc8414}/t`]: json(200, of('https://auth.example/t')),
    });
    expect(found).toMatchObject({ code: 'found', issuer: 'https://auth.example/t' });
  });

  it('include the second one if the first is a web page', async () => {
    const found = await discover('https://auth.example', { [openid]: html(200), [rfc8414]: json(200, metadata) });
    expect(found.code).toBe('found');
  });
});

describe('an issuer typed in another spelling than in its metadata', () => {
  it.each([
    ['https://auth.example', 'https://auth.example/'],
    ['https://auth.example/', 'https://auth.example'],
    ['https://auth.example/t', 'https://auth.example/t/'],
    ['https://auth.example/t/', 'https://auth.example/t'],
    ['HTTPS://Auth.Example', 'https://auth.example'],
    ['https://auth.example:443', 'https://auth.example'],
  ])('is kept as in the metadata: typed %s, published %s', async (typed, issuer) => {
    expect(await discover(typed, json(200, { ...metadata, issuer }))).toMatchObject({ code: 'found', issuer });
  });
});

describe('P3: metadata that is not of this issuer or cannot be used', () => {
  it.each<[string, HttpOutcome, string]>([
    ['no metadata (404)', html(404), 'metadata_not_found'],
    ['a web page', html(200), 'metadata_not_found'],
    [
      'a web page that claims to be JSON',
      answer(200, '<html>', { 'content-type': 'application/json' }),
      'metadata_not_found',
    ],
    ['nothing', answer(200, ''), 'metadata_invalid'],
    ['half of it', answer(200, '{"issuer":"https://auth.ex'), 'metadata_invalid'],
    ['a list', json(200, [metadata]), 'metadata_invalid'],
    ['null', json(200, null), 'metadata_invalid'],
    ['text', json(200, 'hello'), 'metadata_invalid'],
    ['a number of 400 digits', answer(200, '1'.repeat(400)), 'metadata_invalid'],
    ['no issuer', json(200, { ...metadata, issuer: undefined }), 'metadata_invalid'],
    ['an issuer that is a number', json(200, { ...metadata, issuer: 5 }), 'metadata_invalid'],
    ['an issuer that is no address', json(200, { ...metadata, issuer: 'auth.example' }), 'metadata_invalid'],
    ['another issuer', json(200, of('https://evil.example')), 'issuer_mismatch'],
    ['the same host on http', json(200, { ...metadata, issuer: 'http://auth.example' }), 'issuer_mismatch'],
    ['another port', json(200, { ...metadata, issuer: 'https://auth.example:8443' }), 'issuer_mismatch'],
    ['a path more', json(200, { ...metadata, issuer: 'https://auth.example/t' }), 'issuer_mismatch'],
    ['a query', json(200, { ...metadata, issuer: 'https://auth.example/?x' }), 'issuer_mismatch'],
    ['a user', json(200, { ...metadata, issuer: 'https://u@auth.example' }), 'issuer_mismatch'],
    ['no device flow', json(200, { ...metadata, device_authorization_endpoint: undefined }), 'device_flow_unsupported'],
    [
      'an empty device endpoint',
      json(200, { ...metadata, device_authorization_endpoint: '' }),
      'device_flow_unsupported',
    ],
    ['no token endpoint', json(200, { ...metadata, token_endpoint: undefined }), 'metadata_invalid'],
    ['no keys', json(200, { ...metadata, jwks_uri: undefined }), 'metadata_invalid'],
    [
      'a token endpoint on http',
      json(200, { ...metadata, token_endpoint: 'http://auth.example/token' }),
      'metadata_invalid',
    ],
    ['keys on http', json(200, { ...metadata, jwks_uri: 'http://auth.example/jwks' }), 'metadata_invalid'],
    [
      'a device endpoint on http',
      json(200, { ...metadata, device_authorization_endpoint: 'http://auth.example/d' }),
      'metadata_invalid',
    ],
    [
      'a revocation endpoint on http',
      json(200, { ...metadata, revocation_endpoint: 'http://auth.example/r' }),
      'metadata_invalid',
    ],
    [
      'a token endpoint on this computer',
      json(200, { ...metadata, token_endpoint: 'http://127.0.0.1:631/' }),
      'metadata_invalid',
    ],
    [
      'a device endpoint on this computer',
      json(200, { ...metadata, device_authorization_endpoint: 'http://localhost/' }),
      'metadata_invalid',
    ],
    ['a file as its keys', json(200, { ...metadata, jwks_uri: 'file:///etc/passwd' }), 'metadata_invalid'],
    ['an endpoint that is an object', json(200, { ...metadata, token_endpoint: {} }), 'metadata_invalid'],
    [
      'an endpoint of 3,000 characters',
      json(200, { ...metadata, token_endpoint: `https://a.example/${'x'.repeat(3000)}` }),
      'metadata_invalid',
    ],
    ['429', json(429, {}), 'too_many_requests'],
    ['600', json(600, metadata), 'server_error'],
    ['999', json(999, {}), 'server_error'],
    ['500', json(500, metadata), 'server_error'],
    ['503, a page', html(503), 'server_error'],
    ['511', html(511), 'captive_portal'],
    ['407', html(407), 'proxy_refused'],
    ['a redirect to another host', noAnswer('captive_portal'), 'captive_portal'],
    ['a redirect', noAnswer('unexpected_redirect'), 'unexpected_redirect'],
    ['too large', noAnswer('response_too_large'), 'response_too_large'],
    ['silence', noAnswer('request_timeout'), 'request_timeout'],
    ['an untrusted certificate', noAnswer('certificate_untrusted', false), 'certificate_untrusted'],
    ['no network', noAnswer('network_unreachable', false), 'network_unreachable'],
  ])('%s', async (_name, outcome, code) => {
    const found = await discover('https://auth.example', outcome);
    expect(found.code).toBe(code);
    expect(found.facts?.['host']).toBe('auth.example');
  });

  it.each([429, 503, 999])('a pause that the server asks for with %d is kept, at most a day', async (status) => {
    for (const [pause, kept] of [
      ['60', '60'],
      ['9'.repeat(300), '86400'],
    ] as const) {
      const { facts } = await discover('https://auth.example', json(status, {}, { 'retry-after': pause }));
      expect(facts).toMatchObject({ status: String(status), retry_after: kept });
    }
  });

  it('a mismatch names both addresses, bounded', async () => {
    const issuer = `https://evil.example/${'x'.repeat(5000)}`;
    const { facts } = await discover('https://auth.example', json(200, of(issuer)));
    expect(facts?.['issuer']).toHaveLength(200);
    expect(facts?.['typed']).toBe('https://auth.example/');
  });

  it(`P3: any document gives a named failure or usable metadata, never a crash: ${said(1_000)} documents`, async () => {
    const documents = fc.oneof(
      fc.json().map((text) => answer(200, text)),
      fc.string({ unit: 'binary' }).map((text) => answer(200, text)),
      fc
        .dictionary(fc.constantFrom(...Object.keys(metadata)), fc.oneof(fc.jsonValue(), fc.webUrl()))
        .map((changes) => json(200, { ...metadata, ...changes })),
    );
    await fc.assert(
      fc.asyncProperty(documents, fc.integer({ min: 200, max: 599 }), async (outcome, status) => {
        const tried = outcome.ok ? { ...outcome, answer: { ...outcome.answer, status } } : outcome;
        const found = await discover('https://auth.example', tried);
        expect([
          'found',
          'metadata_invalid',
          'metadata_not_found',
          'issuer_mismatch',
          'device_flow_unsupported',
          'server_error',
          'too_many_requests',
          // 511 and 407 come from something in between.
          'captive_portal',
          'proxy_refused',
        ]).toContain(found.code);
        if (found.code === 'found') expect(found.issuer).toMatch(/^https:\/\/auth\.example\/?$/);
      }),
      { numRuns: tries(1_000) },
    );
  });
});

describe('a sandbox server on this computer is found', () => {
  it.each(['http://localhost:4000', 'http://127.0.0.1:4000', 'http://[::1]:4000', 'https://localhost:4000'])(
    '%s',
    async (issuer) => {
      expect((await discover(issuer, json(200, of(issuer)))).code).toBe('found');
    },
  );
});
