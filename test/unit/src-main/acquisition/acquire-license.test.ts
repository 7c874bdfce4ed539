import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { failure } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { answer, html, json, noAnswer } from '../../../fakes/scripted-http.ts';
import { TokenSigner } from '../../../fakes/token-signer.ts';
import { said, tries } from '../../../fakes/tries.ts';
import { settled, until } from '../../../fakes/until.ts';

const hour = 3_600_000;
const day = 24 * hour;
const pending = json(400, { error: 'authorization_pending' });

/** After Next: a code is on the screen. */
async function withCode(): Promise<ConsoleAtWork> {
  const console = await ConsoleAtWork.create();
  expect((await console.services.acquisition.start()).ok).toBe(true);
  return console;
}

const stateOf = (console: ConsoleAtWork) => console.services.acquisition.view();
const failureOf = (console: ConsoleAtWork) => {
  const view = stateOf(console);
  return view.state === 'failed' ? view.failure.code : view.state;
};
/** Lets a poll that got tokens run to its end. */
async function ended(console: ConsoleAtWork): Promise<void> {
  await until(() => ['idle', 'failed'].includes(stateOf(console).state), 'the end of the acquisition');
  await settled();
}

describe('an acquisition, from Next to the license details', () => {
  it('asks for a code only at Next, polls after one interval, and ends licensed', async () => {
    const console = await ConsoleAtWork.create();
    await console.timer.advance(hour);
    expect(console.server.count('device_authorization')).toBe(0);
    await console.services.acquisition.start();
    expect(stateOf(console)).toEqual({
      state: 'awaiting_authorization',
      code: {
        userCode: '100000001',
        verificationUri: 'https://auth.example/device',
        lifeSeconds: 300,
        remainingSeconds: 300,
      },
      poll: { intervalSeconds: 5, nextInSeconds: 5 },
    });
    expect(console.userCodes).toEqual(['100000001']);
    await console.timer.advance(4_999);
    expect(console.server.count('token')).toBe(0);
    await console.timer.advance(1);
    expect(console.server.count('token')).toBe(1);
    expect(stateOf(console)).toMatchObject({
      poll: { checkedSecondsAgo: 0, nextInSeconds: 5 },
      code: { remainingSeconds: 295 },
    });
    console.server.authorize();
    await console.timer.advance(5_000);
    await ended(console);
    expect(stateOf(console)).toEqual({ state: 'idle' });
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
    expect(console.licensedTimes).toBe(1);
    expect(console.canRefresh).toBe(true);
    expect(console.timer.count).toBe(1);
  });

  it('shows that the code was copied once a person has copied it', async () => {
    const console = await withCode();
    const { acquisition } = console.services;
    acquisition.noteCopied('another code');
    expect(stateOf(console)).not.toHaveProperty('code.copied');
    acquisition.noteCopied('100000001');
    expect(stateOf(console)).toHaveProperty('code.copied', true);
    await acquisition.start();
    expect(stateOf(console)).not.toHaveProperty('code.copied');
  });

  it('E8: shows no device code and no token on the screen', async () => {
    const console = await withCode();
    const seen = [JSON.stringify(stateOf(console))];
    await console.timer.advance(5_000);
    seen.push(JSON.stringify(stateOf(console)));
    expect(seen.join()).not.toMatch(/device-code|refresh-token|eyJ/);
  });

  it('checks early at Complete Authorization only after the interval', async () => {
    const console = await withCode();
    const { acquisition } = console.services;
    await console.timer.advance(3_000);
    expect(await acquisition.complete()).toMatchObject({
      ok: false,
      failure: { code: 'poll_not_due', facts: { seconds: '2' } },
    });
    expect(console.server.count('token')).toBe(0);
    console.server.pending = () => noAnswer('network_unreachable');
    await console.timer.advance(2_000);
    for (const _ of [2, 3, 4]) await console.timer.advance(5_000);
    // After four troubles the console itself waits longer than the interval. A person need not wait.
    console.server.authorize();
    expect(console.server.count('token')).toBe(4);
    await console.timer.advance(5_000);
    expect(console.server.count('token')).toBe(4);
    expect(await acquisition.complete()).toMatchObject({ ok: true });
    await ended(console);
    expect(console.licensedTimes).toBe(1);
  });

  it('refuses Complete Authorization without a code: nothing_to_complete', async () => {
    const console = await ConsoleAtWork.create();
    expect(await console.services.acquisition.complete()).toMatchObject({ failure: { code: 'nothing_to_complete' } });
  });

  it('sends one request for 100 presses of Complete Authorization while a poll is running', async () => {
    const console = await withCode();
    console.clock.advance(5_000);
    const presses = Array.from({ length: 100 }, () => console.services.acquisition.complete());
    await Promise.all(presses);
    expect(console.server.count('token')).toBe(1);
  });

  it('refuses a second Next while the first one asks for a code: acquisition_in_progress', async () => {
    const console = await ConsoleAtWork.create();
    const { acquisition } = console.services;
    const [first, second] = await Promise.all([acquisition.start(), acquisition.start()]);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ failure: { code: 'acquisition_in_progress' } });
    expect(console.server.count('device_authorization')).toBe(1);
  });

  it('replaces the code at another Next and no longer polls for the old one', async () => {
    const console = await withCode();
    await console.services.acquisition.start();
    expect(console.userCodes).toHaveLength(2);
    await console.timer.advance(20_000);
    const codes = console.server.requests
      .filter(({ endpoint }) => endpoint === 'token')
      .map(({ form }) => form.get('device_code'));
    expect(codes.length).toBeGreaterThan(2);
    expect(new Set(codes).size).toBe(1);
  });
});

