import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { OtherKeychain } from './other-keychain.ts';
import { copyKeychain } from './real-keychain.ts';

const device = 'Store 014';
const reason = 'It was removed, or a copy of this installation is using it';
let server: AuthorizationServer;
let keychain: OtherKeychain;
let original: ConsoleApp;
let copy: ConsoleApp;

const tokensAsked = () => server.control.requests({ endpoint: 'token' }).requests.length;
const refresh = (app: ConsoleApp) => app.call('license.check');

test.describe('@clone T8', () => {
  test.skip(process.platform !== 'linux', 'The second keychain is one of Linux');

  test.beforeEach(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    keychain = await OtherKeychain.start('gnome-keyring-daemon');
  });
  test.afterEach(async () => {
    await Promise.all([original.close(), copy.close()]);
    await keychain.close();
    await server.close();
  });

  /** Starts a store's console and a second one on a copy of its disk. */
  async function cloneDisk(): Promise<void> {
    original = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await original.authorizeAt(server.control, device);
    await expect(original.field('licenseStatus')).toHaveText('Licensed');
    const { userData } = original;
    await original.close();
    const copied = mkdtempSync(join(tmpdir(), 'license-console-copy-'));
    cpSync(userData, copied, { recursive: true, verbatimSymlinks: true });
    await copyKeychain(userData, keychain.busAddress);
    original = await ConsoleApp.launch({ userData });
    copy = await launchCopy(copied);
    for (const app of [original, copy]) await expect(app.status).toHaveText('Licensed');
  }

  const launchCopy = (userData: string) =>
    ConsoleApp.launch({ userData, env: { DBUS_SESSION_BUS_ADDRESS: keychain.busAddress } });

  async function authorizeAgain(app: ConsoleApp): Promise<void> {
    await app.button('Authorize again').click();
    await app.userCode.waitFor();
    await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
    await expect(app.failure('invalid_grant')).toBeHidden();
    await expect.poll(async () => (await app.state()).acquisition.state).toBe('idle');
  }

  test('T8: both refresh: the loser shows why and asks once, the license stays, and neither repeats its requests', async ({
    openGrants,
  }) => {
    openGrants.mayStayOpen('the keychain is gone');
    await cloneDisk();
    expect(await refresh(original)).toMatchObject({ ok: true });
    expect(await refresh(copy)).toMatchObject({ ok: false, failure: { code: 'invalid_grant' } });
    await expect(copy.failure('invalid_grant')).toContainText(reason);
    await expect(copy.status).toHaveText('Licensed');

    // Neither a new start nor opening the window makes the losing console send a request.
    const asked = tokensAsked();
    const { userData } = copy;
    await copy.close();
    copy = await launchCopy(userData);
    await expect(copy.failure('invalid_grant')).toContainText(reason);
    expect((await copy.state()).refresh.nextRefreshAt).toBeUndefined();
    await expect.poll(async () => (await copy.state()).connection.state).toBe('online');
    expect(tokensAsked()).toBe(asked);

    // Once each has its own authorization, they no longer invalidate each other's.
    await authorizeAgain(copy);
    expect(await refresh(original)).toMatchObject({ ok: false, failure: { code: 'invalid_grant' } });
    await expect(original.failure('invalid_grant')).toContainText(reason);
    await authorizeAgain(original);
    for (const app of [copy, original, copy, original]) {
      expect(await refresh(app)).toMatchObject({ ok: true });
      await expect(app.failure('invalid_grant')).toBeHidden();
      await expect(app.status).toHaveText('Licensed');
    }
  });
});

test.describe('@clone roaming', () => {
  test('one account on two computers: the second names the first as the owner, and changes nothing there', async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    const on = (name: string) => ({ env: { FLC_TEST_COMPUTER: name } });
    let app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device, ...on('STORE-PC-1') });
    const { userData } = app;
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await app.close();

    app = await ConsoleApp.launch({ userData, ...on('STORE-PC-2') });
    await expect(app.status).toHaveText('Licensed');
    await expect(app.failure('license_of_another_computer')).toContainText('the computer STORE-PC-1');
    const asked = tokensAsked();
    expect(await refresh(app)).toMatchObject({ ok: false, failure: { code: 'license_of_another_computer' } });
    expect(tokensAsked()).toBe(asked);
    await app.close();

    app = await ConsoleApp.launch({ userData, ...on('STORE-PC-1') });
    await expect(app.failure('license_of_another_computer')).toBeHidden();
    expect(await refresh(app)).toMatchObject({ ok: true });
    await app.close();
    await server.close();
  });
});
