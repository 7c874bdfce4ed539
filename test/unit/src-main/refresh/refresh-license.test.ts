import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { fail } from '../../../../src-shared/result.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { metadata } from '../../../fakes/fake-authorization-server.ts';
import { answer, html, json, noAnswer } from '../../../fakes/scripted-http.ts';
import { licenseClaims, TokenSigner } from '../../../fakes/token-signer.ts';
import { settled, until } from '../../../fakes/until.ts';

const hour = 3_600_000;
const day = 24 * hour;
const second = 1_000;

async function licensed(changes: (console: ConsoleAtWork) => void = () => {}): Promise<ConsoleAtWork> {
  const console = await ConsoleAtWork.create();
  changes(console);
  await console.acquire();
  return console;
}
const refreshes = (console: ConsoleAtWork) =>
  console.server.requests.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;
const failureOf = (console: ConsoleAtWork) => console.services.license.record?.lastFailure?.code;
/** Lets time pass until the scheduler has made one more try. */
async function nextTry(console: ConsoleAtWork, withinMs: number): Promise<number> {
  const from = console.clock.monotonicNow();
  const before = refreshes(console);
  while (refreshes(console) === before && console.clock.monotonicNow() - from < withinMs) {
    await console.timer.advance(Math.min(console.timer.nextDelayMs ?? withinMs, withinMs));
  }
  await until(() => !console.services.refresh.view().refreshing, 'the end of the refresh');
  await settled();
  return refreshes(console) > before ? console.clock.monotonicNow() - from : Number.POSITIVE_INFINITY;
}
const keychainFails = (code: FailureCode) => (operation: string, name: string) =>
  operation === 'write' && name === 'license.p1' ? code : null;

describe('the automatic refresh', () => {
  it.each([
    [0, 0.4],
    [0.5, 0.5],
    [0.999, 0.6],
  ])('runs at half of the token’s lifetime ±10 % (random %d)', async (random, share) => {
    const console = await licensed((it_) => {
      it_.random = random;
    });
    const lifeMs = 7 * day;
    const waited = await nextTry(console, lifeMs);
    expect(waited / lifeMs).toBeCloseTo(share, 2);
    expect(console.canRefresh).toBe(true);
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
  });

  it('T3: refreshes a token of 40 days after 20, and never sets the timer beyond its limit', async () => {
    const console = await licensed((it_) => {
      it_.server.tokenLifeSeconds = 40 * 86_400;
    });
    expect((await nextTry(console, 40 * day)) / day).toBeCloseTo(20, 1);
    expect(Math.max(...console.timer.delays)).toBeLessThan(2 ** 31);
  });

  it('keeps the license fine for 200 days with one refresh per half lifetime, and loses no grant', async () => {
    const console = await licensed();
    for (let days = 0; days < 200; days += 1) {
      await console.timer.advance(day);
      await until(() => !console.services.refresh.view().refreshing, 'the end of the refresh');
      expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
    }
    expect(refreshes(console)).toBeGreaterThanOrEqual(50);
    expect(refreshes(console)).toBeLessThanOrEqual(60);
    expect(console.canRefresh).toBe(true);
  });

  it('runs at start if it is due', async () => {
    const console = await licensed();
    await console.restart(5 * day);
    expect(await nextTry(console, hour)).toBeLessThanOrEqual(second);
    expect(console.canRefresh).toBe(true);
  });

  it('does not run at start if it is not due', async () => {
    const console = await licensed();
    await console.restart(day);
    await console.timer.advance(day);
    expect(refreshes(console)).toBe(0);
  });

  it('runs after a sleep past its due time', async () => {
    const console = await licensed();
    console.clock.sleep(5 * day);
    console.trustedTime.startOver();
    console.services.refresh.nudge();
    await until(() => refreshes(console) === 1, 'a refresh');
  });
});