describe('an acquisition that the server ends', () => {
  it.each<[string, HttpOutcome, FailureCode]>([
    ['denied', json(400, { error: 'access_denied', error_description: 'All 2 licenses are in use.' }), 'access_denied'],
    ['declined', json(400, { error: 'authorization_declined' }), 'access_denied'],
    ['a code that expired early', json(400, { error: 'expired_token' }), 'expired_token'],
    ['a code that it no longer knows', json(400, { error: 'invalid_grant' }), 'expired_token'],
    [
      'an unknown error',
      json(400, { error: 'quota_exceeded', error_description: 'Call us.' }),
      'authorization_refused',
    ],
    [
      'an error whose description is a number',
      json(400, { error: 'quota_exceeded', error_description: 5 }),
      'authorization_refused',
    ],
    ['a redirect', noAnswer('unexpected_redirect'), 'unexpected_redirect'],
  ])('stops and shows the reason: %s', async (_name, outcome, code) => {
    const console = await withCode();
    console.server.pending = () => outcome;
    await console.timer.advance(5_000);
    expect(failureOf(console)).toBe(code);
    expect(stateOf(console), 'nobody authorized it').not.toHaveProperty('authorized');
    await console.timer.advance(300_000);
    expect(console.server.count('token')).toBe(1);
    expect(console.timer.count).toBe(0);
  });

  it('shows the reason that the server gives', async () => {
    const console = await withCode();
    console.server.pending = () =>
      json(400, { error: 'access_denied', error_description: 'All 2 licenses are in use.' });
    await console.timer.advance(5_000);
    expect(stateOf(console)).toMatchObject({
      failure: { detail: 'All 2 licenses are in use.' },
      userCode: '100000001',
    });
  });

  it('fails with expired_token when nobody authorizes in time, by monotonic time', async () => {
    const console = await withCode();
    await console.timer.advance(299_999);
    expect(stateOf(console).state).toBe('awaiting_authorization');
    await console.timer.advance(1);
    expect(failureOf(console)).toBe('expired_token');
    expect(console.server.count('token')).toBe(59);
  });

  it('succeeds although the wall clock jumps by a year in the middle', async () => {
    const console = await withCode();
    await console.timer.advance(20_000);
    console.clock.wallErrorMs = 365 * day;
    await console.timer.advance(20_000);
    expect(stateOf(console)).toMatchObject({ state: 'awaiting_authorization', code: { remainingSeconds: 260 } });
    console.server.authorize();
    await console.timer.advance(5_000);
    await ended(console);
    expect(console.licensedTimes).toBe(1);
  });
});

