import { describe, expect, it } from 'vitest';
import { errorOf, noAnswerFault, oauthFailure, successOf } from '../../../../src-main/authorization/oauth-failure.ts';
import type { HttpAnswer } from '../../../../src-main/ports/http.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';

const answerOf = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const asJson = { 'content-type': 'application/json' };

describe('the fault of an OAuth error', () => {
  it.each<[string, FailureCode, boolean]>([
    ['access_denied', 'access_denied', false],
    ['authorization_declined', 'access_denied', false],
    ['expired_token', 'expired_token', false],
    ['invalid_grant', 'invalid_grant', false],
    ['invalid_client', 'invalid_client', false],
    ['unauthorized_client', 'unauthorized_client', false],
    ['invalid_scope', 'invalid_scope', false],
    ['invalid_target', 'invalid_target', false],
    ['invalid_request', 'authorization_refused', false],
    ['unsupported_grant_type', 'authorization_refused', false],
    ['unsupported_token_type', 'authorization_refused', false],
    ['invalid_token', 'authorization_refused', false],
    ['use_dpop_nonce', 'use_dpop_nonce', false],
    ['invalid_dpop_proof', 'invalid_dpop_proof', false],
    ['slow_down', 'too_many_requests', true],
    ['authorization_pending', 'response_invalid', true],
    ['temporarily_unavailable', 'server_error', true],
    ['server_error', 'server_error', true],
    ['of_tomorrow', 'authorization_refused', false],
  ])('of %s has the code %s', (error, code, transient) => {
    expect(oauthFailure(answerOf(400, { error }))).toStrictEqual({
      failure: failure(code, { facts: { error } }),
      error,
      transient,
      maybeDelivered: false,
    });
  });

  it.each([
    'access_denied',
    'authorization_declined',
    'expired_token',
    'invalid_grant',
    'invalid_client',
    'unauthorized_client',
    'invalid_scope',
    'invalid_target',
    'invalid_request',
    'unsupported_grant_type',
    'unsupported_token_type',
    'invalid_token',
    'use_dpop_nonce',
    'invalid_dpop_proof',
    'slow_down',
    'authorization_pending',
    'temporarily_unavailable',
    'server_error',
  ])('is read with any status for the known error %s', (error) => {
    for (const status of [200, 302, 403, 404, 500, 999]) expect(errorOf(answerOf(status, { error }))).toBe(error);
  });

  it.each([
    [400, 'server_error', false],
    [499, 'server_error', false],
    [500, 'server_error', true],
    [503, 'temporarily_unavailable', true],
    [500, 'invalid_grant', false],
    [503, 'slow_down', false],
  ])('says for %d with %s whether the server may have acted: %s', (status, error, maybeDelivered) => {
    expect(oauthFailure(answerOf(status, { error })).maybeDelivered).toBe(maybeDelivered);
  });

  it('is read from a challenge if the body is no JSON object', () => {
    for (const body of ['', '<p>', '[]'])
      expect(oauthFailure(answerOf(401, body, { 'www-authenticate': 'DPoP error="use_dpop_nonce"' }))).toStrictEqual({
        failure: failure('use_dpop_nonce', { facts: { error: 'use_dpop_nonce' } }),
        error: 'use_dpop_nonce',
        transient: false,
        maybeDelivered: false,
      });
  });

  it('keeps the reason, the interval and the pause of the response', () => {
    const body = { error: 'slow_down', error_description: 'Too fast', interval: '7' };
    expect(oauthFailure(answerOf(429, body, { 'retry-after': '30' }))).toEqual({
      failure: failure('too_many_requests', { detail: 'Too fast', facts: { error: 'slow_down', retry_after: '30' } }),
      error: 'slow_down',
      intervalSeconds: 7,
      transient: true,
      maybeDelivered: false,
    });
  });
});

describe('the fault of a response that is not an OAuth error', () => {
  it.each<[number, Record<string, string>, string, FailureCode]>([
    [200, asJson, '{}', 'response_invalid'],
    [200, {}, 'OK', 'unexpected_content'],
    [200, { 'content-type': 'text/html' }, '<p>', 'captive_portal'],
    [301, {}, '', 'unexpected_content'],
    [400, asJson, '{}', 'response_invalid'],
    [404, {}, '', 'unexpected_content'],
    [407, {}, '', 'proxy_refused'],
    [408, asJson, '{}', 'request_timeout'],
    [409, asJson, '{}', 'response_invalid'],
    [428, asJson, '{}', 'response_invalid'],
    [429, asJson, '{}', 'too_many_requests'],
    [430, {}, '', 'unexpected_content'],
    [499, asJson, '{}', 'response_invalid'],
    [500, {}, '', 'server_error'],
    [511, {}, '', 'captive_portal'],
    [600, {}, '', 'server_error'],
    [999, asJson, '{}', 'server_error'],
  ])('of %d, %j, %j has the code %s', (status, headers, body, code) => {
    expect(oauthFailure(answerOf(status, body, headers))).toStrictEqual({
      failure: failure(code, { facts: { status: String(status) } }),
      transient: true,
      maybeDelivered: status < 400 || status >= 500,
    });
  });

  it('keeps the pause that the response asks for', () => {
    expect(oauthFailure(answerOf(503, '', { 'retry-after': '60' })).failure.facts).toEqual({
      status: '503',
      retry_after: '60',
    });
  });
});

