import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthorizationContext } from '../../../../src-main/authorization/authorization-context.ts';
import { requestDeviceAuthorization } from '../../../../src-main/authorization/device-authorization.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { metadata, profile } from '../../../fakes/fake-authorization-server.ts';
import { answer, html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';
import { said, tries } from '../../../fakes/tries.ts';

const good = {
  device_code: 'device-code',
  user_code: '123456789',
  verification_uri: 'https://auth.example/device',
  verification_uri_complete: 'https://auth.example/device?user_code=123456789',
  expires_in: 300,
  interval: 5,
};

async function ask(outcome: HttpOutcome, request: Parameters<typeof requestDeviceAuthorization>[1] = profile) {
  const http = new ScriptedHttp(() => outcome);
  const context: AuthorizationContext = { http, metadata, clientId: profile.clientId };
  return { http, asked: await requestDeviceAuthorization(context, request) };
}
const answered = async (changes: Record<string, unknown> = {}) => {
  const { asked } = await ask(json(200, { ...good, ...changes }));
  return asked.ok ? asked.value : asked.fault.failure.code;
};

describe('the request for a user code', () => {
  it('sends client, scope and resource, and no secret', async () => {
    const { http } = await ask(json(200, good));
    expect(http.requests).toHaveLength(1);
    expect(http.requests[0]).toMatchObject({ method: 'POST', url: metadata.device_authorization_endpoint });
    expect(Object.fromEntries(new URLSearchParams(http.requests[0]?.body))).toEqual({
      client_id: 'fusion-license-console',
      scope: 'offline_access license',
      resource: 'urn:fusion-pos:license',
    });
    expect(http.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('sends no resource if none is set', async () => {
    const { http } = await ask(json(200, good), { scope: profile.scope, resource: undefined });
    expect([...new URLSearchParams(http.requests[0]?.body).keys()].toSorted()).toEqual(['client_id', 'scope']);
  });

  it('reads the whole response', async () => {
    expect(await answered()).toEqual({
      deviceCode: 'device-code',
      userCode: '123456789',
      verificationUri: 'https://auth.example/device',
      verificationUriComplete: 'https://auth.example/device?user_code=123456789',
      expiresInSeconds: 300,
      intervalSeconds: 5,
    });
  });

  it.each([
    ['Google', { verification_uri: undefined, verification_url: 'https://auth.example/device' }],
    ['with both', { verification_url: 'https://other.example/' }],
    ['with an empty one', { verification_uri: '', verification_url: 'https://auth.example/device' }],
  ])('reads the address of the page as the first drafts named it: %s', async (_name, changes) => {
    expect(await answered(changes)).toMatchObject({ verificationUri: 'https://auth.example/device' });
  });

  it.each(['123456789', '123-456-789', 'WDJB-MJHT', 'wdjb mjht', 'ÄÖÜ', '0', 'x'.repeat(64)])(
    'takes the user code %s as it is',
    async (userCode) => {
      expect(await answered({ user_code: userCode })).toMatchObject({ userCode });
    },
  );

  it.each([
    ['absent', undefined],
    ['zero', 0],
    ['null', null],
    ['negative', -5],
    ['text', 'soon'],
    ['empty text', ''],
    ['an object', {}],
    ['true', true],
    ['a thousandth of a second', 0.001],
    ['a number too large for JavaScript', '1e999'],
  ])('P1: takes an interval that is %s as 5 s', async (_name, interval) => {
    expect(await answered({ interval })).toMatchObject({ intervalSeconds: 5 });
  });

  it('P1: takes an infinite interval as 5 s', async () => {
    const { asked } = await ask(
      answer(200, JSON.stringify(good).replace('"interval":5', '"interval":1e999'), {
        'content-type': 'application/json',
      }),
    );
    expect(asked).toMatchObject({ ok: true, value: { intervalSeconds: 5 } });
  });

  it('reads numbers that are written as text', async () => {
    expect(await answered({ interval: '10', expires_in: '300' })).toMatchObject({
      intervalSeconds: 10,
      expiresInSeconds: 300,
    });
  });

  it.each([1, 2.5, 10, 3600])('P1: keeps an interval of %d s', async (interval) => {
    expect(await answered({ interval, expires_in: 7200 })).toMatchObject({ intervalSeconds: interval });
  });

  it.each([
    [6, 6],
    [2.5, 2.5],
    ['300', 300],
    [86_400, 86_400],
    [86_401, 86_400],
    [1e308, 86_400],
    [Number.MAX_VALUE, 86_400],
  ])('takes a lifetime of %s s as %d s', async (life, seconds) => {
    expect(await answered({ expires_in: life, interval: 1 })).toMatchObject({ expiresInSeconds: seconds });
  });
});

describe('a user code that people cannot read is not shown', () => {
  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['null', null],
    ['a number', 123456789],
    ['a list', ['123456789']],
    ['blanks', '   '],
    ['blanks of other kinds', '\u00a0\u2003\u3000'],
    ['65 characters', 'x'.repeat(65)],
    ['1,000 characters', '1'.repeat(1000)],
    ['with a line end', '1234\n56789'],
    ['with a line separator', '1234\u202856789'],
    ['with NUL', '1234\u000056789'],
    ['with an escape sequence', '\u001b[31m1234'],
    ['with a character that turns its direction', '1234\u202e56789'],
    ['only marks of direction', '\u200e\u200f\u2066\u2069'],
    ['only characters without width', '\u200b\u200c\u200d\u2060\ufeff'],
    ['with a character without width', '1234\u200b56789'],
    ['with a soft hyphen', '1234\u00ad56789'],
    ['fillers that are letters', '\u3164\u115f\uffa0'],
    ['blank braille', '\u2800\u2800'],
    ['tags', '\u{e0031}\u{e0032}'],
    ['variation selectors', '\ufe0f\ufe0e'],
    ['a combining mark without a letter', '\u0301'],
    ['half of a character', '1234\ud800'],
    ['unassigned characters', '\u0378\u0379'],
  ])('%s', async (_name, userCode) => {
    expect(await answered({ user_code: userCode })).toBe('user_code_unreadable');
  });

  it(`is any text without visible or with invisible characters; any other is taken as it is: ${said(1_000)} texts`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (userCode) => {
        const taken = await answered({ user_code: userCode });
        if (typeof taken === 'string') {
          expect(taken).toBe('user_code_unreadable');
          return;
        }
        expect(taken.userCode).toBe(userCode);
        expect(taken.userCode).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(taken.userCode.replaceAll(/[\p{Z}\p{M}]/gu, '')).not.toBe('');
      }),
      { numRuns: tries(1_000) },
    );
  });
});