describe('P2: an acquisition with trouble between Next and the license', () => {
  it.each<[string, HttpOutcome]>([
    ['dropped connections', noAnswer('network_unreachable')],
    ['silence', noAnswer('request_timeout')],
    ['bodies that are too large', noAnswer('response_too_large')],
    ['429', json(429, { error: 'too_many' })],
    ['429 with Retry-After', html(429, { 'retry-after': '20' })],
    ['500', json(500, {})],
    ['503 with a page', html(503)],
    ['a captive portal', html(200)],
    ['a filter’s page', html(403)],
    ['a captive portal that redirects', noAnswer('captive_portal')],
    ['a proxy that refuses', noAnswer('proxy_refused', false)],
    ['a TLS-inspecting proxy', noAnswer('certificate_untrusted', false)],
    ['a certificate that has expired', noAnswer('certificate_date_invalid', false)],
  ])('shows the trouble, keeps the code and then succeeds: %s', async (_name, outcome) => {
    const console = await withCode();
    console.server.pending = () => outcome;
    await console.timer.advance(120_000);
    expect(stateOf(console)).toMatchObject({
      state: 'awaiting_authorization',
      poll: { trouble: { code: expect.any(String) } },
    });
    console.server.authorize();
    await console.timer.advance(60_000);
    await ended(console);
    expect(console.licensedTimes).toBe(1);
    expect(console.server.count('device_authorization')).toBe(1);
  });

  it('ends with expired_token after lasting trouble, and sends no poll after that', async () => {
    const console = await withCode();
    console.server.pending = () => noAnswer('network_unreachable');
    await console.timer.advance(400_000);
    expect(failureOf(console)).toBe('expired_token');
    const last = console.server.requests.findLast(({ endpoint }) => endpoint === 'token');
    expect(last?.atMs).toBeLessThanOrEqual(301_000);
  });

  it('ends at once with user_code_uncheckable if the interval grows beyond the code’s lifetime', async () => {
    const console = await withCode();
    console.server.pending = () => json(400, { error: 'slow_down', interval: 300 });
    await console.timer.advance(5_000);
    expect(stateOf(console)).toMatchObject({
      state: 'failed',
      failure: { code: 'user_code_uncheckable', facts: { interval: '300', life: '300' } },
    });
    await console.timer.advance(400_000);
    expect(console.server.count('token')).toBe(1);
  });

  it.each([
    ['expired early', false, 'expired_token'],
    ['was used up by a response that was lost', true, 'authorization_answer_lost'],
  ])('shows and stores the server’s reason for a code that %s', async (_name, lost, code) => {
    const console = await withCode();
    const answers = [
      ...(lost ? [noAnswer('network_unreachable')] : []),
      json(400, { error: 'invalid_grant', error_description: 'The code was\nrevoked' }),
    ];
    console.server.pending = () => answers.shift() ?? pending;
    await console.timer.advance(60_000);
    const state = stateOf(console);
    const refused = state.state === 'failed' ? state.failure : failure('internal_error');
    expect(refused).toMatchObject({ code, detail: 'The code was revoked' });
    expect(words.failureWords(refused).meaning).toContain('The server says: “The code was revoked.”');
    expect(console.events).toContainEqual({ kind: 'acquisition_failed', code, detail: 'The code was revoked' });
  });

  it('ends with authorization_answer_lost if the response with the tokens was lost', async () => {
    const console = await withCode();
    console.server.authorize();
    console.server.fault = (endpoint) =>
      endpoint === 'token' ? { after: noAnswer('network_unreachable') } : undefined;
    await console.timer.advance(5_000);
    expect(stateOf(console).state).toBe('awaiting_authorization');
    console.server.fault = () => undefined;
    await console.timer.advance(10_000);
    expect(failureOf(console)).toBe('authorization_answer_lost');
  });

  it('ends with expired_token if a later poll shows that the lost response held no tokens', async () => {
    const console = await withCode();
    let nth = 0;
    console.server.pending = () =>
      [noAnswer('network_unreachable'), pending, json(400, { error: 'invalid_grant' })][nth++] ?? pending;
    await console.timer.advance(30_000);
    expect(failureOf(console)).toBe('expired_token');
  });

  it.each<[string, HttpOutcome, string]>([
    ['no network', noAnswer('network_unreachable', false), 'signing_keys_unavailable'],
    ['5xx', json(503, {}), 'signing_keys_unavailable'],
    ['a page', html(200), 'signing_keys_unavailable'],
    ['403', json(403, {}), 'signing_keys_refused'],
    ['an empty set', json(200, { keys: [] }), 'signing_keys_unusable'],
  ])(
    'keeps the tokens if the keys cannot be fetched (%s), and the next Next needs no new code',
    async (_name, outcome, code) => {
      const console = await withCode();
      console.server.authorize();
      console.server.fault = (endpoint) => (endpoint === 'keys' ? outcome : undefined);
      await console.timer.advance(5_000);
      await until(() => stateOf(console).state === 'failed', 'a failure');
      await settled();
      expect(failureOf(console)).toBe(code);
      expect(console.server.openGrants).toHaveLength(1);
      console.server.fault = () => undefined;
      expect((await console.services.acquisition.start()).ok).toBe(true);
      await ended(console);
      expect(console.licensedTimes).toBe(1);
      expect(console.userCodes).toHaveLength(1);
      expect(console.canRefresh).toBe(true);
    },
  );
});