describe('P5: a refresh never runs twice at a time', () => {
  it('100 callers share one request and its outcome', async () => {
    const console = await licensed();
    const { refresh } = console.services;
    const calls = Array.from({ length: 100 }, (_, nth) => {
      if (nth % 3 === 0) refresh.nudge();
      return refresh.refreshNow();
    });
    const outcomes = await Promise.all(calls);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(refreshes(console)).toBe(1);
  });

  it('100 callers share one failure', async () => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? noAnswer('network_unreachable', false) : undefined);
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => console.services.refresh.refreshNow()));
    expect(outcomes.every((outcome) => !outcome.ok && outcome.failure.code === 'network_unreachable')).toBe(true);
    expect(refreshes(console)).toBe(1);
  });

  it('a refresh waits for a running removal, and then does nothing', async () => {
    const console = await licensed();
    const [removed, refreshed] = await Promise.all([
      console.services.license.remove(false),
      console.services.refresh.refreshNow(),
    ]);
    expect(removed.ok).toBe(true);
    expect(refreshed.ok).toBe(false);
    expect(refreshes(console)).toBe(0);
    expect(console.kept).toBeNull();
    expect(console.services.license.view()).toBeNull();
  });

  it('a refresh during a re-acquisition leaves the new tokens in place', async () => {
    const console = await licensed();
    console.server.device = { server_id: 'store-015' };
    const { acquisition, refresh } = console.services;
    await acquisition.start();
    console.server.authorize();
    const refreshed = refresh.refreshNow();
    await console.timer.advance(5_000);
    await refreshed;
    await until(() => acquisition.view().state === 'confirming_server', 'the question about the other device');
    await Promise.all([acquisition.keep(), refresh.refreshNow()]);
    await console.services.license.exclusively(async () => {});
    expect(console.services.license.view()?.details.serverId).toBe('store-015');
    expect(console.canRefresh).toBe(true);
  });

  it('a refresh without a license fails with not_licensed and sends no request', async () => {
    const console = await ConsoleAtWork.create();
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'not_licensed' } });
    console.services.refresh.nudge();
    console.services.refresh.plan();
    expect(console.server.requests).toHaveLength(0);
    expect(console.timer.count).toBe(0);
  });
});

