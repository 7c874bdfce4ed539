import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { answer } from '../../../fakes/scripted-http.ts';
import { said, tries } from '../../../fakes/tries.ts';

const junk = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.constant(''),
  fc.constantFrom('Bearer', 'DPoP', 'mac', 'a.b.c', 'license', '600'),
  fc.integer(),
  fc.jsonValue(),
);
const legal = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)), minLength: 1 })
  .map((text) => `next ${text}`);
const refreshTokens = fc.oneof(
  { weight: 3, arbitrary: legal },
  { weight: 1, arbitrary: fc.constant('x'.repeat(16_384)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown[]>(
      undefined,
      null,
      '',
      5,
      ['next'],
      { next: 1 },
      'n\u00e4chstes',
      'a\nb',
      'x'.repeat(16_385),
    ),
  },
);
const errors = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown[]>(undefined, null, '') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown[]>('invalid_grant', 'authorization_pending', 'server_error', 'Odd', 5),
  },
);
const answers = fc.record({
  status: fc.oneof(
    { weight: 4, arbitrary: fc.constant(200) },
    { weight: 2, arbitrary: fc.constantFrom(201, 203, 299, 300, 400, 401, 403, 408, 429, 500, 503, 600, 999) },
  ),
  type: fc.constantFrom('application/json', 'text/html', 'text/plain', ''),
  members: fc.record({
    error: errors,
    refresh_token: refreshTokens,
    access_token: junk,
    token_type: junk,
    expires_in: junk,
    scope: junk,
    id_token: junk,
    error_description: junk,
  }),
});

function isLegal(token: unknown): token is string {
  return typeof token === 'string' && token.length <= 16_384 && /^[\x20-\x7e]+$/.test(token);
}

/** From now on, the token endpoint's answers have these members. Returns how the server answered until now. */
function changeTokenAnswers(console: ConsoleAtWork, members: object): ConsoleAtWork['server']['send'] {
  const send = console.server.send.bind(console.server);
  console.server.send = async (request) => {
    const outcome = await send(request);
    if (!outcome.ok || !request.url.endsWith('/token')) return outcome;
    const body = JSON.stringify({ ...(JSON.parse(outcome.answer.body) as object), ...members });
    return { ok: true, answer: { ...outcome.answer, body } };
  };
  return send;
}

describe('the rotated refresh token', () => {
  it(`is in the keychain after a success without an error, and the old one stays after anything else: ${said(200)} responses`, async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    const { license } = console.services;
    const shown = license.view()?.details;
    await fc.assert(
      fc.asyncProperty(answers, async ({ status, type, members }) => {
        const before = console.kept?.refreshToken;
        console.server.fault = (endpoint) =>
          endpoint === 'token' ? answer(status, JSON.stringify(members), { 'content-type': type }) : undefined;
        await console.services.refresh.refreshNow();
        const noError = members.error === undefined || members.error === null || members.error === '';
        const isSuccess = status >= 200 && status < 300 && noError;
        const rotated = isSuccess && isLegal(members.refresh_token);
        expect(console.kept?.refreshToken).toBe(rotated ? members.refresh_token : before);
        expect(license.view()?.details).toEqual(shown);
      }),
      { numRuns: tries(200) },
    );
  });

  it.each([
    ['no token_type', { token_type: undefined }],
    ['an ID token that was not requested', { id_token: 'x.y.z' }],
    ['members that are null', { scope: null, expires_in: null, id_token: null }],
    ['a scope that is a list', { scope: ['license'] }],
  ])('is stored after a response with %s', async (_name, changes) => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    changeTokenAnswers(console, changes);
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
    expect(console.canRefresh).toBe(true);
  });

  it('is used next after a response without a usable access token, and a new license clears the failure', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    const usual = changeTokenAnswers(console, { access_token: null });
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'response_invalid' } });
    expect(console.canRefresh).toBe(true);
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
    console.server.send = usual;
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
    expect(console.services.license.record?.lastFailure).toBeUndefined();
    expect(console.canRefresh).toBe(true);
  });

  it('is stored later without another request if the keychain refused it and the access token was unusable', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    console.server.fault = (endpoint) =>
      endpoint === 'token'
        ? answer(200, JSON.stringify({ refresh_token: 'next' }), { 'content-type': 'application/json' })
        : undefined;
    console.secrets.failing((operation, name) =>
      operation === 'write' && name === 'license.p1' ? 'secret_store_locked' : null,
    );
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'secret_store_locked' } });
    const asked = console.server.count('token');
    console.secrets.failing(null);
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'response_invalid' } });
    expect(console.server.count('token')).toBe(asked);
    expect(console.kept?.refreshToken).toBe('next');
  });
});