describe('the next start after a crash during an acquisition', () => {
  const marked = (console: ConsoleAtWork) => console.documents.files.has('acquisition.p1');

  it('reports that the code no longer works, until a new one is requested', async () => {
    const console = await withCode();
    await console.restart();
    expect(failureOf(console)).toBe('acquisition_interrupted');
    await console.restart();
    expect(failureOf(console)).toBe('acquisition_interrupted');
    await console.acquire();
    expect(marked(console)).toBe(false);
    await console.restart();
    expect(stateOf(console)).toEqual({ state: 'idle' });
  });

  it('reports nothing after a person dismissed it', async () => {
    const console = await withCode();
    await console.restart();
    console.services.acquisition.cancel();
    expect(stateOf(console)).toEqual({ state: 'idle' });
    await console.restart();
    expect(stateOf(console)).toEqual({ state: 'idle' });
  });

  it('reports nothing after a code that was cancelled, expired or was refused', async () => {
    for (const end of [
      async (console: ConsoleAtWork) => console.services.acquisition.cancel(),
      (console: ConsoleAtWork) => console.timer.advance(400_000),
      (console: ConsoleAtWork) => {
        console.server.pending = () => json(400, { error: 'access_denied' });
        return console.timer.advance(5_000);
      },
    ]) {
      const console = await withCode();
      expect(marked(console)).toBe(true);
      await end(console);
      await settled();
      expect(marked(console)).toBe(false);
      await console.restart();
      expect(stateOf(console)).toEqual({ state: 'idle' });
    }
  });

  it('reports the code if the keychain had refused the tokens', async () => {
    const console = await withCode();
    console.secrets.failing((operation) => (operation === 'write' ? 'secret_store_refused' : null));
    console.server.authorize();
    await console.timer.advance(5_000);
    await until(() => stateOf(console).state === 'failed', 'a failure');
    expect(failureOf(console)).toBe('secret_store_refused');
    await console.restart();
    expect(failureOf(console)).toBe('acquisition_interrupted');
  });

  it('reports the code only after a locked keychain is unlocked, since the keychain may hold the license', async () => {
    const console = await withCode();
    const { license, acquisition } = console.boot();
    console.secrets.failing('secret_store_locked');
    await license.reconcile();
    await acquisition.resume();
    expect(stateOf(console)).toEqual({ state: 'idle' });
    console.secrets.failing(null);
    await license.unlockKeychain();
    await acquisition.resume();
    expect(failureOf(console)).toBe('acquisition_interrupted');
  });

  it('reports nothing if there is a license, for example an earlier one', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    await console.services.acquisition.start();
    await console.restart();
    expect(stateOf(console)).toEqual({ state: 'idle' });
  });
});

describe('P1: the polls of the whole console', () => {
  it(`are never within the interval that the server allows: ${said(200)} sequences of responses, presses and Nexts`, async () => {
    const answers = fc.constantFrom<[string, () => HttpOutcome]>(
      ['pending', () => pending],
      ['slow_down', () => json(400, { error: 'slow_down' })],
      ['slow_down 20', () => json(400, { error: 'slow_down', interval: 20 })],
      ['dropped', () => noAnswer('network_unreachable')],
      ['429', () => html(429, { 'retry-after': '30' })],
      ['500', () => html(500)],
    );
    const histories = fc.array(fc.tuple(answers, fc.integer({ min: 0, max: 30_000 }), fc.boolean()), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
        async (history, interval) => {
          const console = await ConsoleAtWork.create();
          console.server.intervalSeconds = interval;
          await console.services.acquisition.start();
          let owedMs = (interval ?? 5) * 1000;
          let allowedMs = console.clock.monotonicNow() + owedMs;
          let early = 0;
          let nth = 0;
          console.server.pending = () => {
            const nowMs = console.clock.monotonicNow();
            if (nowMs < allowedMs) early += 1;
            const [name, make] = history[nth++ % history.length]?.[0] ?? ['pending', () => pending];
            if (name.startsWith('slow_down')) owedMs = Math.max(owedMs + 5000, name.endsWith('20') ? 20_000 : 0);
            allowedMs = nowMs + (name === '429' ? Math.max(owedMs, 30_000) : owedMs);
            return make();
          };
          for (const [, waitMs, press] of history) {
            await console.timer.advance(waitMs);
            if (press) await console.services.acquisition.complete();
          }
          expect(early).toBe(0);
        },
      ),
      { numRuns: tries(200) },
    );
  });
});