describe('the rotated refresh token', () => {
  it('is in the keychain before anything else happens', async () => {
    const console = await licensed();
    const from = console.kill.steps.length;
    await console.services.refresh.refreshNow();
    const steps = console.kill.steps.slice(from);
    const asked = steps.indexOf('http token');
    expect(steps.slice(asked + 1)).toEqual([
      'keychain write license.p1',
      'keychain write license.p1',
      'document write license.p1',
      'http keys',
    ]);
  });

  it.each<FailureCode>(['secret_store_locked', 'secret_store_timeout', 'secret_store_refused', 'secret_store_missing'])(
    'is kept in memory if storing it fails with %s, and is stored at the next try without another request',
    async (code) => {
      const console = await licensed();
      console.secrets.failing(keychainFails(code));
      expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: false, failure: { code } });
      expect(failureOf(console)).toBe(code);
      expect(console.canRefresh).toBe(false);
      expect(refreshes(console)).toBe(1);
      expect((await console.services.refresh.refreshNow()).ok).toBe(false);
      console.secrets.failing(null);
      expect((await console.services.refresh.refreshNow()).ok).toBe(true);
      expect(refreshes(console)).toBe(1);
      expect(console.canRefresh).toBe(true);
      expect(failureOf(console)).toBeUndefined();
    },
  );

  it('is not requested if the keychain could not store it', async () => {
    const console = await licensed();
    const before = console.kept;
    console.secrets.failing((operation, name) =>
      operation === 'write' && name.startsWith('probe.') ? 'secret_store_full' : null,
    );
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'secret_store_full' } });
    expect(refreshes(console)).toBe(0);
    expect(console.kept).toEqual(before);
    expect(console.canRefresh).toBe(true);
  });

  it('stays in the keychain if the access token that came with it cannot be stored', async () => {
    const console = await licensed();
    let writes = 0;
    console.secrets.failing((operation, name) => {
      if (operation !== 'write' || name.startsWith('probe.')) return null;
      writes += 1;
      return writes === 2 ? 'secret_store_refused' : null;
    });
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'secret_store_refused' } });
    expect(console.canRefresh).toBe(true);
    console.secrets.failing(null);
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(refreshes(console)).toBe(2);
  });

  it('is never sent to another issuer that the settings name now', async () => {
    const console = await licensed();
    console.change({ issuer: 'https://other.example' });
    const services = await console.restart();
    expect(await services.refresh.refreshNow()).toMatchObject({ failure: { code: 'token_issuer_mismatch' } });
    expect(refreshes(console)).toBe(0);
  });

  it('does not replace a license that was acquired after it could not be stored', async () => {
    const console = await licensed();
    console.secrets.failing(keychainFails('secret_store_locked'));
    await console.services.refresh.refreshNow();
    console.secrets.failing(null);
    console.server.device = { server_id: 'store-015' };
    await console.acquire();
    const acquired = console.kept;
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.services.license.view()?.details.serverId).toBe('store-015');
    expect(console.kept?.refreshToken).not.toBe(acquired?.refreshToken);
    expect(console.canRefresh).toBe(true);
  });

  it('does not replace a license that was acquired after a removal', async () => {
    const console = await licensed();
    console.secrets.failing(keychainFails('secret_store_locked'));
    await console.services.refresh.refreshNow();
    console.secrets.failing(null);
    expect((await console.services.license.remove(true)).ok).toBe(true);
    console.server.device = { server_id: 'store-015' };
    await console.acquire();
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.services.license.view()?.details.serverId).toBe('store-015');
    expect(console.canRefresh).toBe(true);
  });

  it('is saved if the keychain stored it but reported a failure', async () => {
    const console = await licensed();
    const write = console.secrets.write.bind(console.secrets);
    console.secrets.write = async (name, value) => {
      const written = await write(name, value);
      return name === 'license.p1' ? fail('secret_store_timeout') : written;
    };
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'secret_store_timeout' } });
    expect(refreshes(console)).toBe(1);
    console.secrets.write = write;
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(refreshes(console)).toBe(1);
    expect(console.canRefresh).toBe(true);
  });

  it('is stored even if the access token that came with it is refused', async () => {
    const console = await licensed();
    const before = console.kept;
    const stranger = await TokenSigner.create('ES256', 'ES256-1');
    const forged = await stranger.sign({ iss: 'x' });
    console.server.rotates = false;
    console.server.fault = (endpoint) =>
      endpoint === 'token'
        ? json(200, { access_token: forged, token_type: 'Bearer', refresh_token: 'refresh-token-next' })
        : undefined;
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code: 'token_signature_invalid' } });
    expect(console.kept).toMatchObject({ accessToken: before?.accessToken, refreshToken: 'refresh-token-next' });
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
  });

  it.each([
    ['no server_id', { server_id: undefined }, 'license_details_missing'],
    ['another edition', { edition: 'cloud' }, 'wrong_device'],
    ['a register', { device_type: 'register' }, 'wrong_device'],
  ])('is stored and the license stays as it was if the new token has %s', async (_name, device, code) => {
    const console = await licensed();
    const before = console.kept;
    Object.assign(console.server.grants[0]?.device ?? {}, device);
    expect(await console.services.refresh.refreshNow()).toMatchObject({ failure: { code } });
    expect(console.kept?.accessToken).toBe(before?.accessToken);
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
    expect(console.canRefresh).toBe(true);
  });

  it('stays the old one if the server does not rotate', async () => {
    const console = await licensed((it_) => {
      it_.server.rotates = false;
    });
    const before = console.kept?.refreshToken;
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.kept?.refreshToken).toBe(before);
  });
});

