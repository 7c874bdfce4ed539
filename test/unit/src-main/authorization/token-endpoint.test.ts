import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes, hasTrait, remedyOf } from '../../../../src-shared/failure-codes.ts';
import type { AuthorizationContext } from '../../../../src-main/authorization/authorization-context.ts';
import { requestDeviceAuthorization } from '../../../../src-main/authorization/device-authorization.ts';
import { requestDeviceCodeGrant } from '../../../../src-main/authorization/device-code-grant.ts';
import { requestRefreshTokenGrant } from '../../../../src-main/authorization/refresh-token-grant.ts';
import { requestRevocation } from '../../../../src-main/authorization/token-revocation.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { metadata, profile } from '../../../fakes/fake-authorization-server.ts';
import { answer, html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';
import { said, tries } from '../../../fakes/tries.ts';

const tokens = { access_token: 'access', token_type: 'Bearer', refresh_token: 'refresh', expires_in: 600 };

function contextOf(outcome: HttpOutcome) {
  const http = new ScriptedHttp(() => outcome);
  const context: AuthorizationContext = { http, metadata, clientId: profile.clientId };
  return { http, context };
}
const poll = (outcome: HttpOutcome) =>
  requestDeviceCodeGrant(contextOf(outcome).context, 'device-code', profile.resource);
const refresh = (outcome: HttpOutcome) =>
  requestRefreshTokenGrant(contextOf(outcome).context, 'refresh-1', profile.resource);

describe('a single poll (RFC 8628 §3.4)', () => {
  it('sends the grant, the code, the client and the resource, once', async () => {
    const { http, context } = contextOf(json(200, tokens));
    expect(await requestDeviceCodeGrant(context, 'device-code', profile.resource)).toEqual({
      answer: 'tokens',
      tokens: { accessToken: 'access', refreshToken: 'refresh' },
    });
    expect(http.requests).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(http.requests[0]?.body))).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'device-code',
      client_id: 'fusion-license-console',
      resource: 'urn:fusion-pos:license',
    });
  });

  it('sends no resource if none is set, and neither does a refresh', async () => {
    const polled = contextOf(json(200, tokens));
    await requestDeviceCodeGrant(polled.context, 'device-code', undefined);
    const refreshed = contextOf(json(200, tokens));
    await requestRefreshTokenGrant(refreshed.context, 'refresh-1', undefined);
    for (const { http } of [polled, refreshed])
      expect(new URLSearchParams(http.requests[0]?.body).has('resource')).toBe(false);
  });

  it('answers invalid_target with resource_missing if no resource was sent, and with invalid_target otherwise', async () => {
    const refused = json(400, { error: 'invalid_target', error_description: 'no' });
    for (const [resource, code] of [
      ['urn:r', 'invalid_target'],
      [undefined, 'resource_missing'],
    ] as const) {
      const failure = { code, remedy: remedyOf(code), detail: 'no' };
      const { context } = contextOf(refused);
      const fault = { error: 'invalid_target', failure };
      expect(await requestDeviceAuthorization(context, { scope: 'license', resource })).toMatchObject({ fault });
      expect(await requestDeviceCodeGrant(contextOf(refused).context, 'code', resource)).toMatchObject({
        answer: 'refused',
        fault,
      });
      expect(await requestRefreshTokenGrant(contextOf(refused).context, 'refresh-1', resource)).toMatchObject({
        fault,
      });
      expect(hasTrait(failure.code, 'decision')).toBe(true);
    }
  });

  it('accepts a response without a refresh token', async () => {
    const { refresh_token: _none, ...rest } = tokens;
    expect(await poll(json(200, rest))).toEqual({ answer: 'tokens', tokens: { accessToken: 'access' } });
  });

  it.each<[string, HttpOutcome, string, string?]>([
    ['authorization_pending', json(400, { error: 'authorization_pending' }), 'authorization_pending'],
    ['slow_down', json(400, { error: 'slow_down' }), 'slow_down'],
    ['access_denied', json(400, { error: 'access_denied' }), 'refused', 'access_denied'],
    ['authorization_declined', json(400, { error: 'authorization_declined' }), 'refused', 'access_denied'],
    ['expired_token', json(400, { error: 'expired_token' }), 'refused', 'expired_token'],
    ['invalid_grant', json(400, { error: 'invalid_grant' }), 'refused', 'invalid_grant'],
    ['invalid_client', json(401, { error: 'invalid_client' }), 'refused', 'invalid_client'],
    ['unauthorized_client', json(400, { error: 'unauthorized_client' }), 'refused', 'unauthorized_client'],
    ['unsupported_grant_type', json(400, { error: 'unsupported_grant_type' }), 'refused', 'authorization_refused'],
    ['an unknown error', json(400, { error: 'quota_exceeded' }), 'refused', 'authorization_refused'],
    [
      'an error named like a part of every object',
      json(400, { error: 'constructor' }),
      'refused',
      'authorization_refused',
    ],
    ['another', json(400, { error: 'toString' }), 'refused', 'authorization_refused'],
    ['and another', json(400, { error: '__proto__' }), 'refused', 'authorization_refused'],
    ['an answer without tokens', json(200, {}), 'trouble', 'response_invalid'],
    ['tokens of an unknown type', json(200, { ...tokens, token_type: 'N_A' }), 'refused', 'response_invalid'],
    ['an access token that is an object', json(200, { ...tokens, access_token: {} }), 'refused', 'response_invalid'],
    [
      'half an answer',
      answer(200, '{"access_token":"a', { 'content-type': 'application/json' }),
      'trouble',
      'response_invalid',
    ],
    ['a redirect', noAnswer('unexpected_redirect'), 'refused', 'unexpected_redirect'],
    ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' }), 'trouble', 'server_error'],
    ['server_error', json(400, { error: 'server_error' }), 'trouble', 'server_error'],
    ['429', json(429, { error: 'too_many' }), 'trouble', 'too_many_requests'],
    ['429, a page', html(429), 'trouble', 'too_many_requests'],
    ['500', json(500, {}), 'trouble', 'server_error'],
    ['500 with an OAuth error', json(500, { error: 'invalid_grant' }), 'refused', 'invalid_grant'],
    ['500 with an error of its own', json(500, { error: 'Internal Server Error' }), 'trouble', 'server_error'],
    ['200 with authorization_pending', json(200, { error: 'authorization_pending' }), 'authorization_pending'],
    ['200 with slow_down', json(200, { error: 'slow_down' }), 'slow_down'],
    ['200 with access_denied', json(200, { error: 'access_denied' }), 'refused', 'access_denied'],
    ['429 with slow_down', json(429, { error: 'slow_down' }), 'slow_down'],
    ['503 with authorization_pending', json(503, { error: 'authorization_pending' }), 'authorization_pending'],
    ['600 with authorization_pending', json(600, { error: 'authorization_pending' }), 'authorization_pending'],
    ['600', json(600, {}), 'trouble', 'server_error'],
    ['999, a page', html(999), 'trouble', 'server_error'],
    [
      'an OAuth error with the content type of a page',
      answer(400, '{"error":"authorization_pending"}', { 'content-type': 'text/html' }),
      'authorization_pending',
    ],
    [
      '401 with a challenge and invalid_client',
      json(401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic realm="oauth"' }),
      'refused',
      'invalid_client',
    ],
    [
      '401 with a challenge and invalid_grant',
      json(401, { error: 'invalid_grant' }, { 'www-authenticate': 'Bearer error="invalid_token"' }),
      'refused',
      'invalid_grant',
    ],
    [
      '401 with a challenge alone',
      json(401, {}, { 'www-authenticate': 'Basic realm="x"' }),
      'trouble',
      'response_invalid',
    ],
    ['408', html(408), 'trouble', 'request_timeout'],
    ['408 with authorization_pending', json(408, { error: 'authorization_pending' }), 'authorization_pending'],
    ['403 of a gateway', json(403, { message: 'Forbidden' }), 'trouble', 'response_invalid'],
    ['403 of a gateway, with an error', json(403, { error: 'Forbidden' }), 'trouble', 'response_invalid'],
    ['403 with an OAuth error', json(403, { error: 'access_denied' }), 'refused', 'access_denied'],
    ['403 with an unknown OAuth error', json(403, { error: 'device_blocked' }), 'refused', 'authorization_refused'],
    ['404 of a gateway', json(404, { error: 'not_found' }), 'trouble', 'response_invalid'],
    ['502, a page', html(502), 'trouble', 'server_error'],
    ['a page with 200 (T6: captive portal)', html(200), 'trouble', 'captive_portal'],
    ['511 (T6: captive portal)', html(511), 'trouble', 'captive_portal'],
    ['a redirect to another host (T6: captive portal)', noAnswer('captive_portal'), 'trouble', 'captive_portal'],
    ['407', html(407), 'trouble', 'proxy_refused'],
    ['a proxy that refuses', noAnswer('proxy_refused', false), 'trouble', 'proxy_refused'],
    ['a page with 403 (T6: filtered network)', html(403), 'trouble', 'unexpected_content'],
    ['a dropped connection', noAnswer('network_unreachable'), 'trouble', 'network_unreachable'],
    ['silence', noAnswer('request_timeout'), 'trouble', 'request_timeout'],
    ['a body without end', noAnswer('response_too_large'), 'trouble', 'response_too_large'],
    ['a TLS-inspecting proxy (T6)', noAnswer('certificate_untrusted', false), 'trouble', 'certificate_untrusted'],
    [
      'a certificate that has expired',
      noAnswer('certificate_date_invalid', false),
      'trouble',
      'certificate_date_invalid',
    ],
    [
      'a certificate that looks expired because of a wrong clock',
      noAnswer('clock_wrong', false),
      'trouble',
      'clock_wrong',
    ],
    ['another bad certificate', noAnswer('certificate_invalid', false), 'trouble', 'certificate_invalid'],
  ])('%s', async (_name, outcome, said_, code) => {
    const polled = await poll(outcome);
    expect(polled.answer).toBe(said_);
    if (code) expect('fault' in polled ? polled.fault.failure.code : '').toBe(code);
  });

  it.each([
    ['a number', 10, 10],
    ['text', '10', 10],
    ['words', 'soon', undefined],
    ['absent', undefined, undefined],
  ])('reads slow_down with an interval that is %s', async (_name, interval, seconds) => {
    const polled = await poll(json(400, { error: 'slow_down', interval }));
    expect(polled).toEqual({ answer: 'slow_down', ...(seconds ? { intervalSeconds: seconds } : {}) });
  });

  it.each([
    ['120', 120],
    [' 120 ', 120],
    ['0', 0],
    ['-5', undefined],
    ['soon', undefined],
    ['1e9', undefined],
    ['99999999999', 86_400],
  ])('reads Retry-After: %s', async (header, seconds) => {
    for (const outcome of [
      html(503, { 'retry-after': header }),
      json(429, { error: 'x' }, { 'retry-after': header }),
    ]) {
      const polled = await poll(outcome);
      const fact = polled.answer === 'trouble' ? polled.fault.failure.facts?.['retry_after'] : 'no trouble';
      expect(fact).toBe(seconds === undefined ? undefined : String(seconds));
    }
  });

  it('keeps the reason that the server gives, bounded and without control characters', async () => {
    const polled = await poll(
      json(400, {
        error: 'access_denied',
        error_description: ` All 2\u202e licenses\u0000\n\u2029 are in use. ${'x'.repeat(500)}`,
      }),
    );
    const detail = polled.answer === 'refused' ? polled.fault.failure.detail : undefined;
    expect(detail).toMatch(/^All 2 licenses {1,2}are in use\. x+…$/);
    expect(detail).toHaveLength(300);
  });

  it(`gives one of five outcomes with a known code and never crashes: ${said(1_000)} responses of any kind`, async () => {
    const answers = fc.record({
      status: fc.oneof(fc.constantFrom(200, 400, 401, 429, 500), fc.integer({ min: 200, max: 999 })),
      body: fc.oneof(
        fc.json(),
        fc.string({ unit: 'binary' }),
        fc
          .record({
            error: fc.oneof(fc.string(), fc.constantFrom('slow_down', 'constructor', 'hasOwnProperty'), fc.jsonValue()),
            error_description: fc.jsonValue(),
            interval: fc.jsonValue(),
          })
          .map((body) => JSON.stringify(body)),
        fc
          .dictionary(fc.constantFrom(...Object.keys(tokens), 'id_token', 'scope'), fc.jsonValue())
          .map((changes) => JSON.stringify({ ...tokens, ...changes })),
      ),
      type: fc.constantFrom('application/json', 'text/html', '', 'application/json; charset=utf-8'),
    });
    await fc.assert(
      fc.asyncProperty(answers, async ({ status, body, type }) => {
        const polled = await poll(answer(status, body, { 'content-type': type }));
        expect(['tokens', 'authorization_pending', 'slow_down', 'trouble', 'refused']).toContain(polled.answer);
        if ('fault' in polled) expect(failureCodes).toContain(polled.fault.failure.code);
        expect(() => structuredClone(polled)).not.toThrow();
      }),
      { numRuns: tries(1_000) },
    );
  });
});

