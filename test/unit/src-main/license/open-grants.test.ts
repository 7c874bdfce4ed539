import { beforeEach, describe, expect, it } from 'vitest';
import { longestOpenMs, mostOpenGrants, OpenGrants, soonestAgainMs } from '../../../../src-main/license/open-grants.ts';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { MemorySecretStore } from '../../../fakes/memory-secret-store.ts';
import { answer, json, noAnswer } from '../../../fakes/scripted-http.ts';
import { settled, until } from '../../../fakes/until.ts';

const name = 'open-grants.p1';
const refusal = json(400, { error: 'unauthorized_client', error_description: 'Not you' });
const passing: readonly [string, HttpOutcome][] = [
  ['no connection', noAnswer('network_unreachable', false)],
  ['a lost response', noAnswer('request_timeout')],
  ['a busy server', answer(503, '')],
  ['a server that asks for a pause', json(429, {})],
];

let console: ConsoleAtWork;
beforeEach(async () => {
  console = await ConsoleAtWork.create();
  await console.acquire();
});

const revocationIs = (outcome: HttpOutcome | undefined) => {
  console.server.fault = (endpoint) => (endpoint === 'revocation' ? outcome : undefined);
};
const revocations = () => console.server.requests.filter(({ endpoint }) => endpoint === 'revocation').length;
const told = () => console.events.filter(({ kind }) => kind === 'revocation_failed' || kind === 'grant_ended');
const keptTokens = () => {
  const value = console.secrets.entries.get(name);
  if (value === undefined) return [];
  return (JSON.parse(value) as { grants: { secrets: { refreshToken: string } }[] }).grants.map(
    ({ secrets }) => secrets.refreshToken,
  );
};

/** Replaces the license, while the server does not end the grant of the previous one. */
async function replaceWhile(outcome: HttpOutcome): Promise<void> {
  revocationIs(outcome);
  const times = told().length;
  await console.acquire();
  await until(() => told().length > times, 'the note');
}

