import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthorizationServer,
  startAuthorizationServer,
} from '../../../authorization-server/authorization-server.ts';
import type { RequestEntry } from '../../../authorization-server/request-log.ts';
import { ConsoleAtSandbox } from '../../../fakes/console-at-sandbox.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { settled } from '../../../fakes/until.ts';

const device = 'Store 014';
const hourMs = 3_600_000;

let server: AuthorizationServer;
beforeAll(async () => {
  server = await startAuthorizationServer();
});
beforeEach(() => {
  server.control.reset();
  // No second poll comes before an hour: a nonce that counted as one would end in slow_down.
  server.control.configure({ dpopNonceRequired: true, interval: { announce: 1, enforceSeconds: 3_600 } });
});
afterAll(() => server.close());

const asked = (endpoint: 'token' | 'revocation') => server.control.requests({ endpoint }).requests;
const grants = () => server.control.grantsOfDevice({ device }).grants;
const outcomes = (requests: RequestEntry[]) => requests.map(({ error, status }) => error ?? String(status));
const claimsOf = (token = '') => JSON.parse(atob(token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''));

describe('a license that is bound to a key (RFC 9449), at the sandbox server', () => {
  it('is acquired with one extra request for the nonce, and its key is stored in the same write as its tokens', async () => {
    const console = new ConsoleAtSandbox(server, { dpop: true });
    expect(await console.acquire(device)).toBe('licensed');
    expect(outcomes(asked('token'))).toEqual(['use_dpop_nonce', '200']);
    const keyThumbprint = asked('token')[1]?.proof?.keyThumbprint;
    expect(claimsOf(console.kept?.accessToken).cnf).toEqual({ jkt: keyThumbprint });
    expect(console.kept?.dpopKey).toMatchObject({ kty: 'EC', crv: 'P-256' });
    const writes = console.secrets.calls.filter(
      ({ operation, name }) => operation === 'write' && name === 'license.p1',
    );
    expect(writes).toHaveLength(1);
    const elsewhere = [...console.documents.files.values(), JSON.stringify(console.services.acquisition.view())].join();
    expect(elsewhere).not.toContain(console.kept?.dpopKey?.d ?? '');
  });

  it('is refreshed and revoked with that key, and each proof has its own jti', async () => {
    const console = new ConsoleAtSandbox(server, { dpop: true });
    await console.acquire(device);
    const { refreshToken, dpopKey } = console.kept ?? {};
    for (let times = 0; times < 3; times += 1) expect(await console.refresh()).toBe('refreshed');
    expect(console.kept?.refreshToken).not.toBe(refreshToken);
    expect(console.kept?.dpopKey).toEqual(dpopKey);
    expect(await console.services.license.remove(false)).toEqual({ ok: true, value: { revoked: true } });
    expect(grants()).toEqual([]);
    const requests = [...asked('token'), ...asked('revocation')];
    expect(outcomes(requests)).toEqual(['use_dpop_nonce', '200', '200', '200', '200', '200']);
    const proofs = requests.map(({ proof }) => proof);
    expect(new Set(proofs.map((proof) => proof?.keyThumbprint)).size).toBe(1);
    expect(new Set(proofs.map((proof) => proof?.jti)).size).toBe(6);
  });

  it('keeps its key after a restart even if the setting is turned off, until it is acquired again', async () => {
    const console = new ConsoleAtSandbox(server, { dpop: true });
    await console.acquire(device);
    const { dpopKey } = console.kept ?? {};
    await console.restart({ dpop: false });
    // Nonces are not kept: the new process is asked for one.
    expect(await console.refresh()).toBe('refreshed');
    expect(outcomes(asked('token')).slice(2)).toEqual(['use_dpop_nonce', '200']);
    expect(console.kept?.dpopKey).toEqual(dpopKey);
    expect(await console.acquire(device)).toBe('licensed');
    expect(console.kept).not.toHaveProperty('dpopKey');
    expect(claimsOf(console.kept?.accessToken)).not.toHaveProperty('cnf');
    expect(grants()).toHaveLength(1);
    expect(await console.refresh()).toBe('refreshed');
    expect(asked('token').at(-1)).not.toHaveProperty('proof');
  });

  it('stays without a key if it was acquired without one, even after the setting is turned on', async () => {
    const console = new ConsoleAtSandbox(server);
    await console.acquire(device);
    await console.restart({ dpop: true });
    expect(await console.refresh()).toBe('refreshed');
    expect(console.kept).not.toHaveProperty('dpopKey');
    expect(asked('token').some(({ proof }) => proof !== undefined)).toBe(false);
    await console.acquire(device);
    expect(claimsOf(console.kept?.accessToken).cnf).toHaveProperty('jkt');
  });

  it.each([
    // The stored mark shows that the clock is behind, and the server's next answer shows that it is ahead.
    ['behind', -26 * hourMs, ['unsupported_grant_type', '200', '200']],
    ['ahead', 26 * hourMs, ['use_dpop_nonce', '200', '200']],
  ] as const)(
    'P6: gets proofs that follow trusted time while the clock is 26 h %s',
    async (_name, wallErrorMs, afterRestart) => {
      server.control.configure({ dpopNonceRequired: false });
      const console = new ConsoleAtSandbox(server, { dpop: true });
      console.clock.wallErrorMs = wallErrorMs;
      await console.restart({ dpop: true });
      expect(await console.acquire(device)).toBe('licensed');
      expect(await console.refresh()).toBe('refreshed');
      await console.restart();
      expect(await console.refresh()).toBe('refreshed');
      expect(await console.refresh()).toBe('refreshed');
      // The console asks for the time before it makes a proof.
      expect(outcomes(asked('token'))).toEqual(['unsupported_grant_type', '200', '200', ...afterRestart]);
      for (const { proof } of asked('token').filter(({ error }) => error === undefined))
        expect(Math.abs((proof?.issuedAt ?? 0) - Date.now() / 1000)).toBeLessThan(300);
    },
  );
});