describe('Cancel of an acquisition', () => {
  it('returns to the steps while the code is requested, and no code appears later', async () => {
    const console = await ConsoleAtWork.create();
    const starting = console.services.acquisition.start();
    await Promise.resolve();
    console.services.acquisition.cancel();
    await starting;
    await console.timer.advance(600_000);
    expect(stateOf(console)).toEqual({ state: 'idle' });
    expect(console.userCodes).toEqual([]);
    expect(console.server.count('token')).toBe(0);
  });

  it('returns to the steps while the server answers, and the code that arrives is not shown', async () => {
    const console = await ConsoleAtWork.create();
    let answer = () => {};
    console.server.waits = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const starting = console.services.acquisition.start();
    await until(() => console.server.requests.length > 0, 'a request');
    console.services.acquisition.cancel();
    answer();
    await starting;
    await console.timer.advance(600_000);
    expect(stateOf(console)).toEqual({ state: 'idle' });
    expect(console.userCodes).toEqual([]);
    expect(console.server.count('token')).toBe(0);
  });

  it('followed at once by Next leads to one code, that of the second Next', async () => {
    const console = await ConsoleAtWork.create();
    const { acquisition } = console.services;
    const first = acquisition.start();
    acquisition.cancel();
    const second = acquisition.start();
    await Promise.all([first, second]);
    expect(console.userCodes).toHaveLength(1);
    expect(stateOf(console).state).toBe('awaiting_authorization');
  });

  it('stops the polls while the console waits, and leaves no message', async () => {
    const console = await withCode();
    await console.timer.advance(5_000);
    console.services.acquisition.cancel();
    await console.timer.advance(600_000);
    expect(console.server.count('token')).toBe(1);
    expect(stateOf(console)).toEqual({ state: 'idle' });
    expect(console.timer.count).toBe(0);
  });

  it('leaves no license if tokens are on their way, and revokes their grant', async () => {
    const console = await withCode();
    console.server.authorize();
    const send = console.server.send.bind(console.server);
    console.server.send = async (request) => {
      const outcome = await send(request);
      if (request.url.endsWith('/token')) console.services.acquisition.cancel();
      return outcome;
    };
    await console.timer.advance(5_000);
    await until(() => console.server.openGrants.length === 0, 'the grant to be given back');
    expect(console.kept).toBeNull();
    expect(stateOf(console)).toEqual({ state: 'idle' });
    expect(console.licensedTimes).toBe(0);
  });
});

describe('a grant that will not be used', () => {
  /** The token answer, changed in transit. */
  function changing(console: ConsoleAtWork, changes: Record<string, unknown>): void {
    const send = console.server.send.bind(console.server);
    console.server.send = async (request) => {
      const outcome = await send(request);
      if (!outcome.ok || outcome.answer.status !== 200 || !request.url.endsWith('/token')) return outcome;
      const body = JSON.stringify({ ...(JSON.parse(outcome.answer.body) as object), ...changes });
      return { ok: true, answer: { ...outcome.answer, body } };
    };
  }

  it.each([
    ['no access token', { access_token: undefined }],
    ['an access token that is null', { access_token: null }],
    ['an access token that is an object', { access_token: {} }],
    ['an unknown token type', { token_type: 'mac' }],
  ])('is revoked after a response with %s', async (_name, changes) => {
    const console = await withCode();
    changing(console, changes);
    console.server.authorize();
    await console.timer.advance(5_000);
    await ended(console);
    expect(failureOf(console)).toBe('response_invalid');
    expect(console.server.grants).toHaveLength(1);
    expect(console.server.openGrants).toHaveLength(0);
    expect(console.kept).toBeNull();
  });

  it('can still arrive after Cancel, which does not abort a running poll', async () => {
    const console = await withCode();
    const signals: unknown[] = [];
    const send = console.server.send.bind(console.server);
    console.server.send = (request) => {
      if (request.url.endsWith('/token')) signals.push(request.signal);
      return send(request);
    };
    await console.timer.advance(5_000);
    expect(signals).toEqual([undefined]);
  });

  it('is revoked when the console ends while tokens are on their way', async () => {
    const console = await withCode();
    console.server.authorize();
    const { acquisition } = console.services;
    const send = console.server.send.bind(console.server);
    const endings: Promise<void>[] = [];
    console.server.send = async (request) => {
      const outcome = await send(request);
      if (request.url.endsWith('/token')) {
        acquisition.cancel();
        endings.push(acquisition.settled());
      }
      return outcome;
    };
    await console.timer.advance(5_000);
    await until(() => endings.length > 0, 'the end');
    await Promise.all(endings);
    expect(console.server.openGrants).toHaveLength(0);
  });

  it('is revoked when the console ends before its tokens could be verified', async () => {
    const console = await withCode();
    console.server.authorize();
    console.server.fault = (endpoint) => (endpoint === 'keys' ? noAnswer('network_unreachable', false) : undefined);
    await console.timer.advance(5_000);
    await ended(console);
    expect(console.server.openGrants).toHaveLength(1);
    await console.services.acquisition.settled();
    expect(console.server.openGrants).toHaveLength(0);
  });

  it('delays the end of the console by 5 s at most if the server is silent', async () => {
    const console = await withCode();
    console.server.send = () => new Promise(() => {});
    await console.timer.advance(5_000);
    let hasEnded = false;
    void console.services.acquisition.settled().then(() => (hasEnded = true));
    await console.timer.advance(4_999);
    expect(hasEnded).toBe(false);
    await console.timer.advance(1);
    await until(() => hasEnded, 'the end');
  });
});