describe('an unused grant that could not be revoked', () => {
  it.each(passing)(
    'is kept in the keychain alone after %s, and the next contact revokes it',
    async (_what, outcome) => {
      const before = console.kept?.refreshToken ?? '?';
      await replaceWhile(outcome);
      expect(told()).toMatchObject([{ kind: 'revocation_failed', of: 'replaced', triesAgain: true }]);
      expect(keptTokens()).toEqual([before]);
      expect([...console.documents.files.values()].join()).not.toContain(before);
      revocationIs(undefined);
      console.clock.advance(soonestAgainMs);
      await console.services.license.contactServer();
      expect(console.server.openGrants.map(({ refreshToken }) => refreshToken)).toEqual([console.kept?.refreshToken]);
      expect(told().at(-1)).toEqual({ kind: 'grant_ended', of: 'replaced' });
      expect(console.secrets.entries.has(name)).toBe(false);
      expect(console.canRefresh).toBe(true);
      const asked = revocations();
      await console.services.license.contactServer();
      expect(revocations()).toBe(asked);
    },
  );

  it('is revoked by a refresh in a later process too', async () => {
    await replaceWhile(answer(503, ''));
    revocationIs(undefined);
    const { refresh } = await console.restart(soonestAgainMs);
    expect(console.server.openGrants).toHaveLength(2);
    expect(await refresh.refreshNow()).toMatchObject({ ok: true });
    await until(() => console.server.openGrants.length === 1, 'the end of the old grant');
    expect(console.canRefresh).toBe(true);
  });

  it('is revoked later if it was issued for the wrong device, before there was a license', async () => {
    await console.services.license.remove(false);
    console.server.device = { device_type: 'register', edition: undefined };
    revocationIs(answer(503, ''));
    await expect(console.acquire()).rejects.toThrow('wrong_device');
    expect(told()).toMatchObject([{ kind: 'revocation_failed', of: 'unused', triesAgain: true }]);
    await console.restart(soonestAgainMs);
    revocationIs(undefined);
    console.server.device = {};
    await console.acquire();
    await until(() => console.server.openGrants.length === 1, 'the end of the unused grant');
    expect(told().at(-1)).toEqual({ kind: 'grant_ended', of: 'unused' });
    expect(console.canRefresh).toBe(true);
  });

  it('is given up if the server refuses to revoke it, at once or at a later try', async () => {
    await replaceWhile(refusal);
    expect(told()).toEqual([
      { kind: 'revocation_failed', of: 'replaced', code: 'revocation_refused', detail: 'Not you' },
    ]);
    expect(keptTokens()).toEqual([]);
    await replaceWhile(answer(503, ''));
    revocationIs(refusal);
    console.clock.advance(soonestAgainMs);
    await console.services.license.contactServer();
    expect(told().at(-1)).toEqual(told()[0]);
    expect(keptTokens()).toEqual([]);
  });

  it('is given up after 30 days, and the event says that it stays open', async () => {
    await replaceWhile(answer(503, ''));
    for (const [openMs, kept] of [
      [longestOpenMs - soonestAgainMs, 1],
      [soonestAgainMs, 0],
    ] as const) {
      console.clock.advance(openMs);
      await console.services.license.contactServer();
      expect(keptTokens()).toHaveLength(kept);
    }
    expect(told().at(-1)).toEqual({ kind: 'revocation_failed', of: 'replaced', code: 'revocation_failed' });
  });

  it(`is one of at most ${mostOpenGrants} that are kept, and the event of one more says that it stays open`, async () => {
    for (let count = 0; count <= mostOpenGrants; count += 1) await replaceWhile(answer(503, ''));
    expect(keptTokens()).toHaveLength(mostOpenGrants);
    expect(told().map((event) => 'triesAgain' in event)).toEqual([...Array(mostOpenGrants).fill(true), false]);
    revocationIs(undefined);
    console.clock.advance(soonestAgainMs);
    await console.services.license.contactServer();
    expect(console.server.openGrants).toHaveLength(2);
  });

  it('waits for the next contact after one failed request, and so do the others', async () => {
    await replaceWhile(answer(503, ''));
    await replaceWhile(answer(503, ''));
    console.clock.advance(soonestAgainMs);
    const asked = revocations();
    await console.services.license.contactServer();
    expect([revocations() - asked, keptTokens().length]).toEqual([1, 2]);
  });

  it('is not revoked if the license in use has the same refresh token', async () => {
    await replaceWhile(answer(503, ''));
    const kept = console.secrets.entries.get(name) ?? '';
    const inUse = console.kept?.refreshToken ?? '?';
    console.secrets.entries.set(name, kept.replace(keptTokens()[0] ?? '?', inUse));
    await console.restart(soonestAgainMs);
    revocationIs(undefined);
    const asked = revocations();
    await console.services.license.contactServer();
    expect([revocations() - asked, keptTokens()]).toEqual([0, []]);
    expect(console.canRefresh).toBe(true);
  });

  it('is revoked even if the clock was far ahead at the first try', async () => {
    await replaceWhile(answer(503, ''));
    const kept = JSON.parse(console.secrets.entries.get(name) ?? '') as { grants: { since: number }[] };
    for (const grant of kept.grants) grant.since += 20 * 365 * 24 * 60 * 60_000;
    console.secrets.entries.set(name, JSON.stringify(kept));
    await console.restart(soonestAgainMs);
    revocationIs(undefined);
    await console.services.license.contactServer();
    expect(told().at(-1)).toEqual({ kind: 'grant_ended', of: 'replaced' });
  });

  it('causes no refresh after refresh if the keychain does not delete it', async () => {
    await replaceWhile(noAnswer('request_timeout'));
    revocationIs(undefined);
    console.secrets.failing((operation, entry) =>
      operation === 'remove' && entry === name ? 'secret_store_refused' : null,
    );
    console.clock.advance(soonestAgainMs);
    const refreshes = () =>
      console.server.requests.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;
    await console.services.refresh.refreshNow();
    const before = refreshes();
    for (let second = 0; second < 10; second += 1) {
      await settled();
      await console.timer.advance(1_000);
    }
    expect(refreshes()).toBe(before);
    expect(keptTokens()).toHaveLength(1);
  });

  it('is not tried while the server does not answer or the keychain fails', async () => {
    await replaceWhile(answer(503, ''));
    await console.restart(soonestAgainMs);
    console.server.fault = () => noAnswer('network_unreachable', false);
    const asked = revocations();
    await console.services.license.contactServer();
    console.server.fault = () => undefined;
    console.secrets.failing('secret_store_locked');
    await console.services.license.readSecrets();
    await console.services.license.contactServer();
    expect(revocations()).toBe(asked);
    expect(console.secrets.calls.filter((call) => call.name === name)).toEqual([]);
  });

  it('does not delay a change of the license while the server is silent', async () => {
    await replaceWhile(answer(503, ''));
    revocationIs(undefined);
    console.clock.advance(soonestAgainMs);
    let askedAt = () => {};
    const reached = new Promise<void>((resolve) => (askedAt = resolve));
    let answerIt = () => {};
    const wait = new Promise<void>((resolve) => (answerIt = resolve));
    const send = console.server.send.bind(console.server);
    console.server.send = async (request) => {
      if (request.url.includes('revo')) {
        askedAt();
        await wait;
      }
      return send(request);
    };
    const contacted = console.services.license.contactServer();
    await reached;
    expect(await console.services.license.exclusively(async () => 'changed')).toBe('changed');
    answerIt();
    await contacted;
    expect(told().at(-1)).toEqual({ kind: 'grant_ended', of: 'replaced' });
  });
});

describe('the open grants in the keychain', () => {
  const grant = {
    of: 'unused',
    since: 0,
    secrets: { accessToken: '', refreshToken: 'r', issuer: 'i', clientId: 'c' },
  } as const;

  it('cannot be kept while the keychain fails, and nothing is overwritten', async () => {
    for (const failing of ['read', 'write'] as const) {
      const secrets = new MemorySecretStore(new Map([[name, '{"version":1,"grants":[]}']]));
      secrets.failing((operation) => (operation === failing ? 'secret_store_locked' : null));
      const grants = new OpenGrants('p1', secrets);
      expect(await grants.keep(grant)).toBe(false);
      expect(await grants.all()).toEqual([]);
      secrets.failing(null);
      expect(await grants.keep(grant)).toBe(true);
      expect(await new OpenGrants('p1', secrets).all()).toEqual([grant]);
    }
  });

  it('survive two changes at the same time', async () => {
    const grants = new OpenGrants('p1', new MemorySecretStore());
    const other = { ...grant, secrets: { ...grant.secrets, refreshToken: 'other' } };
    await grants.keep(grant);
    expect(await Promise.all([grants.drop(grant), grants.keep(other)])).toEqual([true, true]);
    expect(await grants.all()).toEqual([other]);
    await grants.keep(other);
    expect(await grants.all()).toEqual([other]);
  });

  it.each(['', 'null', '{"version":2,"grants":[]}', '{"version":1,"grants":[{}]}'])(
    'are left alone if %j is stored, which is not a list',
    async (value) => {
      const secrets = new MemorySecretStore(new Map([[name, value]]));
      const grants = new OpenGrants('p1', secrets);
      expect(await grants.all()).toEqual([]);
      expect(await grants.keep(grant)).toBe(false);
      expect(secrets.entries.get(name)).toBe(value);
    },
  );
});