describe('a token that is not bound as requested: token_not_bound', () => {
  const otherKey = { cnf: { jkt: 'A'.repeat(43) } };

  it('is not stored if it is bound to another key, and its grant is revoked', async () => {
    server.control.overrideClaims({ device, set: otherKey });
    const console = new ConsoleAtSandbox(server, { dpop: true });
    expect(await console.acquire(device)).toBe('token_not_bound');
    expect(console.kept).toBeNull();
    expect(grants()).toEqual([]);
    expect(asked('revocation').map(({ proof }) => proof?.keyThumbprint)).toEqual([
      asked('token')[1]?.proof?.keyThumbprint,
    ]);
  });

  it('is refused if it is bound to a key although none was requested', async () => {
    server.control.overrideClaims({ device, set: otherKey });
    expect(await new ConsoleAtSandbox(server).acquire(device)).toBe('token_not_bound');
    expect(grants()).toEqual([]);
  });

  it('leaves the license as it is if it comes with a refresh, keeps the new refresh token, and a later good token is accepted', async () => {
    const console = new ConsoleAtSandbox(server, { dpop: true });
    await console.acquire(device);
    const before = console.kept;
    for (const change of [{ set: otherKey }, { drop: ['cnf'] }]) {
      server.control.overrideClaims({ device, ...change });
      expect(await console.refresh()).toBe('token_not_bound');
    }
    expect(console.kept?.accessToken).toBe(before?.accessToken);
    expect(console.kept?.refreshToken).not.toBe(before?.refreshToken);
    expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
    server.control.clearClaimOverrides();
    expect(await console.refresh()).toBe('refreshed');
    expect(console.kept?.accessToken).not.toBe(before?.accessToken);
  });

  it('is refused and its grant is revoked if the server does not know DPoP', async () => {
    const console = await ConsoleAtWork.create({ dpop: true });
    await expect(console.acquire()).rejects.toThrow('token_not_bound');
    expect(console.kept).toBeNull();
    await settled();
    expect(console.server.openGrants).toEqual([]);
    expect(console.services.license.view()).toBeNull();
  });
});

describe('a DPoP key of which the keychain holds only a part', () => {
  it('ends a refresh with secret_store_damaged, and nothing is deleted', async () => {
    const console = new ConsoleAtSandbox(server, { dpop: true });
    await console.acquire(device);
    const kept = console.secrets.entries.get('license.p1') ?? '';
    console.secrets.entries.set('license.p1', kept.replace(/"d":"./, '"d":"'));
    expect(await console.refresh()).toBe('secret_store_damaged');
    expect(console.services.license.view()).not.toBeNull();
    console.secrets.entries.set('license.p1', kept);
    expect(await console.refresh()).toBe('refreshed');
  });
});