describe('a new license that this console cannot use', () => {
  it.each<[string, Record<string, unknown>, FailureCode]>([
    ['a register', { device_type: 'register', edition: undefined }, 'wrong_device'],
    ['another edition', { edition: 'corporate' }, 'wrong_device'],
    ['no server_id', { server_id: undefined }, 'license_details_missing'],
    ['another audience', { aud: 'urn:other' }, 'token_audience_mismatch'],
    ['another issuer', { iss: 'https://evil.example' }, 'token_issuer_mismatch'],
    ['expired when it was issued', { exp: 1 }, 'token_malformed'],
  ])('replaces nothing, and its grant is revoked: %s', async (_name, device, code) => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    const before = { kept: console.kept, record: console.documents.files.get('license.p1') };
    console.server.device = device;
    await expect(console.acquire()).rejects.toThrow(code);
    expect(stateOf(console), 'a person had authorized it').toMatchObject({ state: 'failed', authorized: true });
    expect({ kept: console.kept, record: console.documents.files.get('license.p1') }).toEqual(before);
    expect(console.server.openGrants).toHaveLength(1);
    expect(console.canRefresh).toBe(true);
  });

  it('is recorded as an event if the server does not revoke its grant', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    console.server.device = { device_type: 'register', edition: undefined };
    console.server.fault = (endpoint) =>
      endpoint === 'revocation' ? json(401, { error: 'invalid_client', error_description: 'Not you' }) : undefined;
    await expect(console.acquire()).rejects.toThrow('wrong_device');
    const event = { kind: 'revocation_failed', of: 'unused', code: 'revocation_refused', detail: 'Not you' };
    expect(console.events).toContainEqual(event);
  });

  it('is not stored if another key signed it', async () => {
    const console = await withCode();
    console.server.authorize();
    const stranger = await TokenSigner.create('ES256', 'ES256-1');
    const forged = await stranger.sign({ iss: 'x' });
    console.server.fault = (endpoint) =>
      endpoint === 'token'
        ? { after: json(200, { access_token: forged, token_type: 'Bearer', refresh_token: 'refresh-token-2' }) }
        : undefined;
    await console.timer.advance(5_000);
    await ended(console);
    expect(failureOf(console)).toBe('token_signature_invalid');
    expect(console.kept).toBeNull();
  });
});