describe('a refresh that failed', () => {
  const tolerable: readonly [string, HttpOutcome, FailureCode][] = [
    ['no network', noAnswer('network_unreachable', false), 'network_unreachable'],
    ['silence', noAnswer('request_timeout'), 'request_timeout'],
    ['a redirect', noAnswer('unexpected_redirect'), 'unexpected_redirect'],
    ['too large', noAnswer('response_too_large'), 'response_too_large'],
    ['a captive portal', html(200), 'captive_portal'],
    ['a captive portal that redirects', noAnswer('captive_portal'), 'captive_portal'],
    ['a proxy that refuses', noAnswer('proxy_refused', false), 'proxy_refused'],
    ['a TLS-inspecting proxy', noAnswer('certificate_untrusted', false), 'certificate_untrusted'],
    ['a damaged answer', noAnswer('connection_damaged'), 'connection_damaged'],
    ['500', json(500, {}), 'server_error'],
    ['half an answer', answer(200, '{"acc', { 'content-type': 'application/json' }), 'response_invalid'],
    ['429', html(429), 'too_many_requests'],
    ['another OAuth error', json(400, { error: 'invalid_scope' }), 'invalid_scope'],
  ];

  it.each(tolerable)('keeps the license and is tried again within 1 h after %s', async (_name, outcome, code) => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? outcome : undefined);
    await nextTry(console, 7 * day);
    expect(failureOf(console)).toBe(code);
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
    for (let time = 0; time < 12; time += 1)
      expect(await nextTry(console, 2 * hour)).toBeLessThanOrEqual(hour + second);
    console.server.fault = () => undefined;
    await nextTry(console, 2 * hour);
    expect(failureOf(console)).toBeUndefined();
    expect(console.canRefresh).toBe(true);
  });

  const moved = { ...metadata, token_endpoint: 'https://new.example/token', jwks_uri: 'https://new.example/jwks' };
  const ofOldServer: readonly [string, HttpOutcome][] = [
    ['an unknown name', noAnswer('network_unreachable', false)],
    ['silence', noAnswer('request_timeout')],
    ['a redirect', noAnswer('unexpected_redirect')],
    ['a certificate that has expired', noAnswer('certificate_date_invalid', false)],
    ['a certificate for another name', noAnswer('certificate_invalid', false)],
    ['the certificate of a reseller of names', noAnswer('certificate_untrusted', false)],
    ['a firewall that blocks it', noAnswer('proxy_refused', false)],
    ['no encryption', noAnswer('connection_damaged')],
    ['a page that is too large', noAnswer('response_too_large')],
    ['503', html(503)],
    ['404', html(404)],
    ['another OAuth server that does not know this client', json(401, { error: 'invalid_client' })],
  ];

  it.each(ofOldServer)(
    'asks the server where its token endpoint is now, after %s at the earlier one',
    async (_name, old) => {
      const console = await licensed();
      console.server.fault = (endpoint, { url }) =>
        endpoint === 'metadata' ? json(200, moved) : url === metadata.token_endpoint ? old : undefined;
      await console.services.refresh.refreshNow();
      expect(failureOf(console)).toBeDefined();
      // The first one may be the quick retry after a lost response.
      for (let time = 0; failureOf(console) && time < 2; time += 1) await nextTry(console, 2 * hour);
      expect(failureOf(console)).toBeUndefined();
      expect(console.canRefresh).toBe(true);
    },
  );

  it.each(ofOldServer)(
    'asks the server where its keys are now, after %s at their earlier address',
    async (_name, old) => {
      const console = await licensed();
      const rotated = await TokenSigner.create('ES256', 'new-key');
      const access_token = await rotated.sign(licenseClaims(console.clock.realAt));
      const keys = await rotated.keySet();
      console.server.rotates = false;
      console.server.fault = (endpoint, { url }) => {
        if (endpoint === 'metadata') return json(200, moved);
        if (endpoint === 'token') return json(200, { access_token, token_type: 'Bearer' });
        return url === metadata.jwks_uri ? old : endpoint === 'keys' ? json(200, keys) : undefined;
      };
      await console.services.refresh.refreshNow();
      expect(failureOf(console)).toMatch(/^signing_keys_/);
      await nextTry(console, 2 * hour);
      expect(failureOf(console)).toBeUndefined();
    },
  );

  it.each([60, 600, 7200])('waits for a Retry-After of %d s, also after waking up', async (seconds) => {
    const console = await licensed();
    console.server.fault = (endpoint) =>
      endpoint === 'token' ? html(429, { 'retry-after': String(seconds) }) : undefined;
    await console.services.refresh.refreshNow();
    for (let time = 0; time < 5; time += 1) {
      console.services.refresh.nudge();
      await settled();
    }
    expect(refreshes(console)).toBe(1);
    expect(await nextTry(console, seconds * second + hour)).toBeGreaterThanOrEqual(seconds * second);
  });

  it.each(['120', '7200', '9'.repeat(300)])(
    'waits for a Retry-After of %s from the address of the keys',
    async (pause) => {
      const console = await licensed();
      const unknown = await TokenSigner.create('ES256', 'new-key');
      const access_token = await unknown.sign({ iss: 'x' });
      console.server.rotates = false;
      console.server.fault = (endpoint) =>
        endpoint === 'token'
          ? json(200, { access_token, token_type: 'Bearer' })
          : endpoint === 'keys'
            ? html(503, { 'retry-after': pause })
            : undefined;
      await console.services.refresh.refreshNow();
      expect(failureOf(console)).toBe('signing_keys_unavailable');
      const askedSeconds = Math.min(86_400, Number(pause));
      const triedMs = await nextTry(console, askedSeconds * second + hour);
      expect(triedMs).toBeGreaterThanOrEqual(askedSeconds * second);
    },
  );

  it('is repeated within 2 to 10 s after a lost response, then with the usual back-off', async () => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? noAnswer('request_timeout') : undefined);
    await console.services.refresh.refreshNow();
    const quick = await nextTry(console, hour);
    expect(quick).toBeGreaterThanOrEqual(2 * second);
    expect(quick).toBeLessThanOrEqual(10 * second);
    expect(await nextTry(console, hour)).toBeGreaterThan(10 * second);
  });

  it('has no quick retry if the request did not reach the server', async () => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? noAnswer('network_unreachable', false) : undefined);
    await console.services.refresh.refreshNow();
    expect(await nextTry(console, hour)).toBeGreaterThan(10 * second);
  });

  it.each<[string, HttpOutcome, number, number]>([
    ['a redirect', noAnswer('unexpected_redirect', false), 1, 0],
    ['no network', noAnswer('network_unreachable', false), 1, 0],
    ['503, which asks for a pause', html(503), 0, 1],
    ['a refusal by the server', json(400, { error: 'invalid_scope' }), 0, 0],
  ])('reads the metadata after %s: %d × at once, %d × before the next try', async (_name, failed, atOnce, times) => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? failed : undefined);
    const first = console.server.count('metadata');
    await console.services.refresh.refreshNow();
    expect(console.server.count('metadata') - first).toBe(atOnce);
    console.server.fault = () => undefined;
    const before = console.server.count('metadata');
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.server.count('metadata') - before).toBe(times);
  });

  it('reads no metadata before the quick retry after a lost response, since the server may repeat it for only a moment', async () => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? noAnswer('request_timeout') : undefined);
    const before = console.server.count('metadata');
    await console.services.refresh.refreshNow();
    expect(console.server.count('metadata') - before).toBe(0);
    expect(await nextTry(console, hour)).toBeLessThanOrEqual(10 * second);
    expect(console.server.count('metadata') - before).toBe(1);
  });

  it('gets a response that was lost after hours of silence again within the server’s grace period', async () => {
    const console = await licensed();
    console.server.reuseGraceSeconds = 30;
    console.server.fault = (endpoint) => (endpoint === 'token' ? noAnswer('request_timeout') : undefined);
    for (let time = 0; time < 8; time += 1) await nextTry(console, 7 * day);
    let lost = 0;
    console.server.fault = (endpoint) =>
      endpoint === 'token' && ++lost === 1 ? { after: noAnswer('network_unreachable') } : undefined;
    for (let time = 0; time < 2; time += 1) await nextTry(console, hour);
    expect(failureOf(console)).toBeUndefined();
    expect(console.canRefresh).toBe(true);
  });

  it.each([
    ['lost', 'network_unreachable'],
    ['damaged', 'connection_damaged'],
  ] as const)(
    'gets a response that was %s after a rotation again within the server’s grace period',
    async (_how, code) => {
      const console = await licensed();
      console.server.reuseGraceSeconds = 30;
      let lost = 0;
      console.server.fault = (endpoint) =>
        endpoint === 'token' && ++lost === 1 ? { after: noAnswer(code) } : undefined;
      await console.services.refresh.refreshNow();
      expect(failureOf(console)).toBe(code);
      await nextTry(console, hour);
      expect(failureOf(console)).toBeUndefined();
      expect(console.canRefresh).toBe(true);
    },
  );

  it.each([
    [0, 0],
    [0.5, 150 * second],
    [0.999, 300 * second],
  ])('is tried within 5 min after the network came back (random %d)', async (random, waitMs) => {
    const console = await licensed();
    console.server.fault = () => noAnswer('network_unreachable', false);
    await console.services.refresh.refreshNow();
    console.server.fault = () => undefined;
    console.random = random;
    console.services.refresh.reconnected();
    console.services.refresh.plan();
    const nextAt = console.services.refresh.view().nextRefreshAt ?? 0;
    expect(nextAt - console.trustedTime.evaluate().judgedAt).toBeLessThanOrEqual(waitMs);
    expect(await nextTry(console, hour)).toBeLessThanOrEqual(waitMs + second);
    expect(failureOf(console)).toBeUndefined();
  });

  it('is tried at once after the network came back if the token has expired', async () => {
    const console = await licensed();
    console.server.fault = () => noAnswer('network_unreachable', false);
    await console.timer.advance(8 * day);
    expect(console.services.license.view()?.evaluation.token.state).toBe('expired');
    console.server.fault = () => undefined;
    console.random = 0.9;
    console.services.refresh.reconnected();
    expect(await nextTry(console, hour)).toBeLessThanOrEqual(second);
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
  });

  it.each(['invalid_client', 'unauthorized_client'] as const)(
    'is tried again within an hour after %s, since the server may be fixed overnight',
    async (code) => {
      const console = await licensed();
      console.server.fault = (endpoint) => (endpoint === 'token' ? json(400, { error: code }) : undefined);
      for (let time = 0; time < 8; time += 1) await nextTry(console, 2 * hour + 7 * day);
      expect(failureOf(console)).toBe(code);
      expect(refreshes(console)).toBe(8);
      console.server.fault = () => undefined;
      expect(await nextTry(console, 2 * hour)).toBeLessThanOrEqual(hour + second);
      expect(failureOf(console)).toBeUndefined();
    },
  );

  it('is tried at once after a person solved the problem', async () => {
    const console = await licensed();
    console.server.fault = () => noAnswer('network_unreachable', false);
    await console.services.refresh.refreshNow();
    console.server.fault = () => undefined;
    console.services.refresh.nudge();
    await until(() => failureOf(console) === undefined, 'a good refresh');
    expect(console.canRefresh).toBe(true);
  });

  it('T8: keeps the server’s reason for invalid_grant, also in the history, bounded and clean', async () => {
    const console = await licensed();
    const reason = `The session\nwas \u202eended ${'x'.repeat(1000)}`;
    console.server.fault = (endpoint) =>
      endpoint === 'token' ? json(400, { error: 'invalid_grant', error_description: reason }) : undefined;
    await console.services.refresh.refreshNow();
    const detail = expect.stringMatching(/^The session was ended x{100,}…$/);
    expect(console.services.refresh.view().lastFailure).toMatchObject({ code: 'invalid_grant', detail });
    expect(console.events.at(-1)).toEqual({ kind: 'refresh_failed', code: 'invalid_grant', detail });
    await console.restart();
    expect(console.services.refresh.view().lastFailure).toMatchObject({ code: 'invalid_grant', detail });
  });

  it.each([
    ['invalid_grant', json(400, { error: 'invalid_grant' })],
    ['interaction_required', json(400, { error: 'interaction_required', error_description: 'AADSTS50076' })],
    ['consent_required', json(400, { error: 'consent_required' })],
    ['login_required', json(400, { error: 'login_required' })],
    ['account_selection_required', json(400, { error: 'account_selection_required' })],
    ['bad_refresh_token', json(200, { error: 'bad_refresh_token' })],
    ['invalid_refresh_token', json(401, { error: 'invalid_refresh_token' })],
  ])('T8: stops the automatic tries after %s and keeps the license until its exp', async (error, outcome) => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? outcome : undefined);
    await console.services.refresh.refreshNow();
    expect(console.services.refresh.view().lastFailure).toMatchObject({ code: 'invalid_grant', facts: { error } });
    expect(console.timer.count).toBe(0);
    console.services.refresh.nudge();
    console.services.refresh.plan();
    await console.timer.advance(3 * day);
    expect(refreshes(console)).toBe(1);
    expect(console.kept).not.toBeNull();
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
    expect(console.services.refresh.view()).not.toHaveProperty('nextRefreshAt');
    await console.restart(2 * day);
    await console.timer.advance(day);
    expect(refreshes(console)).toBe(1);
    expect(console.services.license.view()?.details.serverId).toBe('store-014');
  });

  it.each<[string, HttpOutcome, string]>([
    ['no network', noAnswer('network_unreachable', false), 'invalid_grant'],
    ['a captive portal', html(200), 'invalid_grant'],
    ['a server that is busy', json(429, {}), 'invalid_grant'],
    ['a page that is too large', noAnswer('response_too_large'), 'invalid_grant'],
    ['half an answer', answer(200, '{"access_token":', { 'content-type': 'application/json' }), 'invalid_grant'],
    ['a server that no longer knows the client', json(401, { error: 'invalid_client' }), 'invalid_client'],
  ])('has the right failure code after invalid_grant and a manual try that meets %s', async (_name, outcome, code) => {
    const console = await licensed();
    for (const grant of console.server.grants) grant.revoked = true;
    await console.services.refresh.refreshNow();
    expect(failureOf(console)).toBe('invalid_grant');
    console.server.fault = () => outcome;
    expect((await console.services.refresh.refreshNow()).ok).toBe(false);
    expect(failureOf(console)).toBe(code);
    expect(console.timer.count).toBe(code === 'invalid_grant' ? 0 : 1);
  });

  it('is followed by automatic tries again after invalid_grant and a re-acquisition', async () => {
    const console = await licensed();
    for (const grant of console.server.grants) grant.revoked = true;
    await console.services.refresh.refreshNow();
    await console.acquire();
    expect(failureOf(console)).toBeUndefined();
    await nextTry(console, 7 * day);
    expect(failureOf(console)).toBeUndefined();
    expect(console.canRefresh).toBe(true);
  });

  it('keeps its next due time after a restart', async () => {
    const console = await licensed();
    console.server.fault = (endpoint) => (endpoint === 'token' ? html(503, { 'retry-after': '1800' }) : undefined);
    await console.services.refresh.refreshNow();
    await console.restart();
    expect(await nextTry(console, 2 * hour)).toBeGreaterThanOrEqual(1800 * second);
  });

  it('S4: does not happen because the disk is full', async () => {
    const console = await licensed();
    console.documents.writable = false;
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.canRefresh).toBe(true);
    const { license } = await console.restart();
    expect(license.view()?.details.serverId).toBe('store-014');
    expect(console.canRefresh).toBe(true);
  });
});

