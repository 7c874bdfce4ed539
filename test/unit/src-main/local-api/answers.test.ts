import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod/mini';
import type { RenewalStatus } from '../../../../src-shared/license/license-status.ts';
import { fail, failure, succeed } from '../../../../src-shared/result.ts';
import { openApiDocument } from '../../../../src-main/local-api/openapi-document.ts';
import { endpoints } from '../../../../src-main/local-api/wire/endpoints.ts';
import { problemCodes, problemSchema, problemStatuses } from '../../../../src-main/local-api/wire/problem.ts';
import { acceptedPeer, servedStanding } from '../../../fakes/served-license.ts';
import { LocalApiAtWork, type Received, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';

interface Json {
  readonly [name: string]: Json;
}

let api: LocalApiAtWork;
let secret: string;
beforeAll(async () => {
  api = await LocalApiAtWork.start({ tcp: true });
  secret = api.secret(['read', 'token', 'verify']);
});
afterAll(() => api.close());

const get = (path: string) => sendRaw(api.socket, requestText(`GET ${path}`, { secret }));
const post = (path: string, body: unknown) =>
  sendRaw(api.socket, requestText(`POST ${path}`, { secret, body: JSON.stringify(body) }));

/** The answer as its schema parses it, which must equal the answer itself. */
function wholeAnswer(received: Received, schema: z.ZodMiniType): Json {
  expect(received.text).toMatch(/^HTTP\/1\.1 200 /);
  expect(received.text.toLowerCase()).toContain('\r\ncontent-type: application/json\r\n');
  expect(received.text.toLowerCase()).toContain('\r\ncache-control: no-store\r\n');
  expect(received.text.toLowerCase()).not.toContain('access-control-');
  expect(schema.parse(received.json)).toEqual(received.json);
  return received.json as Json;
}

describe('answers of the local API', () => {
  it('/v1/health and /v1/openapi.json need no secret', async () => {
    const health = await sendRaw(api.socket, requestText('GET /v1/health'));
    expect(wholeAnswer(health, endpoints.health.answer)).toEqual({ status: 'ok', version: '1.2.3' });
    const described = await sendRaw(api.socket, requestText('GET /v1/openapi.json', { host: 'license-console' }));
    expect(described.json).toEqual(JSON.parse(JSON.stringify(openApiDocument('1.2.3'))));
  });

  it('loopback TCP accepts each of the three names of this computer', async () => {
    for (const name of ['127.0.0.1', '[::1]', 'localhost']) {
      const health = await sendRaw(api.tcp, requestText('GET /v1/health', { host: `${name}:${api.port}` }));
      expect([name, health.status]).toEqual([name, 200]);
    }
  });

  it('/v1/license contains the license, the state of the clock and the time of the judgement', async () => {
    const answer = wholeAnswer(await get('/v1/license'), endpoints.license.answer);
    expect(answer).toMatchObject({
      server_name: 'Store 14',
      profile_edition: 'store',
      status: 'licensed',
      renewal: { date: '2027-01-22', time_zone: 'Europe/Berlin', ends_at: '2027-01-23T12:00:00.000Z' },
      token: { state: 'fine', expires_at: '2026-11-26T12:00:00.000Z' },
      clock: { state: 'right' },
      judged_at: '2026-11-24T12:00:00.000Z',
      server_id: 'srv-14',
      hub: { server_id: 'srv-1', name: 'Head office', url: 'https://hub.example' },
    });
  });

  it('/v1/license says whether the license can be refreshed', async () => {
    expect((await get('/v1/license')).json).toMatchObject({ refresh: { can_refresh: true } });
    api.served.shown = { ...servedStanding, refresh: { refreshing: false, withoutRefreshToken: true } };
    const answer = wholeAnswer(await get('/v1/license'), endpoints.license.answer);
    api.served.shown = servedStanding;
    expect(answer).toMatchObject({ refresh: { can_refresh: false } });
  });

  it('/v1/license reports a missing license, a wrong clock and failures, in the words of the console', async () => {
    api.served.shown = {
      ...servedStanding,
      license: null,
      refresh: { refreshing: false, lastFailure: failure('invalid_grant'), lastFailureAt: 0 },
      keychain: failure('secret_store_locked'),
      clock: { state: 'wrong', localAt: Date.UTC(2020, 0, 1), trustedAt: servedStanding.judgedAt },
    };
    const answer = wholeAnswer(await get('/v1/license'), endpoints.license.answer);
    api.served.shown = servedStanding;
    expect(answer).toMatchObject({
      status: 'not_licensed',
      clock: { state: 'wrong', local_at: '2020-01-01T00:00:00.000Z' },
      refresh: { last_failure: { code: 'invalid_grant' } },
      keychain: { code: 'secret_store_locked' },
    });
    expect(answer['keychain']?.['title']).toMatch(/keychain/i);
    expect(answer['token']).toBeUndefined();
  });

  it('/v1/license reports a clock in doubt as in_doubt, not as right', async () => {
    const doubt = { localAt: Date.UTC(2020, 0, 1), trustedAt: servedStanding.judgedAt };
    api.served.shown = { ...servedStanding, clock: { state: 'right', doubt } };
    const answer = wholeAnswer(await get('/v1/license'), endpoints.license.answer);
    api.served.shown = servedStanding;
    const trusted_at = new Date(servedStanding.judgedAt).toISOString();
    expect(answer['clock']).toEqual({ state: 'in_doubt', local_at: '2020-01-01T00:00:00.000Z', trusted_at });
  });

  it('/v1/token contains the token, or the problem that explains why there is none', async () => {
    expect(wholeAnswer(await get('/v1/token'), endpoints.token.answer)).toEqual({
      access_token: 'access-token',
      token_type: 'Bearer',
      expires_at: '2026-11-26T12:00:00.000Z',
      server_id: 'srv-14',
    });
    const { current } = api.served;
    for (const code of endpoints.token.problems) {
      api.served.current = fail(code);
      const refused = await get('/v1/token');
      expect(problemSchema.parse(refused.json)).toEqual(refused.json);
      expect([refused.status, refused.code]).toEqual([problemStatuses[code], code]);
    }
    api.served.current = current;
  });

  it('/v1/proof contains a proof for a bound token, and refuses a bearer token and a malformed request', async () => {
    const asked = { method: 'POST', url: 'https://hub.example/api?x=1', nonce: 'n' };
    expect((await post('/v1/proof', asked)).code).toBe('token_not_bound');
    api.served.proof = succeed('a.b.c');
    expect(wholeAnswer(await post('/v1/proof', asked), endpoints.proof.answer)).toEqual({ proof: 'a.b.c' });
    for (const body of [{ ...asked, method: 'get' }, { ...asked, url: 'file:///etc' }, { ...asked, more: 1 }, {}])
      expect((await post('/v1/proof', body)).code).toBe('malformed_body');
  });

  it('/v1/verify answers for an accepted peer and for a refused one', async () => {
    const answer = wholeAnswer(await post('/v1/verify', { token: 'a.b.c' }), endpoints.verify.answer);
    expect(answer).toMatchObject({
      accepted: true,
      relation: 'our_peer',
      peer: { server_id: 'reg-3', device_type: 'register', license: { status: 'licensed' } },
      warnings: [],
      expires_at: '2026-11-25T12:00:00.000Z',
    });
    const proof = { proof: 'p.q.r', method: 'GET', url: 'https://srv/x' };
    api.served.verify = () => ({
      accepted: false,
      reason: 'other_organization',
      authentic: true,
      peer: { serverId: 'reg-9', tokenExpiresAt: 1e300 },
      judgedAt: servedStanding.judgedAt,
    });
    const refused = wholeAnswer(await post('/v1/verify', { token: 'a.b.c', proof }), endpoints.verify.answer);
    expect(refused).toMatchObject({ accepted: false, reason: 'other_organization', peer: { server_id: 'reg-9' } });
    expect(refused['detail']).toMatch(/organization/);
    expect(api.served.presented.at(-1)).toEqual({ token: 'a.b.c', proof });
    expect(api.served.askedBy.at(-1)).toBe('store-14 read token verify');
    api.served.verify = () => acceptedPeer;
  });

  it('/v1/verify contains the current details of a peer after each change', async () => {
    for (const state of ['licensed', 'requires_renewal', 'licensed'] as const) {
      const renewal: RenewalStatus = state === 'licensed' ? { state } : { state, warnsAt: 1_000, endsAt: 2_000 };
      api.served.verify = () => ({ ...acceptedPeer, peer: { ...acceptedPeer.peer, renewal } });
      expect((await post('/v1/verify', { token: 'a.b.c' })).json).toMatchObject({
        peer: { license: { status: state } },
      });
    }
    api.served.verify = () => acceptedPeer;
  });

  it('/v1/jwks contains the public keys, or a problem if there are none', async () => {
    expect(wholeAnswer(await get('/v1/jwks'), endpoints.jwks.answer)).toEqual(api.served.keys);
    api.served.keys = null;
    expect((await get('/v1/jwks')).code).toBe('signing_keys_unavailable');
  });

  it('an unexpected error is answered with status 500 and without the text of the error', async () => {
    api.served.verify = () => {
      throw new Error('a.b.c');
    };
    const answer = await post('/v1/verify', { token: 'a.b.c' });
    api.served.verify = () => acceptedPeer;
    expect([answer.status, answer.code]).toEqual([500, 'internal_error']);
    expect(answer.text).not.toContain('a.b.c');
    expect(api.faults).toHaveLength(1);
  });

  it('one connection can carry many requests, and a body may come in chunks', async () => {
    const one = requestText('POST /v1/verify', {
      secret,
      headers: { connection: 'keep-alive', 'transfer-encoding': 'chunked', 'content-type': 'application/json' },
    });
    const chunked = `${one}8\r\n{"token"\r\n7\r\n:"a.b"}\r\n0\r\n\r\n`;
    const last = requestText('GET /v1/license', { secret });
    const { text } = await sendRaw(api.socket, chunked.repeat(5) + last);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(6);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument('1.2.3') as Json;

  it('has every endpoint with its method, its permission and every problem that it can answer', () => {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const operation = document['paths']?.[endpoint.path]?.[endpoint.method.toLowerCase()];
      expect(operation?.['operationId']).toBe(name);
      for (const code of endpoint.problems)
        expect(operation?.['responses']?.[problemStatuses[code]]?.['description']).toContain(code);
    }
    expect(document['paths']?.['/v1/license']?.['get']?.['x-permission']).toBe('read');
    expect(document['paths']).toMatchObject({
      '/v1/verify': { post: { requestBody: { content: { 'application/json': { schema: { required: ['token'] } } } } } },
    });
  });

  it('contains the target of each of its references', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(10);
    for (const path of references) {
      const target = path.split('/').reduce<Json | undefined>((at, name) => at?.[name], document);
      expect([path, typeof target]).toEqual([path, 'object']);
    }
  });

  it('contains the code of every problem', () => {
    for (const code of problemCodes) expect(JSON.stringify(document)).toContain(code);
  });
});
