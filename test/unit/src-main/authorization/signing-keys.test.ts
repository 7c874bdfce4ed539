import { describe, expect, it } from 'vitest';
import { KnownServer } from '../../../../src-main/authorization/known-server.ts';
import { largestKeySet, readKeySet, requestSigningKeys } from '../../../../src-main/authorization/signing-keys.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { metadata } from '../../../fakes/fake-authorization-server.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { answer, html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';
import { issuer } from '../../../fakes/token-signer.ts';

const key = { kty: 'EC', crv: 'P-256', kid: 'k1', alg: 'ES256', use: 'sig', x: 'x', y: 'y' };
const fetchKeys = (outcome: HttpOutcome) => requestSigningKeys(new ScriptedHttp(() => outcome), `${issuer}/jwks`);

describe('the issuer’s public keys (RFC 7517 §5)', () => {
  it('are read without private and unknown members', async () => {
    expect(await fetchKeys(json(200, { keys: [{ ...key, d: 'private', x5c: ['…'], ext: true }] }))).toEqual({
      ok: true,
      value: { keys: [key] },
    });
  });

  it('include a key that is for signing and verifying', async () => {
    const published = { keys: [{ ...key, key_ops: ['sign', 'verify'] }] };
    expect(await fetchKeys(json(200, published))).toEqual({ ok: true, value: { keys: [key] } });
  });

  it.each([
    ['a symmetric one', { kty: 'oct', k: 'secret' }],
    ['one of an unknown kind', { kty: 'AKP', alg: 'ML-DSA-44', pub: '…' }],
    ['no key', null],
    ['text', 'key'],
    ['a list', []],
    ['one whose kid is a number', { ...key, kid: 5 }],
    ['one for other operations alone', { ...key, kid: 'k2', key_ops: ['deriveKey'] }],
  ])('are read without %s among them', async (_name, other) => {
    expect(await fetchKeys(json(200, { keys: [other, key] }))).toEqual({ ok: true, value: { keys: [key] } });
  });

  it.each<[string, HttpOutcome, FailureCode, string]>([
    ['no network', noAnswer('network_unreachable', false), 'signing_keys_unavailable', 'network_unreachable'],
    ['a redirect', noAnswer('unexpected_redirect'), 'signing_keys_unavailable', 'unexpected_redirect'],
    ['too large', noAnswer('response_too_large'), 'signing_keys_unavailable', 'response_too_large'],
    ['a page', html(200), 'signing_keys_unavailable', 'captive_portal'],
    ['511', json(511, {}), 'signing_keys_unavailable', 'captive_portal'],
    ['500', json(500, { keys: [key] }), 'signing_keys_unavailable', 'status_500'],
    ['999', json(999, { keys: [key] }), 'signing_keys_unavailable', 'status_999'],
    ['204', json(204, {}), 'signing_keys_unavailable', 'status_204'],
    ['408', json(408, {}), 'signing_keys_unavailable', 'status_408'],
    ['429', json(429, {}), 'signing_keys_unavailable', 'status_429'],
    ['401', json(401, {}), 'signing_keys_refused', 'status_401'],
    ['403', json(403, { keys: [key] }), 'signing_keys_refused', 'status_403'],
    ['404', html(404), 'signing_keys_refused', 'status_404'],
    ['410', json(410, {}), 'signing_keys_refused', 'status_410'],
    ['null', json(200, null), 'signing_keys_unusable', 'unexpected_content'],
    ['a list', json(200, [key]), 'signing_keys_unusable', 'unexpected_content'],
    ['no keys', json(200, { keys: [] }), 'signing_keys_unusable', 'unexpected_content'],
    [
      'no key that the console supports',
      json(200, { keys: [{ kty: 'oct', k: 'secret' }] }),
      'signing_keys_unusable',
      'unexpected_content',
    ],
    ['keys that are an object', json(200, { keys: { 0: key } }), 'signing_keys_unusable', 'unexpected_content'],
    ['half of it', answer(200, '{"keys":[{"kty'), 'signing_keys_unusable', 'unexpected_content'],
  ])('fail for %s with %s', async (_name, outcome, code, cause) => {
    expect(await fetchKeys(outcome)).toMatchObject({ ok: false, failure: { code, facts: { cause } } });
  });

  it('fail with the pause that the server asks for, at most a day', async () => {
    const busy = (pause: string) => answer(503, '', { 'retry-after': pause });
    expect(await fetchKeys(busy('120'))).toMatchObject({ failure: { facts: { retry_after: '120' } } });
    expect(await fetchKeys(busy('9'.repeat(300)))).toMatchObject({ failure: { facts: { retry_after: '86400' } } });
  });

  it('are limited to the first 1,000', () => {
    const many = Array.from({ length: 1_001 }, (_one, nth) => ({ ...key, kid: `k-${nth}` }));
    expect(readKeySet(JSON.stringify({ keys: many }))?.keys).toHaveLength(1_000);
  });

  it('fit into the largest accepted response if they are 1,000 RSA keys of 4096 bits', async () => {
    const modulus = 'n'.repeat(683);
    const rsa = { kty: 'RSA', use: 'sig', alg: 'RS256', e: 'AQAB', n: modulus };
    const keys = Array.from({ length: 1_000 }, (_, nth) => ({ ...rsa, kid: `${nth}`.padStart(43, 'k') }));
    const http = new ScriptedHttp(() => json(200, { keys }));
    expect(await requestSigningKeys(http, `${issuer}/jwks`)).toEqual({ ok: true, value: { keys } });
    expect(http.requests).toMatchObject([{ largestAnswer: largestKeySet }]);
    expect(JSON.stringify({ keys }, undefined, 2).length).toBeLessThan(largestKeySet);
  });
});

describe('what is kept about a server', () => {
  const known = (
    outcomes: { metadata?: HttpOutcome; keys?: HttpOutcome },
    documents = new MemoryDocuments(),
    of = issuer,
  ) => {
    const http = new ScriptedHttp(({ url }) =>
      url.endsWith('/jwks')
        ? (outcomes.keys ?? json(200, { keys: [key] }))
        : (outcomes.metadata ?? json(200, metadata)),
    );
    return new KnownServer({ http, quietHttp: http, documents }, 'p1', of);
  };
  const offline = noAnswer('network_unreachable', false);

  it.each([
    [true, true],
    [undefined, false],
    [false, false],
    [null, false],
    ['true', false],
    [1, false],
    [{}, false],
  ])('says whether it is the sandbox, by %j: %s, also after a restart offline', async (member, isSandbox) => {
    const documents = new MemoryDocuments();
    const server = known({ metadata: json(200, { ...metadata, fusion_license_sandbox: member }) }, documents);
    expect(server.isSandbox).toBe(false);
    expect(await server.metadata()).toMatchObject({ ok: true });
    expect(server.isSandbox).toBe(isSandbox);
    expect(known({ metadata: offline }, documents).isSandbox).toBe(isSandbox);
  });

  it('includes the metadata that was fetched to check the address', async () => {
    const documents = new MemoryDocuments();
    const fetched = await known({}).metadata();
    if (fetched.ok) known({ metadata: offline }, documents).learn({ ...fetched.value, fusion_license_sandbox: true });
    expect(known({ metadata: offline }, documents).isSandbox).toBe(true);
  });

  it('T5: is still there after a restart without network: metadata and keys', async () => {
    const documents = new MemoryDocuments();
    expect((await known({}, documents).fetchKeys()).ok).toBe(true);
    const later = known({ metadata: offline, keys: offline }, documents);
    expect(later.keptKeys).toEqual({ keys: [key] });
    expect(await later.metadata()).toMatchObject({ ok: true, value: { issuer } });
  });

  it('T6: does not change because of a page in place of the metadata, which is named a captive portal', async () => {
    expect(await known({ metadata: html(200) }).metadata()).toMatchObject({
      ok: false,
      failure: { code: 'captive_portal', facts: { host: 'auth.example' } },
    });
    expect(await known({ metadata: html(404) }).metadata()).toMatchObject({ failure: { code: 'metadata_not_found' } });
  });

  it.each([403, 451])(
    'names a page with status %d as something on the way, as the page of a filter is',
    async (status) => {
      expect(await known({ metadata: html(status) }).metadata()).toMatchObject({
        failure: { code: 'unexpected_content', facts: { host: 'auth.example', status: String(status) } },
      });
      const plain = answer(status, 'No.', { 'content-type': 'text/plain' });
      expect(await known({ metadata: plain }).metadata()).toMatchObject({ failure: { code: 'metadata_not_found' } });
    },
  );

  it('keeps its keys if new ones cannot be fetched', async () => {
    const documents = new MemoryDocuments();
    await known({}, documents).fetchKeys();
    for (const keys of [offline, html(200), json(200, { keys: [] }), json(500, {})]) {
      const later = known({ keys }, documents);
      expect((await later.fetchKeys()).ok).toBe(false);
      expect(later.keptKeys).toEqual({ keys: [key] });
    }
  });

  it.each([
    ['the copy of another issuer', JSON.stringify({ metadata: { ...metadata, issuer: 'https://other.example' } })],
    [
      'with endpoints on http',
      JSON.stringify({ metadata: { ...metadata, token_endpoint: 'http://auth.example/token' } }),
    ],
    ['cut off', '{"metadata":{"issuer"'],
    ['null', 'null'],
    ['with keys of wrong types', JSON.stringify({ metadata, keys: { keys: [{ kty: 5 }] } })],
  ])('S4: counts as absent on disk if it is %s', async (_name, text) => {
    const documents = new MemoryDocuments(new Map([['authorization-server.p1', text]]));
    const later = known({ metadata: offline }, documents);
    expect(later.keptKeys).toBeNull();
    expect((await later.keptMetadata()).ok).toBe(false);
  });

  it('stays in memory if the disk is full', async () => {
    const documents = new MemoryDocuments();
    documents.writable = false;
    const server = known({}, documents);
    expect((await server.fetchKeys()).ok).toBe(true);
    expect(server.keptKeys).toEqual({ keys: [key] });
  });

  it('follows the published keys at a contact, and former keys are kept apart for the own token', async () => {
    const documents = new MemoryDocuments();
    await known({}, documents).fetchKeys();
    const next = { ...key, kid: 'k2' };
    const later = known({ keys: json(200, { keys: [next] }) }, documents);
    await later.contact();
    expect(later.keptKeys).toEqual({ keys: [next] });
    const restarted = known({ metadata: offline, keys: offline }, documents);
    expect(restarted.keptKeys).toEqual({ keys: [next] });
    expect(restarted.formerKeys).toEqual({ keys: [key] });
  });

  it.each<[string, { metadata?: HttpOutcome; keys?: HttpOutcome }]>([
    ['offline', { metadata: offline }],
    ['behind a portal', { metadata: html(200) }],
    ['with no keys', { keys: json(200, { keys: [] }) }],
    ['with none that the console supports', { keys: json(200, { keys: [{ kty: 'oct', k: 'secret' }] }) }],
    ['with another document', { keys: json(200, { status: 'ok' }) }],
    ['with a page', { keys: html(200) }],
    ['with a page about an error', { keys: html(503) }],
    ['with a redirect', { keys: noAnswer('unexpected_redirect') }],
  ])('is the same key object after a contact %s', async (_name, outcomes) => {
    const documents = new MemoryDocuments();
    await known({}, documents).fetchKeys();
    const later = known(outcomes, documents);
    const { keptKeys } = later;
    await later.contact();
    expect(later.keptKeys).toBe(keptKeys);
    expect(keptKeys).toEqual({ keys: [key] });
  });

  it('does not change with the same keys, and at most ten former keys are kept', async () => {
    const documents = new MemoryDocuments();
    const outcomes: { keys?: HttpOutcome } = {};
    const server = known(outcomes, documents);
    await server.fetchKeys();
    const { keptKeys } = server;
    await server.renewKeys();
    expect(server.keptKeys).toBe(keptKeys);
    for (let round = 2; round <= 20; round += 1) {
      outcomes.keys = json(200, { keys: [{ ...key, kid: `k${round}` }] });
      await server.renewKeys();
    }
    expect(server.formerKeys.keys.map(({ kid }) => kid)).toEqual(
      Array.from({ length: 10 }, (_, index) => `k${19 - index}`),
    );
  });

  it('has no keys after a contact if they were never needed', async () => {
    const server = known({});
    await server.contact();
    expect(server.keptKeys).toBeNull();
  });
});
