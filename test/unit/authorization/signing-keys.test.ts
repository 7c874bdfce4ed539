import { describe, expect, it } from 'vitest';
import { KnownServer } from '../../../src-main/authorization/known-server.ts';
import { requestSigningKeys } from '../../../src-main/authorization/signing-keys.ts';
import type { HttpOutcome } from '../../../src-main/ports/http.ts';
import { metadata } from '../../fakes/fake-authorization-server.ts';
import { MemoryDocuments } from '../../fakes/memory-documents.ts';
import { answer, html, json, noAnswer, ScriptedHttp } from '../../fakes/scripted-http.ts';
import { issuer } from '../../fakes/token-signer.ts';

const key = { kty: 'EC', crv: 'P-256', kid: 'k1', alg: 'ES256', use: 'sig', x: 'x', y: 'y' };
const fetchKeys = (outcome: HttpOutcome) => requestSigningKeys(new ScriptedHttp(() => outcome), `${issuer}/jwks`);

describe('the issuer’s public keys (RFC 7517 §5)', () => {
  it('are taken; private members and unknown ones are not kept', async () => {
    expect(await fetchKeys(json(200, { keys: [{ ...key, d: 'private', x5c: ['…'], ext: true }] }))).toEqual({
      ok: true,
      value: { keys: [key] },
    });
  });

  it('one that is for verifying too is taken', async () => {
    const published = { keys: [{ ...key, key_ops: ['sign', 'verify'] }] };
    expect(await fetchKeys(json(200, published))).toEqual({ ok: true, value: { keys: [key] } });
  });

  it.each([
    ['a symmetric one', { kty: 'oct', k: 'secret' }],
    ['one of tomorrow', { kty: 'AKP', alg: 'ML-DSA-44', pub: '…' }],
    ['no key', null],
    ['text', 'key'],
    ['a list', []],
    ['one whose kid is a number', { ...key, kid: 5 }],
    ['one for other operations alone', { ...key, kid: 'k2', key_ops: ['deriveKey'] }],
    ['one for no operation', { ...key, kid: 'k2', key_ops: [] }],
  ])('%s among them spoils nothing', async (_name, other) => {
    expect(await fetchKeys(json(200, { keys: [other, key] }))).toEqual({ ok: true, value: { keys: [key] } });
  });

  it.each<[string, HttpOutcome, string]>([
    ['no network', noAnswer('network_unreachable', false), 'network_unreachable'],
    ['a redirect', noAnswer('unexpected_redirect'), 'unexpected_redirect'],
    ['too large', noAnswer('response_too_large'), 'response_too_large'],
    ['404', html(404), 'status_404'],
    ['500', json(500, { keys: [key] }), 'status_500'],
    ['a page', html(200), 'captive_portal'],
    ['511', json(511, {}), 'captive_portal'],
    ['null', json(200, null), 'unexpected_content'],
    ['a list', json(200, [key]), 'unexpected_content'],
    ['no keys', json(200, { keys: [] }), 'unexpected_content'],
    ['keys that are an object', json(200, { keys: { 0: key } }), 'unexpected_content'],
    ['101 keys', json(200, { keys: Array.from({ length: 101 }, () => key) }), 'unexpected_content'],
    ['half of it', answer(200, '{"keys":[{"kty'), 'unexpected_content'],
  ])('%s: signing_keys_unavailable, and why', async (_name, outcome, cause) => {
    expect(await fetchKeys(outcome)).toMatchObject({
      ok: false,
      failure: { code: 'signing_keys_unavailable', facts: { cause } },
    });
  });
});

describe('the server as last seen', () => {
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

  it('T5: metadata and keys outlive a restart without network', async () => {
    const documents = new MemoryDocuments();
    expect((await known({}, documents).fetchKeys()).ok).toBe(true);
    const later = known({ metadata: offline, keys: offline }, documents);
    expect(later.keptKeys).toEqual({ keys: [key] });
    expect(await later.metadata()).toMatchObject({ ok: true, value: { issuer } });
  });

  it('T6: a page where the metadata should be is a captive portal: the address was checked before', async () => {
    expect(await known({ metadata: html(200) }).metadata()).toMatchObject({
      ok: false,
      failure: { code: 'captive_portal', facts: { host: 'auth.example' } },
    });
    expect(await known({ metadata: html(404) }).metadata()).toMatchObject({ failure: { code: 'metadata_not_found' } });
  });

  it('keys that cannot be fetched leave the kept ones', async () => {
    const documents = new MemoryDocuments();
    await known({}, documents).fetchKeys();
    for (const keys of [offline, html(200), json(200, { keys: [] }), json(500, {})]) {
      const later = known({ keys }, documents);
      expect((await later.fetchKeys()).ok).toBe(false);
      expect(later.keptKeys).toEqual({ keys: [key] });
    }
  });

  it.each([
    ['another issuer’s', JSON.stringify({ metadata: { ...metadata, issuer: 'https://other.example' } })],
    ['endpoints on http', JSON.stringify({ metadata: { ...metadata, token_endpoint: 'http://auth.example/token' } })],
    ['cut off', '{"metadata":{"issuer"'],
    ['null', 'null'],
    ['keys of wrong types', JSON.stringify({ metadata, keys: { keys: [{ kty: 5 }] } })],
  ])('S4: a kept copy that is %s counts as none', async (_name, text) => {
    const documents = new MemoryDocuments(new Map([['authorization-server.p1', text]]));
    const later = known({ metadata: offline }, documents);
    expect(later.keptKeys).toBeNull();
    expect((await later.keptMetadata()).ok).toBe(false);
  });

  it('a disk that is full costs the copy, nothing else', async () => {
    const documents = new MemoryDocuments();
    documents.writable = false;
    const server = known({}, documents);
    expect((await server.fetchKeys()).ok).toBe(true);
    expect(server.keptKeys).toEqual({ keys: [key] });
  });

  it('contact takes what is published now; what was withdrawn is kept for this server’s own token alone', async () => {
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
    ['with none that we could use', { keys: json(200, { keys: [{ kty: 'oct', k: 'secret' }] }) }],
    ['with another document', { keys: json(200, { status: 'ok' }) }],
    ['with a page', { keys: html(200) }],
    ['with a page that tells of an error', { keys: html(503) }],
    ['with a redirect', { keys: noAnswer('unexpected_redirect') }],
  ])('contact %s leaves the kept keys, the same object', async (_name, outcomes) => {
    const documents = new MemoryDocuments();
    await known({}, documents).fetchKeys();
    const later = known(outcomes, documents);
    const { keptKeys } = later;
    await later.contact();
    expect(later.keptKeys).toBe(keptKeys);
    expect(keptKeys).toEqual({ keys: [key] });
  });

  it('the same keys again change nothing and are not written again; no more than ten former ones are kept', async () => {
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

  it('keys that were never needed are not asked for', async () => {
    const server = known({});
    await server.contact();
    expect(server.keptKeys).toBeNull();
  });
});