describe('a response with issued tokens', () => {
  const changed = (changes: Record<string, unknown>) => json(200, { ...tokens, ...changes });
  it.each<[string, HttpOutcome]>([
    ['no token_type', changed({ token_type: undefined })],
    ['token_type null', changed({ token_type: null })],
    ['token_type in capitals', changed({ token_type: 'BEARER' })],
    ['expires_in as text', changed({ expires_in: '600' })],
    ['expires_in as words', changed({ expires_in: 'soon' })],
    ['expires_in negative', changed({ expires_in: -1 })],
    ['scope as a list', changed({ scope: ['license'] })],
    ['an ID token that was not requested', changed({ id_token: 'a.b.c' })],
    ['an ID token that is a number', changed({ id_token: 5 })],
    ['error null', changed({ error: null })],
    ['error empty', changed({ error: '' })],
    ['every optional member null', changed({ scope: null, id_token: null, expires_in: null, error_description: null })],
    ['an unknown member', changed({ constructor: { prototype: 1 } })],
    ['201', json(201, tokens)],
    ['the content type of a page', answer(200, JSON.stringify(tokens), { 'content-type': 'text/html' })],
    ['no content type', answer(200, JSON.stringify(tokens))],
    ['a byte order mark', answer(200, `\uFEFF${JSON.stringify(tokens)}`)],
  ])('is accepted with %s', async (_name, outcome) => {
    const issued = { accessToken: 'access', refreshToken: 'refresh' };
    expect(await refresh(outcome)).toEqual({ ok: true, tokens: issued });
    expect(await poll(outcome)).toEqual({ answer: 'tokens', tokens: issued });
  });

  it.each<[string, HttpOutcome]>([
    ['no access token', changed({ access_token: undefined })],
    ['an access token that is null', changed({ access_token: null })],
    ['an access token that is an object', changed({ access_token: { a: 1 } })],
    ['an access token with a line end', changed({ access_token: 'a\nb' })],
    ['an access token that is too long', changed({ access_token: 'x'.repeat(131_073) })],
    ['an unknown token type', changed({ token_type: 'mac' })],
    ['a token type that is a number', changed({ token_type: 5 })],
  ])('is a fault that still gives the refresh token: %s', async (_name, outcome) => {
    const fault = { failure: { code: 'response_invalid', facts: { status: '200' } }, transient: false };
    expect(await refresh(outcome)).toMatchObject({ ok: false, refreshToken: 'refresh', fault });
    expect(await refresh(outcome)).toMatchObject({ fault: { maybeDelivered: false } });
    expect(await poll(outcome)).toMatchObject({ answer: 'refused', refreshToken: 'refresh', fault });
  });

  it.each([5, ['refresh'], { token: 'refresh' }, true, 'refr\u00e9sh', 'a\nb', 'x'.repeat(16_385)])(
    'is a final fault without a refresh token if the refresh token is %j',
    async (refresh_token) => {
      const refreshed = await refresh(changed({ refresh_token }));
      expect(refreshed).toMatchObject({ ok: false, fault: { transient: false, maybeDelivered: true } });
      expect(refreshed).not.toHaveProperty('refreshToken');
    },
  );

  it.each(['x', ' ', '~', 'x'.repeat(16_384)])(
    'is accepted with a refresh token of any legal length, %#',
    async (refresh_token) => {
      expect(await refresh(changed({ refresh_token }))).toMatchObject({
        ok: true,
        tokens: { refreshToken: refresh_token },
      });
    },
  );

  it('is accepted with an access token of the greatest length', async () => {
    const access_token = 'x'.repeat(131_072);
    expect(await refresh(changed({ access_token }))).toMatchObject({ ok: true, tokens: { accessToken: access_token } });
  });

  it.each([{ error: 'invalid_grant' }, { error: 5 }, { error: { code: 5 } }, { error: false }])(
    'is an error if it contains %j next to the tokens',
    async (changes) => {
      const refreshed = await refresh(changed(changes));
      expect(refreshed).toMatchObject({ ok: false });
      expect(refreshed).not.toHaveProperty('refreshToken');
    },
  );
});

