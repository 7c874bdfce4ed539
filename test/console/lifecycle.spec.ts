import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp, type LaunchOptions } from './console-app.ts';

const device = 'Store 014';
/** Short, so that a test can wait for half of it. */
const tokenLifeSeconds = 12;
const day = 86_400_000;

let server: AuthorizationServer;
let app: ConsoleApp;

const refreshes = () =>
  server.control.requests({ endpoint: 'token' }).requests.filter(({ grantType }) => grantType === 'refresh_token')
    .length;
const dialog = () => app.page.getByRole('dialog', { name: 'Keep running without the window?' });

async function launchLicensed(options: LaunchOptions = {}, as = device, status = 'Licensed'): Promise<void> {
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: as, ...options });
  await app.pane();
  await app.authorizeAt(server.control, as);
  await expect(app.field('licenseStatus')).toHaveText(status);
}

test.describe('@lifecycle', () => {
  test.beforeEach(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 }, tokenLifeSeconds });
  });

  test.afterEach(async () => {
    await app.close();
    await server.close();
  });

  test('window closed: the console asks once, then refreshes unattended; a second start shows the window', async () => {
    await launchLicensed();
    await app.closeWindow();
    await expect(dialog()).toBeVisible();
    await app.button('Keep running').click();
    await expect.poll(() => app.windowCount()).toBe(0);
    const before = refreshes();
    await expect.poll(refreshes, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 3);
    await app.startAgain();
    await app.windowOpened();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect((await app.state()).license?.evaluation.token.state).not.toBe('expired');
    await app.closeWindow();
    await expect.poll(() => app.windowCount()).toBe(0);
    await app.startAgain();
    await app.windowOpened();
    // Otherwise the page would ignore later changes as older than its snapshot.
    expect(await app.paintedRevision()).toBeLessThan((await app.state()).revision);
    expect((await app.state()).background.keepsRunning).toBe('yes');
    expect((await app.state()).pane.open).toBe(false);
  });

  test('window closed: Cancel keeps it open; Quit ends the console, and nothing is lost', async () => {
    await launchLicensed();
    await app.closeWindow();
    await dialog().waitFor();
    await app.page.keyboard.press('Escape');
    await expect(dialog()).toBeHidden();
    expect(await app.windowCount()).toBe(1);
    await app.closeWindow();
    await dialog().waitFor();
    const ended = once(app.electron.process(), 'exit');
    await app.button('Quit').click();
    await ended;
    app = await ConsoleApp.launch({ userData: app.userData });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect((await app.state()).background.keepsRunning).toBe('no');
  });

  test('without a license, closing the window ends the console without a question', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.pane();
    const ended = once(app.electron.process(), 'exit');
    await app.closeWindow();
    await ended;
  });

  test('closed with a User Code open: the console asks, keeps running, and the license arrives without a window', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.pane();
    await app.button('Next').click();
    await app.userCode.waitFor();
    const userCode = (await app.userCode.textContent()) ?? '';
    await app.closeWindow();
    await expect(dialog()).toContainText('A User Code is still open');
    await app.button('Keep running').click();
    await expect.poll(() => app.windowCount()).toBe(0);
    await server.control.authorizeCode({ userCode, device });
    await expect.poll(refreshes, { timeout: 60_000 }).toBeGreaterThan(0);
    await app.startAgain();
    await app.windowOpened();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('--background: refreshed without a window, a second start shows it; start at sign-in is a setting', async () => {
    const config = mkdtempSync(join(tmpdir(), 'license-console-config-'));
    const env = { XDG_CONFIG_HOME: config };
    await launchLicensed({ env });
    await app.button('Settings').click();
    await app.page.getByRole('switch', { name: 'Start when I sign in to this computer' }).check();
    const folder = join(config, 'autostart');
    await expect.poll(() => existsSync(folder) && readdirSync(folder)).toHaveLength(1);
    expect(readFileSync(join(folder, 'fusion-license-console.desktop'), 'utf8')).toMatch(/^Exec=".+" "--background"$/m);
    await app.page.getByRole('switch', { name: 'Start when I sign in to this computer' }).uncheck();
    await expect.poll(() => readdirSync(folder)).toHaveLength(0);
    await app.close();

    app = await ConsoleApp.launchInBackground({ userData: app.userData, env });
    const before = refreshes();
    await expect.poll(refreshes, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 2);
    expect(await app.windowCount()).toBe(0);
    await app.startAgain(['--background']);
    expect(await app.windowCount()).toBe(0);
    await app.startAgain();
    await app.windowOpened();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('@field-faults a window next to a console without a display of the same account: the console without a display quits', async () => {
    test.skip(process.platform !== 'linux', 'Other systems have no headless Ozone');
    await launchLicensed();
    await app.close();
    const { userData } = app;
    const { DISPLAY: _, ...env } = process.env as Record<string, string>;
    const service = await ConsoleApp.launchInBackground({ userData, args: ['--ozone-platform=headless'], only: env });
    const ended = service.ended();
    app = await ConsoleApp.launch({ userData });
    await ended;
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const before = refreshes();
    await expect.poll(refreshes, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 1);
  });

  test('without a display, the license is still refreshed in the background', async () => {
    test.skip(process.platform !== 'linux', 'Other systems have no headless Ozone');
    await launchLicensed();
    await app.close();
    const { DISPLAY: _, ...env } = process.env as Record<string, string>;
    app = await ConsoleApp.launchInBackground({
      userData: app.userData,
      args: ['--ozone-platform=headless'],
      only: env,
    });
    const before = refreshes();
    await expect.poll(refreshes, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + 2);
  });

  test('offline: the license is shown and the page warns; back: it recovers unattended', async () => {
    await launchLicensed();
    await server.stop();
    await expect(app.page.getByText('Connect this server to the internet')).toBeVisible({ timeout: 30_000 });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect(app.page.getByText('License token expired').first()).toBeVisible({ timeout: 30_000 });
    await server.start();
    await expect
      .poll(async () => (await app.state()).license?.evaluation.token.state, { timeout: 90_000 })
      .not.toBe('expired');
    await expect(app.page.getByText('License token expired')).toHaveCount(0);
    expect((await app.state()).refresh.lastFailure).toBeUndefined();
  });

  test('renewed at the Authorization server: Licensed after Check License Now', async () => {
    server.control.configure({ tokenLifeSeconds: 86_400 });
    await launchLicensed({}, 'Store 902 (nearly due)', 'Requires Renewal');
    server.control.updateLicense({ id: 'lic-due', expiresOn: '2099-12-31' });
    await app.button('Check License Now').click();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect((await app.state()).license?.evaluation.renewal.state).toBe('licensed');
  });

  test('removed at the Authorization server: authorize again, and the license is shown until it expires', async () => {
    await launchLicensed();
    server.control.revokeDevice({ device });
    await expect(app.page.getByText('Authorize this server again')).toBeVisible({ timeout: 30_000 });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const asked = refreshes();
    await expect
      .poll(async () => (await app.state()).license?.evaluation.token.state, { timeout: 30_000 })
      .toBe('expired');
    await expect(app.field('serverId')).toContainText('store-014');
    expect(refreshes()).toBe(asked);
    await app.button('Authorize again').click();
    await app.userCode.waitFor();
    await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
    await expect(app.page.getByText('Authorize this server again')).toHaveCount(0);
    expect((await app.state()).license?.evaluation.token.state).not.toBe('expired');
  });

  test('the clock is wrong: shown at once, and trusted time decides about the license; right again: the warning is gone', async () => {
    server.control.configure({ tokenLifeSeconds: 86_400 });
    await launchLicensed();
    await app.setClockOffset(-3 * day);
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect(app.page.getByText("This computer's clock is wrong")).toBeVisible();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    expect((await app.state()).license?.evaluation.token.state).toBe('fine');
    await app.setClockOffset(0);
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect(app.page.getByText("This computer's clock is wrong")).toHaveCount(0);
  });

  /** Sends the page a snapshot as from the main process, with something unexpected in it. */
  async function show(changes: object): Promise<void> {
    const { revision, ...state } = await app.state();
    const snapshot = { ...state, revision: revision + 0.5, ...changes };
    await app.electron.evaluate(
      ({ BrowserWindow }, [sent]) => BrowserWindow.getAllWindows()[0]?.webContents.send('event:console.changed', sent),
      [snapshot],
    );
  }

  test('@field-faults a failed part shows a message, does not affect the rest of the window, and can be shown again', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.pane();
    // The results of the checks before Next are snapshots too, and would replace the one of the test.
    await app.checksEnded();
    const failed = app.page.locator('[data-failure-code="page_failed"]');
    const heading = (name: string) => app.page.getByRole('heading', { name, level: 1 });

    await test.step('a page', async () => {
      await show({ notices: null });
      await expect(failed).toBeVisible();
      await expect(failed.getByText('This page could not be shown')).toBeVisible();
      await expect(app.page.getByText(device).first()).toBeVisible();
      await expect.poll(() => app.state().then(({ pane }) => pane.open)).toBe(true);
      await app.button('Copy details for support').click();
      await expect(failed.getByText('Details copied.')).toBeVisible();
      await app.button('Settings').click();
      await expect(heading('Settings')).toBeFocused();
      await expect(failed).toHaveCount(0);
      await show({});
      await app.button('License').click();
      await expect(app.button('Next')).toBeVisible();
      await expect
        .poll(() => app.log(), { timeout: 20_000 })
        .toMatch(/"page_failed","part":"license","error":"TypeError: .+","at":"\S+\.js:\d+:\d+/);
    });

    await test.step('another page, shown again and then loaded', async () => {
      await app.button('Settings').click();
      await show({ notificationSettings: null });
      await expect(failed).toBeVisible();
      await app.button('Show the page again').click();
      await expect(failed).toBeVisible();
      await app.button('Help').click();
      await expect(heading('Help')).toBeVisible();
      await app.button('Settings').click();
      await expect(failed).toBeVisible();
      await show({});
      await app.button('Show the page again').click();
      await expect(failed).toHaveCount(0);
      await show({ notificationSettings: null });
      await expect(failed).toBeVisible();
      await app.button('Show the page again').click();
      await expect(app.button('Next')).toBeVisible();
    });

    await test.step('the window, and after it was loaded', async () => {
      await show({ background: null });
      await expect(failed).toBeVisible();
      await show({});
      await app.button('Show the page again').click();
      await expect(app.button('Next')).toBeVisible();
      await show({ servers: null });
      await expect(app.button('Next')).toBeVisible();
      await app.page.reload();
      await expect(app.button('Next')).toBeVisible();
      await expect(failed).toHaveCount(0);
    });

    await test.step('an address that no QR code can hold', async () => {
      const verificationUriComplete = `${server.issuer}/device?user_code=WDJB-MJHT&${'x'.repeat(4_000)}`;
      const code = { userCode: 'WDJB-MJHT', verificationUri: `${server.issuer}/device`, lifeSeconds: 300 };
      const poll = { intervalSeconds: 5, nextInSeconds: 2 };
      await show({
        acquisition: {
          state: 'awaiting_authorization',
          code: { ...code, verificationUriComplete, remainingSeconds: 200 },
          poll,
        },
      });
      await app.button('Use a phone').click();
      await expect(app.page.getByText(verificationUriComplete)).toBeVisible();
      await expect(app.page.locator('.qr svg')).toHaveCount(0);
      await expect(app.userCode).toBeVisible();
    });
  });
});