describe('a user code that expires before it may be checked is not shown', () => {
  it.each([
    [300, 300],
    [300, 301],
    [300, 1e308],
    [2, 5],
    [5, undefined],
    [0.5, 1],
    [1e308, 86_400],
    [1e308, 1e308],
  ])('a lifetime of %d s and an interval of %s s', async (life, interval) => {
    expect(await answered({ expires_in: life, interval })).toBe('user_code_uncheckable');
  });

  it.each([
    [300, 299],
    [6, 5],
    [2, 1],
    [1e308, 86_399],
  ])('a lifetime of %d s and an interval of %d s is enough for one check', async (life, interval) => {
    expect(await answered({ expires_in: life, interval })).toMatchObject({ intervalSeconds: interval });
  });

  it('the failure names both lifetime and interval', async () => {
    const { asked } = await ask(json(200, { ...good, expires_in: 60, interval: 90 }));
    expect(asked).toMatchObject({ ok: false, fault: { failure: { facts: { life: '60', interval: '90' } } } });
  });
});

describe('a response that the console cannot use', () => {
  it.each([
    ['no device code', { device_code: undefined }],
    ['an empty device code', { device_code: '' }],
    ['a device code that is a number', { device_code: 5 }],
    ['no verification address', { verification_uri: undefined }],
    ['a verification address on http', { verification_uri: 'http://auth.example/device' }],
    [
      'an earlier name of the address, on http',
      { verification_uri: undefined, verification_url: 'http://auth.example/' },
    ],
    ['a script as verification address', { verification_uri: 'javascript:alert(1)' }],
    ['a file as verification address', { verification_uri: 'file:///etc/passwd' }],
    ['a verification address of no scheme', { verification_uri: 'auth.example/device' }],
    ['a verification address of 3,000 characters', { verification_uri: `https://a.example/${'x'.repeat(3000)}` }],
    ['no lifetime', { expires_in: undefined }],
    ['a lifetime of zero', { expires_in: 0 }],
    ['a negative lifetime', { expires_in: -300 }],
    ['a lifetime that is not a number', { expires_in: 'soon' }],
  ])('is named response_invalid: %s', async (_name, changes) => {
    expect(await answered(changes)).toBe('response_invalid');
  });

  it.each([
    ['http', 'http://auth.example/device?code=1'],
    ['a script', 'javascript:alert(1)'],
    ['no address', 'device'],
  ])('is accepted without its complete link if that is %s', async (_name, link) => {
    const taken = await answered({ verification_uri_complete: link });
    expect(taken).toMatchObject({ userCode: '123456789' });
    expect(taken).not.toHaveProperty('verificationUriComplete');
  });

  it.each<[string, HttpOutcome, string]>([
    ['an unknown client', json(401, { error: 'invalid_client' }), 'invalid_client'],
    ['a client that may not', json(400, { error: 'unauthorized_client' }), 'unauthorized_client'],
    ['an unknown scope', json(400, { error: 'invalid_scope' }), 'invalid_scope'],
    ['an unknown resource', json(400, { error: 'invalid_target' }), 'invalid_target'],
    ['a page', html(200), 'captive_portal'],
    ['404', html(404), 'unexpected_content'],
    ['500', html(500), 'server_error'],
    ['429', json(429, {}), 'too_many_requests'],
    ['half an answer', answer(200, '{"device_code":"x"', { 'content-type': 'application/json' }), 'response_invalid'],
    ['null', json(200, null), 'response_invalid'],
    ['a list', json(200, [good]), 'response_invalid'],
    ['no network', noAnswer('network_unreachable', false), 'network_unreachable'],
    ['a redirect', noAnswer('unexpected_redirect'), 'unexpected_redirect'],
  ])('%s', async (_name, outcome, code) => {
    const { asked } = await ask(outcome);
    expect(asked.ok ? 'taken' : asked.fault.failure.code).toBe(code);
  });
});
