import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { onlyProfileId, storedLicense } from './real-keychain.ts';
import { heapSnapshot, processMemory, rendererProcesses } from './renderer-memory.ts';
import { keySecrets, SecretSearch } from './secret-search.ts';

const device = 'Store 014';
const serverId = 'store-014-8f0c2d17';
const intervalMs = 1_000;

let server: AuthorizationServer;
let app: ConsoleApp;

test.describe('@security DPoP (RFC 9449)', () => {
  // All tests share one license, so they run in order.
  test.describe.configure({ mode: 'serial' });
  test.beforeAll(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ dpopNonceRequired: true, interval: { announce: 1, enforceSeconds: 1 } });
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
  });
  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  const asked = (endpoint: 'token' | 'revocation') => server.control.requests({ endpoint }).requests;
  const settings = () =>
    JSON.parse(readFileSync(join(app.userData, 'settings.json'), 'utf8')) as {
      profiles: Record<string, { dpop?: boolean }>;
    };

  test('turned on under Advanced: a license bound to a key, refreshed twice, with a nonce and a jti each, no poll too early', async () => {
    await turnOn();
    expect(settings().profiles[onlyProfileId(app.userData)]?.dpop).toBe(true);
    await app.button('Next').click();
    await app.userCode.waitFor();
    // Waits for two answered polls before the code is authorized.
    await expect.poll(() => asked('token').filter(({ error }) => error === 'authorization_pending').length).toBe(2);
    await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const acquired = await storedLicense(app.userData);
    for (let times = 0; times < 2; times += 1) expect(await app.call('license.check')).toMatchObject({ ok: true });
    const refreshed = await storedLicense(app.userData);

    expect(refreshed?.refreshToken).not.toBe(acquired?.refreshToken);
    expect(refreshed?.accessToken).not.toBe(acquired?.accessToken);
    expect(refreshed?.dpopKey).toEqual(acquired?.dpopKey);
    const requests = asked('token');
    expect(requests.map(({ error, status }) => error ?? status)).toEqual([
      'use_dpop_nonce',
      ...requests.slice(1, -3).map(() => 'authorization_pending'),
      200,
      200,
      200,
    ]);
    const proofs = requests.map(({ proof }) => proof);
    expect(proofs.map((proof) => proof?.nonce !== undefined)).toEqual(requests.map((_request, nth) => nth > 0));
    expect(new Set(proofs.map((proof) => proof?.jti)).size).toBe(requests.length);
    const boundTo = [acquired, refreshed].map((license) => confirmationOf(license?.accessToken));
    expect(boundTo).toEqual([proofs[0]?.keyThumbprint, proofs[0]?.keyThumbprint]);
    expect(new Set(proofs.map((proof) => proof?.keyThumbprint)).size).toBe(1);
    // The first request, which only got a nonce, starts no interval, so it does not count as a poll.
    const polls = requests.slice(1, -2).map(({ at }) => at);
    for (const [nth, at] of polls.slice(1).entries())
      expect(at - (polls[nth] ?? 0)).toBeGreaterThanOrEqual(intervalMs - 20);
    console.log(
      `DPoP: ${requests.length} token requests, ${requests.length} proofs, ${polls.length} polls, none too early`,
    );
  });

  test('E8: its key is only in the keychain, not on the screen, in its memory, the settings or the log', async () => {
    const license = await storedLicense(app.userData);
    const secrets = keySecrets(license);
    expect([...secrets.keys()]).toEqual(['dpop_key', 'dpop_key as bytes']);
    const search = new SecretSearch(secrets);
    // Proves that the search works: it must find the key where it is.
    expect(search.findIn(Buffer.from(JSON.stringify(license)))).toEqual(['dpop_key', 'dpop_key as bytes']);
    expect(search.findIn(Buffer.from(license?.dpopKey?.d ?? '', 'base64url'))).toEqual(['dpop_key as bytes']);
    const control = new SecretSearch(new Map([['Server ID', serverId]]));
    const heap = await heapSnapshot(app.electron, 'fusion-console:');
    expect(control.findIn(heap)).toEqual(['Server ID']);
    const places: Buffer[] = [heap, Buffer.from(JSON.stringify(await app.state()))];
    for (const [pid, shows] of await rendererProcesses(app.electron)) {
      const memory = processMemory(pid);
      if (shows === 'fusion-console:') expect(control.findIn(memory)).toEqual(['Server ID']);
      places.push(memory);
    }
    expect(places.flatMap((bytes) => search.findIn(bytes))).toEqual([]);
    const { files, found } = search.findBelow(app.userData);
    await expect.poll(() => app.log()).toContain('"path":"/token"');
    expect(found).toEqual([]);
    console.log(
      `E8: the DPoP key, ${search.patterns} patterns, ${places.length} places and ${files} files, 0 appearances`,
    );
  });

  test('a console that restarts with DPoP turned off keeps using the key, also to revoke', async () => {
    const { userData } = app;
    const key = (await storedLicense(userData))?.dpopKey;
    const { profile } = await app.state();
    expect(await app.call('profile.save', { ...profile, dpop: false })).toMatchObject({ ok: true });
    await app.close();
    app = await ConsoleApp.launch({ userData });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    server.control.clearRequests();
    expect(await app.call('license.check')).toMatchObject({ ok: true });
    expect(asked('token').map(({ error, status }) => error ?? status)).toEqual(['use_dpop_nonce', 200]);
    expect((await storedLicense(userData))?.dpopKey).toEqual(key);
    expect(await app.call('license.remove', { hereOnly: false })).toMatchObject({ ok: true });
    expect(server.control.grantsOfDevice({ device }).grants).toEqual([]);
    expect(asked('revocation').map(({ proof }) => proof?.keyThumbprint)).toEqual([
      asked('token')[0]?.proof?.keyThumbprint,
    ]);
  });

  test('a server that issues a token for another key: a message says so, nothing is kept, and the grant is revoked', async () => {
    await app.bindToKey();
    server.control.overrideClaims({ device, set: { cnf: { jkt: 'A'.repeat(43) } } });
    await app.call('license.dismiss_removal');
    await app.authorizeAt(server.control, device);
    await expect(app.failure('token_not_bound')).toContainText("not bound to this computer's key");
    await expect(app.button('Copy details for support').first()).toBeVisible();
    expect(await storedLicense(app.userData)).toBeNull();
    await expect.poll(() => server.control.grantsOfDevice({ device }).grants).toEqual([]);
  });
});

/** Turns DPoP on in the settings, as a person would. */
async function turnOn(): Promise<void> {
  await app.button('Settings').click();
  await app.page.getByText('Advanced', { exact: true }).click();
  const box = app.page.getByRole('checkbox', { name: /DPoP/ });
  await expect(box).not.toBeChecked();
  await expect(box).toHaveAccessibleDescription(/Leave this off unless you were asked to turn it on/);
  await box.check();
  await app.button('Check and save').click();
  await expect(app.page.getByText('Saved.', { exact: true }).first()).toBeVisible();
  await app.button('License').click();
}

/** RFC 9449 §6.1: the thumbprint of the key that a token is bound to. */
function confirmationOf(token = ''): unknown {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    cnf?: { jkt?: unknown };
  };
  return claims.cnf?.jkt;
}