describe('S3: an acquisition while the keychain fails', () => {
  it.each<FailureCode>(['secret_store_missing', 'secret_store_locked', 'secret_store_timeout', 'secret_store_refused'])(
    'fails with %s before it asks for a code',
    async (code) => {
      const console = await ConsoleAtWork.create();
      console.secrets.failing(code);
      expect(await console.services.acquisition.start()).toMatchObject({ failure: { code } });
      expect(failureOf(console)).toBe(code);
      expect(console.server.requests).toHaveLength(0);
    },
  );

  it('keeps the tokens in memory, and the next Next stores them without another code', async () => {
    const console = await withCode();
    console.server.authorize();
    console.secrets.failing((operation, name) =>
      operation === 'write' && name === 'license.p1' ? 'secret_store_locked' : null,
    );
    await console.timer.advance(5_000);
    await ended(console);
    expect(failureOf(console)).toBe('secret_store_locked');
    expect(console.server.openGrants).toHaveLength(1);
    expect(console.services.license.view()).toBeNull();
    console.services.acquisition.cancel();
    console.secrets.failing(null);
    expect((await console.services.acquisition.start()).ok).toBe(true);
    expect(console.userCodes).toHaveLength(1);
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
    expect(console.canRefresh).toBe(true);
  });

  it('stores the tokens once if Complete Authorization and Next come together', async () => {
    const console = await withCode();
    console.server.authorize();
    console.secrets.failing((operation, name) =>
      operation === 'write' && name === 'license.p1' ? 'secret_store_timeout' : null,
    );
    await console.timer.advance(5_000);
    await ended(console);
    console.secrets.failing(null);
    const { acquisition } = console.services;
    await Promise.all([acquisition.complete(), acquisition.complete(), acquisition.start()]);
    expect(console.licensedTimes).toBe(1);
    expect(console.canRefresh).toBe(true);
    expect(console.server.openGrants).toHaveLength(1);
  });

  it('leaves the old license as it was when it would replace it', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    const before = console.kept;
    console.secrets.failing((operation, name) =>
      operation === 'write' && name === 'license.p1' ? 'secret_store_refused' : null,
    );
    console.server.device = { server_id: 'store-015' };
    await expect(console.acquire()).rejects.toThrow('secret_store_refused');
    expect(console.kept).toEqual(before);
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
    expect(console.canRefresh).toBe(true);
  });
});

describe('a re-acquisition', () => {
  it('revokes the old grant only after the new tokens are stored and announced', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    const from = console.kill.steps.length;
    console.server.device = { server_id: 'store-015' };
    await console.acquire();
    await until(() => console.server.openGrants.length === 1, 'the old grant to be revoked');
    const steps = console.kill.steps
      .slice(from)
      .filter((step) => !step.includes('probe') && !step.includes('authorization-server'));
    const place = (name: string) => steps.indexOf(name);
    expect(place('keychain write license.p1')).toBeLessThan(place('document write license.p1'));
    expect(place('document write license.p1')).toBeLessThan(place('http revocation'));
    expect(console.services.license.view()?.details.serverId).toBe('store-015');
    expect(console.canRefresh).toBe(true);
  });

  it('is checked within seconds, because some servers end the new grant together with the old one', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    console.server.revokesAll = true;
    await console.acquire();
    await until(() => console.server.openGrants.length === 0, 'both grants to be revoked');
    await settled();
    await console.timer.advance(2 * 1000);
    expect(console.services.refresh.view().lastFailure?.code).toBe('invalid_grant');
    // The next authorization finds nothing to end.
    console.server.revokesAll = false;
    await console.acquire();
    await settled();
    await console.timer.advance(2 * 1000);
    expect(console.services.refresh.view().lastFailure).toBeUndefined();
    expect(console.canRefresh).toBe(true);
  });

  it('of a server that ends only the old grant leaves a license that was refreshed once more', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    await console.acquire();
    await until(() => console.server.openGrants.length === 1, 'the old grant to be revoked');
    const refreshes = () =>
      console.server.requests.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;
    for (let time = 0; time < 5; time += 1) {
      await settled();
      await console.timer.advance(2 * 1000);
    }
    expect(refreshes()).toBe(1);
    expect(console.canRefresh).toBe(true);
  });

  it('of a server that asked for a pause is not checked before the pause has ended', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    console.server.fault = (endpoint) => (endpoint === 'token' ? html(429, { 'retry-after': '3600' }) : undefined);
    await console.services.refresh.refreshNow();
    const before = console.server.count('token');
    await console.services.refresh.checkSoon();
    await console.timer.advance(60_000);
    expect(console.server.count('token')).toBe(before);
    await console.timer.advance(3_600_000);
    expect(console.server.count('token')).toBeGreaterThan(before);
  });

  it('succeeds if the old grant cannot be revoked, which is recorded as an event', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    console.server.fault = (endpoint) => (endpoint === 'revocation' ? answer(503, '') : undefined);
    await console.acquire();
    const event = { kind: 'revocation_failed', of: 'replaced', code: 'revocation_failed', triesAgain: true };
    await until(() => console.events.some(({ kind }) => kind === event.kind), 'the note');
    expect(console.events).toContainEqual(event);
    expect(console.canRefresh).toBe(true);
    expect(failureOf(console)).toBe('idle');
  });
});