describe('whether the server may have acted on a request that failed (eight mistakes, no. 2)', () => {
  it.each<[string, HttpOutcome, boolean]>([
    ['never sent', noAnswer('network_unreachable', false), false],
    ['dropped', noAnswer('network_unreachable', true), true],
    ['silence', noAnswer('request_timeout', true), true],
    ['a page with 200', html(200), true],
    ['5xx', html(502), true],
    ['a page with 403', html(403), false],
    ['an OAuth error', json(400, { error: 'invalid_grant' }), false],
    ['half of the tokens', answer(200, '{"access_token":"a', { 'content-type': 'application/json' }), true],
  ])('%s: %s', async (_name, outcome, maybe) => {
    const refreshed = await refresh(outcome);
    expect(refreshed.ok ? 'refreshed' : refreshed.fault.maybeDelivered).toBe(maybe);
  });
});

describe('a single refresh (RFC 6749 §6)', () => {
  it('sends the refresh token, the client and the resource, once', async () => {
    const { http, context } = contextOf(json(200, { ...tokens, refresh_token: 'refresh-2' }));
    expect(await requestRefreshTokenGrant(context, 'refresh-1', profile.resource)).toEqual({
      ok: true,
      tokens: { accessToken: 'access', refreshToken: 'refresh-2' },
    });
    expect(http.requests).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(http.requests[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      client_id: 'fusion-license-console',
      resource: 'urn:fusion-pos:license',
    });
  });

  it.each<[HttpOutcome, string, boolean]>([
    [json(400, { error: 'invalid_grant' }), 'invalid_grant', false],
    [json(400, { error: 'invalid_client' }), 'invalid_client', false],
    [html(200), 'captive_portal', true],
    [html(503), 'server_error', true],
    [noAnswer('request_timeout'), 'request_timeout', true],
    [noAnswer('unexpected_redirect'), 'unexpected_redirect', false],
  ])('is sent only once, and its failure is named: %#', async (outcome, code, transient) => {
    const { http, context } = contextOf(outcome);
    const refreshed = await requestRefreshTokenGrant(context, 'refresh-1', profile.resource);
    expect(http.requests).toHaveLength(1);
    expect(refreshed).toMatchObject({ ok: false, fault: { failure: { code }, transient } });
  });
});