describe('the error code of a response', () => {
  it.each<[number, unknown, string | undefined]>([
    // An unknown one counts only with a status of a server's own refusal.
    [199, 'odd', undefined],
    [200, 'odd', 'odd'],
    [299, 'odd', 'odd'],
    [300, 'odd', undefined],
    [400, 'odd', 'odd'],
    [400, 'Bad Request', 'Bad Request'],
    [401, 'Unauthorized', 'Unauthorized'],
    [402, 'odd', undefined],
    [403, 'odd_1', 'odd_1'],
    [403, 'Forbidden', undefined],
    [403, 'odd one', undefined],
    [403, 'oddOne', undefined],
    [404, 'not_found', undefined],
    [500, 'odd', undefined],
    [400, 5, undefined],
    [400, null, undefined],
    [400, '', undefined],
    [400, { code: 'odd' }, undefined],
  ])('is with status %d and error %j: %s', (status, error, found) => {
    expect(errorOf(answerOf(status, { error }))).toBe(found);
  });

  it.each([
    ['DPoP error="use_dpop_nonce"', 'use_dpop_nonce'],
    ['dpop error=use_dpop_nonce', 'use_dpop_nonce'],
    ['Bearer, DPoP algs="ES256", error = "use_dpop_nonce"', 'use_dpop_nonce'],
    ['DPoP error  =  use_dpop_nonce', 'use_dpop_nonce'],
    ['Bearer error="use_dpop_nonce"', undefined],
    ['XDPoP error="use_dpop_nonce"', undefined],
    ['DPoPX error="use_dpop_nonce"', undefined],
    ['DPoP myerror="use_dpop_nonce"', undefined],
    ['DPoP error="use_dpop_nonces"', undefined],
    ['DPoP error="invalid_token"', undefined],
    ['', undefined],
  ])('is in the challenge %s: %s', (challenge, found) => {
    expect(errorOf(answerOf(401, '', { 'www-authenticate': challenge }))).toBe(found);
  });

  it('is absent without a body and a challenge', () => {
    expect(errorOf(answerOf(401, ''))).toBeUndefined();
  });
});

it.each([
  [199, { a: 1 }, null],
  [200, { a: 1 }, { a: 1 }],
  [299, { a: 1 }, { a: 1 }],
  [300, { a: 1 }, null],
  [200, { error: 'odd' }, null],
  [200, { error: 5 }, null],
  [200, { a: 1, error: null }, { a: 1 }],
  [200, 'no JSON', null],
])('the document of a success is read from %d, %j', (status, body, document) => {
  expect(successOf(answerOf(status, body))).toEqual(document);
});

describe('the reason that the server gives', () => {
  it.each([
    ['  All licenses are in use \n', 'All licenses are in use'],
    ['two\r\n\tlines', 'two lines'],
    ['two\u2028lines\u2029more', 'two lines more'],
    ['turned \u202earound\u2066', 'turned around'],
    ['x'.repeat(301), `${'x'.repeat(299)}…`],
    [`${' '.repeat(400)}late`, 'late'],
    ['\n\u202e ', undefined],
    [5, undefined],
    [['text'], undefined],
    [{ text: 'x' }, undefined],
  ])('is shown for %j as %s', (description, detail) => {
    const { failure: reason } = oauthFailure(answerOf(400, { error: 'invalid_grant', error_description: description }));
    expect(reason.detail).toBe(detail);
    expect('detail' in reason).toBe(detail !== undefined);
  });

  it('an error of invisible characters is still a refusal', () => {
    const { failure: reason, error } = oauthFailure(answerOf(400, { error: '\u202e' }));
    expect([reason.code, reason.facts?.['error'], error]).toEqual(['authorization_refused', '', '\u202e']);
  });
});

it('a request without a response has a fault with the reason and whether it was sent', () => {
  for (const maybeDelivered of [true, false])
    expect(noAnswerFault({ failure: failure('request_timeout'), maybeDelivered })).toEqual({
      failure: failure('request_timeout'),
      transient: true,
      maybeDelivered,
    });
  expect(noAnswerFault({ failure: failure('unexpected_redirect'), maybeDelivered: true }).transient).toBe(false);
});