describe('T1: refreshing under a wrong clock', () => {
  it('a failure under a clock 10 years ahead does not delay the next try once the clock is right', async () => {
    const console = await licensed();
    console.clock.wallErrorMs = 3650 * day;
    await console.restart(day);
    console.server.fault = () => noAnswer('network_unreachable', false);
    await nextTry(console, hour);
    expect(failureOf(console)).toBe('network_unreachable');
    console.clock.wallErrorMs = 0;
    console.server.fault = () => undefined;
    await console.restart(hour);
    expect(await nextTry(console, day)).toBeLessThanOrEqual(hour);
    expect(failureOf(console)).toBeUndefined();
  });

  it('a clock a year behind at start does not delay the refresh once the server gave its time', async () => {
    const console = await licensed();
    const { trustedAt: _, seal: __, ...record } = JSON.parse(console.documents.files.get('license.p1') ?? '');
    console.documents.files.set('license.p1', JSON.stringify(record));
    console.clock.wallErrorMs = -365 * day;
    await console.restart(5 * day);
    await console.services.license.contactServer();
    expect(await nextTry(console, day)).toBeLessThanOrEqual(hour);
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
  });
});

describe('a server that issues no refresh token (RFC 6749 §5.1)', () => {
  const withoutRefreshTokens = () =>
    licensed((console) => {
      console.server.issuesRefreshTokens = false;
    });

  it('gives a license that is never refreshed: not when due, on a click, after waking up or at a start', async () => {
    const console = await withoutRefreshTokens();
    const { refresh } = console.services;
    expect(refresh.view()).toEqual({
      refreshing: false,
      lastRefreshedAt: console.clock.realAt,
      withoutRefreshToken: true,
    });
    refresh.nudge();
    expect(refresh.reconnected()).toBe(false);
    expect(await refresh.refreshNow()).toMatchObject({
      ok: false,
      failure: { code: 'no_refresh_token', remedy: 'authorize_again' },
    });
    await console.restart(day);
    await console.timer.advance(8 * day);
    expect(console.services.refresh.view()).not.toHaveProperty('nextRefreshAt');
    expect(refreshes(console)).toBe(0);
    expect(console.events.filter(({ kind }) => kind === 'refresh_failed')).toEqual([]);
    expect(failureOf(console)).toBeUndefined();
  });

  it('has the data of an earlier version corrected at start', async () => {
    const console = await withoutRefreshTokens();
    const kept = console.documents.read('license.p1');
    if (kept.state !== 'present') throw new Error(kept.state);
    const { withoutRefreshToken, ...earlier } = kept.document as Record<string, unknown>;
    expect(withoutRefreshToken).toBe(true);
    const lastFailure = { code: 'invalid_grant', remedy: 'authorize_again' };
    console.documents.write('license.p1', { ...earlier, lastFailure, lastFailureAt: 0 });
    await console.restart();
    expect(console.services.license.record).toMatchObject({ withoutRefreshToken: true });
    expect(failureOf(console)).toBeUndefined();
  });

  it('may issue refresh tokens at a later authorization, and refreshing starts or stops with them', async () => {
    const console = await withoutRefreshTokens();
    for (const issues of [true, false, true]) {
      console.server.issuesRefreshTokens = issues;
      await console.acquire();
      expect(console.services.refresh.view().withoutRefreshToken).toBe(issues ? undefined : true);
      expect((await console.services.refresh.refreshNow()).ok).toBe(issues);
    }
  });

  it('is not assumed because of a wrong record if the keychain holds a refresh token', async () => {
    const console = await licensed();
    const kept = console.documents.read('license.p1');
    if (kept.state !== 'present') throw new Error(kept.state);
    console.documents.write('license.p1', { ...(kept.document as object), withoutRefreshToken: true });
    await console.restart(5 * day);
    expect(await nextTry(console, hour)).toBeLessThanOrEqual(second);
  });
});