describe('P6: an acquisition while the computer’s clock is wrong', () => {
  const errors: readonly [string, number][] = [
    ['+1 h', hour],
    ['-1 h', -hour],
    ['+1 d', day],
    ['-1 d', -day],
    ['+1 y', 365 * day],
    ['-1 y', -365 * day],
    ['-10 y', -3650 * day],
  ];

  /** The clock is off before the console starts. */
  async function withClockOff(errorMs: number): Promise<ConsoleAtWork> {
    const console = await ConsoleAtWork.create();
    console.clock.wallErrorMs = errorMs;
    console.boot();
    return console;
  }

  it.each(errors)('succeeds, as does a refresh, and the clock is reported as wrong: %s', async (_name, errorMs) => {
    const console = await withClockOff(errorMs);
    await console.acquire();
    expect(console.trustedTime.evaluate().clock.state).toBe('wrong');
    expect(console.services.license.view()?.evaluation).toMatchObject({
      token: { state: 'fine' },
      renewal: { state: 'licensed' },
    });
    console.clock.advance(hour);
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
  });

  it.each(errors)(
    'reports the clock as wrong even if iat is a second ahead of the Date header: %s',
    async (_name, errorMs) => {
      const console = await withClockOff(errorMs);
      console.server.issuedAheadSeconds = 1;
      await console.acquire();
      expect(console.trustedTime.evaluate().clock.state).toBe('wrong');
      expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
    },
  );

  it.each(errors.filter(([, errorMs]) => Math.abs(errorMs) >= 365 * day || errorMs < 0))(
    'fails with clock_wrong if the server sends no Date, and succeeds after the clock is corrected: %s',
    async (_name, errorMs) => {
      const console = await withClockOff(errorMs);
      console.server.sendsDate = false;
      await expect(console.acquire()).rejects.toThrow('clock_wrong');
      expect(console.server.openGrants).toHaveLength(0);
      console.clock.wallErrorMs = 0;
      await console.restart();
      await console.acquire();
      expect(console.trustedTime.evaluate().clock.state).toBe('right');
    },
  );
});

describe(`T7: every fault at every request`, () => {
  const faults: readonly [string, HttpOutcome][] = [
    ['never sent', noAnswer('network_unreachable', false)],
    ['dropped', noAnswer('network_unreachable')],
    ['silence', noAnswer('request_timeout')],
    ['redirect', noAnswer('unexpected_redirect')],
    ['too large', noAnswer('response_too_large')],
    ['certificate', noAnswer('certificate_invalid', false)],
    ['damaged', noAnswer('connection_damaged')],
    ['page 200', html(200)],
    ['page 403', html(403)],
    ['404', html(404)],
    ['429', html(429, { 'retry-after': '10' })],
    ['500', json(500, {})],
    ['503 page', html(503)],
    ['empty 200', answer(200, '')],
    ['empty JSON', json(200, {})],
    ['null', json(200, null)],
    ['list', json(200, [])],
    ['half', answer(200, '{"access_token":"e', { 'content-type': 'application/json' })],
    ['invalid_grant', json(400, { error: 'invalid_grant' })],
    ['invalid_client', json(401, { error: 'invalid_client' })],
    ['access_denied', json(400, { error: 'access_denied' })],
  ];
  const endpoints = ['metadata', 'keys', 'device_authorization', 'token', 'revocation'] as const;

  it.each(endpoints)(
    `loses no license: ${faults.length} faults, before and after the server acted, at the %s endpoint of a re-acquisition and a refresh`,
    async (faulty) => {
      for (const [name, outcome] of faults) {
        for (const after of [false, true]) {
          const console = await ConsoleAtWork.create();
          await console.acquire();
          console.server.fault = (endpoint) =>
            endpoint === faulty ? (after ? { after: outcome } : outcome) : undefined;
          const times = console.licensedTimes;
          const started = await console.services.acquisition.start();
          console.server.authorize();
          if (started.ok) {
            await console.timer.advance(310_000);
            await ended(console);
          }
          await console.services.refresh.refreshNow();
          await settled();
          const what = `${name}, ${after ? 'after' : 'before'}, licensed again: ${console.licensedTimes > times}`;
          expect(console.services.license.view()?.details.serverId, what).toBe('store-014');
          expect(console.kept, what).not.toBeNull();
          const { license } = await console.restart();
          expect(license.view()?.details.serverId, what).toBe('store-014');
        }
      }
    },
  );
});
