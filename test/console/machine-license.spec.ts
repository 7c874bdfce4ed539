import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { MachineLicenseMarkers } from '../../src-main/adapters/disk/machine-license-marker.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { storedLicense } from './real-keychain.ts';

const device = 'Store 014';
let server: AuthorizationServer;
let app: ConsoleApp;
let folder: string;

test.describe('@machine S5', () => {
  test.beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'license-console-machine-'));
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  });
  test.afterEach(async () => {
    await app.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const launch = (options: { userData?: string; machineFolder?: string } = {}) =>
    ConsoleApp.launch({
      ...(options.userData ? { userData: options.userData } : { issuer: server.issuer, serverName: device }),
      env: { FLC_TEST_MACHINE_FOLDER: options.machineFolder ?? folder },
    });
  const notice = (text: string) => app.page.locator('.notice').filter({ hasText: text });
  const markers = async () =>
    (await new MachineLicenseMarkers({ path: folder, accountOf: null }, 'somebody else').readOthers()).markers;

  test('S5: licensed: the other accounts see server and account but no secret; removed: nothing is left', async () => {
    app = await launch();
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect.poll(async () => (await markers()).length).toBe(1);
    const [marker] = await markers();
    expect(marker?.servers).toMatchObject([
      { issuer: server.issuer, serverName: device, serverId: 'store-014-8f0c2d17', edition: 'store' },
    ]);
    const content = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
    const { accessToken, refreshToken = '?' } = (await storedLicense(app.userData)) ?? { accessToken: '?' };
    for (const secret of [accessToken, refreshToken]) expect(content).not.toContain(secret);
    expect((await app.state()).markerWritten).toBe(true);
    expect(await app.call('license.remove', { hereOnly: false })).toMatchObject({ ok: true });
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  test("S5: another account's license is shown as such, from the first start on; licensing here is still possible", async () => {
    const held = { issuer: server.issuer, serverId: 'store-014', edition: 'store', profileId: 'p1' } as const;
    await new MachineLicenseMarkers({ path: folder, accountOf: null }, 'manager').keepOwn([
      { ...held, serverName: device },
    ]);
    app = await ConsoleApp.launch({ env: { FLC_TEST_MACHINE_FOLDER: folder } });
    const said = "The account manager holds this computer's license: Store 014";
    await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
    await expect(notice(said)).toBeVisible();
    await app.close();

    app = await launch();
    await expect(notice(said)).toBeVisible();
    await expect(notice('Licensing here as well would use a second license.')).toBeVisible();
    await expect(app.status).toHaveText('Licensed by another account');
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect(notice(said)).toBeHidden();
    await expect.poll(async () => (await markers()).length).toBe(2);
  });

  test('S5: the console says so if it cannot read the shared folder', async () => {
    app = await launch({ machineFolder: join(folder, 'x'.repeat(300)) });
    await expect(
      notice('The console cannot see whether another account on this computer holds a license'),
    ).toBeVisible();
  });

  test('S5: a shared folder that is missing: the license works, and the settings say that other accounts cannot see it', async () => {
    app = await launch({ machineFolder: join(folder, 'missing') });
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect.poll(async () => (await app.state()).markerWritten).toBe(false);
    await app.page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
    await expect(app.page.getByText('Other accounts on this computer cannot see')).toBeVisible();
  });
});
