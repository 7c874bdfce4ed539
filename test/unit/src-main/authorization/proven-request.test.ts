import { decodeJwt, decodeProtectedHeader, calculateJwkThumbprint } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuthorizationContext } from '../../../../src-main/authorization/authorization-context.ts';
import { requestDeviceAuthorization } from '../../../../src-main/authorization/device-authorization.ts';
import { requestDeviceCodeGrant } from '../../../../src-main/authorization/device-code-grant.ts';
import { ProofKey } from '../../../../src-main/authorization/proof-key.ts';
import { requestRefreshTokenGrant } from '../../../../src-main/authorization/refresh-token-grant.ts';
import { ServerNonces } from '../../../../src-main/authorization/server-nonces.ts';
import { requestRevocation } from '../../../../src-main/authorization/token-revocation.ts';
import type { HttpOutcome, HttpRequest } from '../../../../src-main/ports/http.ts';
import { metadata, profile } from '../../../fakes/fake-authorization-server.ts';
import { answer, html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';

const tokens = { access_token: 'access', token_type: 'DPoP', refresh_token: 'refresh-2', expires_in: 600 };
const now = Date.parse('2031-05-06T07:08:09Z');
const asksFor = (nonce: string) => json(400, { error: 'use_dpop_nonce' }, { 'dpop-nonce': nonce });
const challengesFor = (nonce: string) =>
  json(401, {}, { 'dpop-nonce': nonce, 'www-authenticate': 'DPoP error="use_dpop_nonce"' });

let key: ProofKey;
let nonces: ServerNonces;
beforeEach(async () => {
  key = await ProofKey.create();
  nonces = new ServerNonces();
});

function contextOf(answers: readonly HttpOutcome[], changes: Partial<AuthorizationContext> = {}) {
  const http = new ScriptedHttp((_request, nth) => {
    const outcome = answers[nth];
    if (!outcome) throw new Error(`Request ${nth + 1} was not expected`);
    return outcome;
  });
  const proof = { key, nonces, now: () => now };
  const context: AuthorizationContext = {
    http,
    metadata,
    clientId: profile.clientId,
    proof,
    ...changes,
  };
  return { http, context };
}
const proofsOf = (http: ScriptedHttp) => http.requests.map(({ headers }) => headers?.['dpop'] ?? '');
const refresh = (context: AuthorizationContext) => requestRefreshTokenGrant(context, 'refresh-1', profile.resource);
const poll = (context: AuthorizationContext) => requestDeviceCodeGrant(context, 'device-code', profile.resource);

describe('a token request with a proof', () => {
  it('has the proof in its header, dated by trusted time and signed with the key of the tokens', async () => {
    const { http, context } = contextOf([json(200, tokens)]);
    expect(await refresh(context)).toEqual({
      ok: true,
      tokens: { accessToken: 'access', refreshToken: 'refresh-2', bound: true, proofKey: key },
    });
    const [proof = ''] = proofsOf(http);
    const { jwk } = decodeProtectedHeader(proof);
    expect(jwk && (await calculateJwkThumbprint(jwk))).toBe(key.thumbprint);
    expect(decodeJwt(proof)).toMatchObject({ htm: 'POST', htu: metadata.token_endpoint, iat: now / 1000 });
    expect(decodeJwt(proof)).not.toHaveProperty('nonce');
  });

  it('reports bearer tokens as not bound', async () => {
    const { context } = contextOf([json(200, { ...tokens, token_type: 'Bearer' })]);
    expect(await poll(context)).toEqual({
      answer: 'tokens',
      tokens: { accessToken: 'access', refreshToken: 'refresh-2', proofKey: key },
    });
  });

  it('sends no proof without a key, nor when it asks for a code', async () => {
    const plain = contextOf([json(200, { ...tokens, token_type: 'Bearer' })]);
    const { proof: _none, ...context } = plain.context;
    await refresh(context);
    expect(plain.http.requests[0]?.headers).not.toHaveProperty('dpop');
    const asking = contextOf([html(503)]);
    await requestDeviceAuthorization(asking.context, { scope: profile.scope, resource: profile.resource });
    expect(asking.http.requests[0]?.headers).not.toHaveProperty('dpop');
  });
});

describe('a nonce that the server asks for (RFC 9449 §8)', () => {
  const requests: [string, (context: AuthorizationContext) => Promise<unknown>, HttpOutcome, unknown][] = [
    ['a poll', poll, json(200, tokens), { answer: 'tokens' }],
    ['a poll', poll, json(400, { error: 'authorization_pending' }), { answer: 'authorization_pending' }],
    ['a refresh', refresh, json(200, tokens), { ok: true }],
    ['a revocation', (context) => requestRevocation(context, 'refresh-1'), answer(200, ''), { ok: true }],
  ];
  it.each(
    requests.flatMap(([what, send, last, said]) => [
      { what: `${what}, asked by 400`, send, asked: asksFor('n-1'), last, said },
      { what: `${what}, asked by a challenge with 401`, send, asked: challengesFor('n-1'), last, said },
    ]),
  )('$what: the same request is sent once more at once, with another proof', async ({ send, asked, last, said }) => {
    const { http, context } = contextOf([asked, last]);
    expect(await send(context)).toMatchObject(said as object);
    expect(http.requests).toHaveLength(2);
    expect(http.requests[1]?.url).toBe(http.requests[0]?.url);
    expect(http.requests[1]?.body).toBe(http.requests[0]?.body);
    const [first, second] = proofsOf(http).map((proof) => decodeJwt(proof));
    expect([first?.['nonce'], second?.['nonce']]).toEqual([undefined, 'n-1']);
    expect(second?.jti).not.toBe(first?.jti);
  });

  it('is used from then on, until a later response brings a new one', async () => {
    const { http, context } = contextOf([
      asksFor('n-1'),
      json(400, { error: 'authorization_pending' }),
      json(400, { error: 'authorization_pending' }, { 'dpop-nonce': 'n-2' }),
      json(200, tokens, { 'dpop-nonce': 'n-3' }),
      json(200, tokens),
    ]);
    for (let times = 0; times < 3; times += 1) await poll(context);
    await refresh(context);
    expect(proofsOf(http).map((proof) => decodeJwt(proof)['nonce'])).toEqual([undefined, 'n-1', 'n-1', 'n-2', 'n-3']);
  });

  it('is not sent to another host', async () => {
    const revocation_endpoint = 'https://other.example/revocation';
    const { http, context } = contextOf([asksFor('n-1'), json(200, tokens), answer(200, '')], {
      metadata: { ...metadata, revocation_endpoint },
    });
    await refresh(context);
    await requestRevocation(context, 'refresh-2');
    expect(decodeJwt(proofsOf(http)[2] ?? '')).not.toHaveProperty('nonce');
  });

  it.each([
    ['by 400', asksFor],
    ['by a challenge', challengesFor],
  ])('is not sent a third time if the server asks again %s: the code is use_dpop_nonce', async (_name, ask) => {
    const refreshing = contextOf([ask('n-1'), ask('n-2')]);
    expect(await refresh(refreshing.context)).toMatchObject({
      ok: false,
      fault: { failure: { code: 'use_dpop_nonce' }, transient: false, maybeDelivered: false },
    });
    const polling = contextOf([ask('n-3'), ask('n-4')]);
    expect(await poll(polling.context)).toMatchObject({
      answer: 'refused',
      fault: { failure: { code: 'use_dpop_nonce' } },
    });
  });

  it.each<[string, HttpOutcome]>([
    ['absent', json(400, { error: 'use_dpop_nonce' })],
    ['empty', asksFor('')],
    ['of characters that are not allowed', asksFor('two words')],
    ['far too long', asksFor('n'.repeat(1_001))],
    [
      'in a response with a status that does not ask for it',
      json(403, { error: 'use_dpop_nonce' }, { 'dpop-nonce': 'n-1' }),
    ],
  ])('that is %s ends the request with use_dpop_nonce, and nothing is sent again', async (_name, asked) => {
    const { http, context } = contextOf([asked]);
    expect(await refresh(context)).toMatchObject({ fault: { failure: { code: 'use_dpop_nonce' } } });
    expect(http.requests).toHaveLength(1);
  });

  it('ends the request with use_dpop_nonce if no proof was sent, and nothing is sent again', async () => {
    const { http, context } = contextOf([asksFor('n-1')]);
    const { proof: _none, ...plain } = context;
    expect(await refresh(plain)).toMatchObject({ fault: { failure: { code: 'use_dpop_nonce' } } });
    expect(http.requests).toHaveLength(1);
  });
});

describe('P6: a proof that is refused while the clock is wrong', () => {
  const refused = json(400, { error: 'invalid_dpop_proof' });
  function contextWhoseClock(movesMs: number, answers: readonly HttpOutcome[]) {
    const { http, context } = contextOf(answers);
    let at = now;
    const hearing = {
      send: async (request: HttpRequest) => {
        const outcome = await http.send(request);
        at = now + movesMs;
        return outcome;
      },
    };
    return { http, context: { ...context, http: hearing, proof: { key, nonces, now: () => at } } };
  }

  it.each([-86_400_000, 86_400_000])('is made once more with the time of the response, %d ms off', async (movesMs) => {
    const { http, context } = contextWhoseClock(movesMs, [refused, json(200, tokens)]);
    expect(await refresh(context)).toMatchObject({ ok: true });
    expect(proofsOf(http).map((proof) => decodeJwt(proof).iat)).toEqual([now / 1000, (now + movesMs) / 1000]);
  });

  it.each([
    ['a clock that was right', 0, [refused]],
    ['one request that took long', 30_000, [refused]],
    ['a server that refuses the second one too', 86_400_000, [refused, refused]],
    ['another refusal', 86_400_000, [json(400, { error: 'invalid_grant' })]],
  ] as const)('is not made again after %s', async (_name, movesMs, answers) => {
    const { http, context } = contextWhoseClock(movesMs, answers);
    expect(await refresh(context)).toMatchObject({ ok: false });
    expect(http.requests).toHaveLength(answers.length);
  });
});

describe('any other response ends the refresh after one request, because a refresh token works once', () => {
  const nonce = { 'dpop-nonce': 'n-1' };
  it.each<[string, HttpOutcome, string]>([
    [
      'a refused proof',
      json(400, { error: 'invalid_dpop_proof', error_description: 'bad iat' }, nonce),
      'invalid_dpop_proof',
    ],
    ['invalid_grant', json(400, { error: 'invalid_grant' }, nonce), 'invalid_grant'],
    ['429', json(429, { error: 'use_dpop_nonce' }, nonce), 'use_dpop_nonce'],
    ['503', html(503, nonce), 'server_error'],
    ['a page', html(200, nonce), 'captive_portal'],
    ['silence', noAnswer('request_timeout'), 'request_timeout'],
    [
      'half an answer',
      answer(200, '{"access_token":"a', { 'content-type': 'application/json', ...nonce }),
      'response_invalid',
    ],
  ])('%s', async (_name, outcome, code) => {
    const { http, context } = contextOf([outcome]);
    expect(await refresh(context)).toMatchObject({ ok: false, fault: { failure: { code } } });
    expect(http.requests).toHaveLength(1);
  });
});