describe('a revocation (RFC 7009)', () => {
  const revoke = async (outcome: HttpOutcome, changes: Partial<AuthorizationContext> = {}) => {
    const { http, context } = contextOf(outcome);
    const revoked = await requestRevocation({ ...context, ...changes }, 'refresh-1');
    if (revoked.ok) return { http, said: 'revoked' };
    const { code, facts, detail } = revoked.failure;
    return {
      http,
      said: [code, facts?.['cause'] ?? facts?.['error'] ?? facts?.['status'], detail].filter(Boolean).join(': '),
    };
  };

  it('sends the token, its hint and the client', async () => {
    const { http, said: result } = await revoke(answer(200, ''));
    expect(result).toBe('revoked');
    expect(Object.fromEntries(new URLSearchParams(http.requests[0]?.body))).toEqual({
      token: 'refresh-1',
      token_type_hint: 'refresh_token',
      client_id: 'fusion-license-console',
    });
  });

  it.each<[HttpOutcome, string]>([
    [json(200, {}), 'revoked'],
    [answer(200, ''), 'revoked'],
    [answer(200, 'OK'), 'revoked'],
    [answer(204, ''), 'revoked'],
    [json(200, { error: '' }), 'revoked'],
    [json(200, { error: null }), 'revoked'],
    // Already revoked, as servers report it that do not follow RFC 7009 §2.2.
    [json(400, { error: 'invalid_token' }), 'revoked'],
    [json(401, { error: 'invalid_token' }), 'revoked'],
    [json(404, { error: 'invalid_token' }), 'revoked'],
    [json(400, { error: 'invalid_grant' }), 'revoked'],
    [json(200, { error: 'invalid_grant' }), 'revoked'],
    // Refused.
    [json(400, { error: 'unsupported_token_type' }), 'revocation_refused: unsupported_token_type'],
    [json(200, { error: 'unsupported_token_type' }), 'revocation_refused: unsupported_token_type'],
    [
      json(401, { error: 'invalid_client', error_description: 'Public clients may not' }),
      'revocation_refused: invalid_client: Public clients may not',
    ],
    [json(403, { error: 'access_denied' }), 'revocation_refused: access_denied'],
    [json(400, { error: 'unauthorized_client' }), 'revocation_refused: unauthorized_client'],
    [json(500, { error: 'unauthorized_client' }), 'revocation_refused: unauthorized_client'],
    [json(400, { error: 'invalid_request' }), 'revocation_refused: invalid_request'],
    [json(400, { error: 'of_its_own' }), 'revocation_refused: of_its_own'],
    [json(400, {}), 'revocation_refused: 400'],
    [answer(401, ''), 'revocation_refused: 401'],
    [answer(403, 'Forbidden'), 'revocation_refused: 403'],
    [json(404, {}), 'revocation_refused: 404'],
    [answer(405, ''), 'revocation_refused: 405'],
    // Nobody has decided.
    [json(400, { error: 'temporarily_unavailable' }), 'revocation_failed: server_error'],
    [json(400, { error: 'slow_down' }), 'revocation_failed: too_many_requests'],
    [json(503, { error: 'server_error' }), 'revocation_failed: server_error'],
    [json(503, {}), 'revocation_failed: server_error'],
    [answer(500, ''), 'revocation_failed: server_error'],
    [html(503), 'revocation_failed: server_error'],
    [html(403), 'revocation_failed: unexpected_content'],
    [html(404), 'revocation_failed: unexpected_content'],
    [answer(407, ''), 'revocation_failed: proxy_refused'],
    [answer(408, ''), 'revocation_failed: request_timeout'],
    [json(429, {}), 'revocation_failed: too_many_requests'],
    [html(511), 'revocation_failed: captive_portal'],
    [noAnswer('network_unreachable', false), 'revocation_failed: network_unreachable'],
    [noAnswer('request_timeout'), 'revocation_failed: request_timeout'],
  ])('ends as the response says, %#: %s', async (outcome, result) => {
    expect((await revoke(outcome)).said).toBe(result);
  });

  it('T6: fails if the page of a captive portal answers', async () => {
    expect((await revoke(html(200))).said).toBe('revocation_failed: captive_portal');
  });

  it('fails without a request if the server offers no revocation', async () => {
    const { revocation_endpoint: _none, ...without } = metadata;
    const { http, said: result } = await revoke(answer(200, ''), { metadata: without });
    expect(result).toBe('revocation_not_offered');
    expect(http.requests).toHaveLength(0);
  });
});
