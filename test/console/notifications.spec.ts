import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { sessionKeyring } from './session-keyring.ts';
import { sessionNotifications } from './session-notifications.ts';
import { runCommand } from './terminal.ts';

const device = 'Store 014';
const daySeconds = 86_400;
const soonTitle = `${device}: Connect this server to the internet`;
const backTitle = `${device}: Back to normal`;

let server: AuthorizationServer;
let app: ConsoleApp;
let machine: string;
let events: string;

/** Sets an administrator's program that writes each event to a file as one line. */
function setAdministratorsCommand(): void {
  events = join(machine, 'events.jsonl');
  const source = `require('fs').appendFileSync(process.argv[1], require('fs').readFileSync(0, 'utf8'))`;
  const settings = { notify: { command: [process.execPath, '-e', source, events] } };
  writeFileSync(join(machine, 'notify.json'), JSON.stringify(settings), { mode: 0o644 });
}

const toldAdministrator = (): Record<string, unknown>[] =>
  existsSync(events)
    ? readFileSync(events, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

const titles = async () => (await sessionNotifications.shown()).map(({ title }) => title);

async function licenseIt(status = 'Licensed'): Promise<void> {
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  await app.authorizeAt(server.control, device);
  await expect(app.field('licenseStatus')).toHaveText(status);
}

/** Acquires a license whose token warning starts one minute after issue; then two minutes pass while the server is down. */
async function loseTheServer(tokenLifeSeconds: number): Promise<void> {
  server.control.configure({ tokenLifeSeconds });
  server.control.overrideClaims({ device, set: { token_warning_seconds: tokenLifeSeconds - 60 } });
  await licenseIt();
  await server.stop();
  await app.setClockOffset(120_000);
  await refreshInVain();
}

/** Makes a refresh fail, so that pending notifications are shown. */
async function refreshInVain(): Promise<void> {
  expect(await app.call('license.check')).toMatchObject({ ok: false, failure: { code: 'network_unreachable' } });
}

async function findTheServer(): Promise<void> {
  await server.start();
  await app.setClockOffset(0);
  expect(await app.call('license.check')).toMatchObject({ ok: true });
}

const isFocused = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isFocused()));
const minimize = () =>
  app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.minimize();
  });

test.beforeEach(async () => {
  await sessionNotifications.forget();
  machine = mkdtempSync(join(tmpdir(), 'license-console-machine-'));
  setAdministratorsCommand();
  server = await startAuthorizationServer();
  app = await ConsoleApp.launch({
    issuer: server.issuer,
    serverName: device,
    env: { FLC_TEST_MACHINE_FOLDER: machine },
  });
});
test.afterEach(async () => {
  await app.close();
  await server.close();
  rmSync(machine, { recursive: true, force: true });
});

test('one notification that the server needs the internet, whose click leads to the page, and one when it is back to normal, for an administrator too', async () => {
  await loseTheServer(20 * 3600);
  await expect.poll(() => sessionNotifications.count()).toBe(1);
  for (let turn = 0; turn < 3; turn += 1) await refreshInVain();
  expect(await sessionNotifications.count()).toBe(1);

  await app.page.getByRole('button', { name: 'Settings' }).click();
  const banner = app.page.locator('[data-cause="token_expires_soon"]');
  await expect(banner).toContainText(soonTitle);
  await expect(banner.getByRole('button', { name: 'Snooze until tomorrow' })).toBeHidden();
  await minimize();
  await expect.poll(isFocused).toBe(false);
  await sessionNotifications.click();
  await expect.poll(isFocused).toBe(true);
  await expect(app.field('licenseStatus')).toBeVisible();
  await expect(banner).toBeHidden();

  await findTheServer();
  await expect.poll(toldAdministrator).toHaveLength(2);
  await expect.poll(titles).toEqual([backTitle, soonTitle]);
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  expect(await titles()).toEqual([backTitle, soonTitle]);
  const [shownSoon] = (await sessionNotifications.shown()).slice(-1);
  expect(shownSoon?.body).toMatch(
    /^You can keep selling until .+ \(19 h left\)\. Once connected, it refreshes its license automatically\.$/,
  );

  const state = await app.state();
  expect(toldAdministrator()).toEqual([
    expect.objectContaining({
      version: 1,
      event: 'token_expires_soon',
      server: { name: device, edition: 'store', serverId: state.license?.details.serverId },
      title: soonTitle,
      code: 'network_unreachable',
    }),
    expect.objectContaining({ event: 'back_to_normal', title: backTitle }),
  ]);
  expect(JSON.stringify(toldAdministrator())).not.toMatch(/eyJ/);
});

test('what can wait can be snoozed; the next console remembers which notifications were shown', async () => {
  await loseTheServer(5 * daySeconds);
  await expect.poll(() => sessionNotifications.count()).toBe(1);
  await app.page.getByRole('button', { name: 'Help' }).click();
  const banner = app.page.locator('[data-cause="token_expires_soon"]');
  await banner.getByRole('button', { name: 'Snooze until tomorrow' }).click();
  await expect(banner).toBeHidden();
  const { userData } = app;
  await app.close();
  app = await ConsoleApp.launch({
    userData,
    env: { FLC_TEST_MACHINE_FOLDER: machine, FLC_TEST_CLOCK_OFFSET_MS: '120000' },
  });
  await expect(app.field('licenseStatus')).toBeVisible();
  await refreshInVain();
  await expect
    .poll(async () => (await app.state()).alerts)
    .toMatchObject([{ cause: 'token_expires_soon', snoozedUntil: expect.any(Number) }]);
  expect(await titles()).toEqual([soonTitle]);
  expect(toldAdministrator()).toHaveLength(1);
});

test('one notification of a wrong clock; a click leads to how to set it; one when it is right again', async () => {
  await licenseIt();
  await app.setClockOffset(-400 * daySeconds * 1000);
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  await expect.poll(() => sessionNotifications.count()).toBe(1);
  await sessionNotifications.click();
  await expect(app.page.getByRole('heading', { name: 'The clock is wrong. How do I set it?' })).toBeInViewport();
  await app.setClockOffset(0);
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  await expect.poll(titles).toEqual([backTitle, "This computer's clock is wrong"]);
});

test('a notification of a near renewal date; a click opens the Authorization server next to the license', async () => {
  const renewalDate = new Date(Date.now() + 10 * daySeconds * 1000).toISOString().slice(0, 10);
  server.control.overrideClaims({ device, set: { license_renewal_date: renewalDate } });
  await licenseIt('Requires Renewal');
  await expect.poll(() => sessionNotifications.count()).toBe(1);
  await expect.poll(async () => (await app.state()).pane.open).toBe(false);
  await app.page.getByRole('button', { name: 'Help' }).click();
  await sessionNotifications.click();
  await expect.poll(async () => (await app.state()).pane.open).toBe(true);
  await expect(app.field('licenseStatus')).toBeVisible();
  expect(await titles()).toEqual([`${device}: Renew the license`]);
});

test('one notification of a locked keychain; a click asks for its password; one when it is unlocked', async () => {
  test.skip(process.platform !== 'linux', 'locks the keyring of a Linux session');
  await licenseIt();
  await sessionKeyring.lock();
  expect(await app.call('license.check')).toMatchObject({ ok: false, failure: { code: 'secret_store_locked' } });
  await expect.poll(() => sessionNotifications.count()).toBe(1);
  await sessionNotifications.click();
  await expect.poll(() => sessionKeyring.isPrompting()).toBe(true);
  await sessionKeyring.dismissPrompt();
  await sessionKeyring.unlock();
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  await expect.poll(titles).toEqual([backTitle, `${device}: The keychain is locked`]);
});

test('trouble with another server: the banner and the notification lead to it', async () => {
  await loseTheServer(20 * 3600);
  await expect.poll(() => sessionNotifications.count()).toBe(1);
  const second = await startAuthorizationServer();
  await app.addServer({ issuer: second.issuer, edition: 'store', serverName: 'Store 015' });
  await expect(app.button('Next')).toBeVisible();
  const banner = app.page.locator('[data-cause="token_expires_soon"]');
  await expect(banner).toContainText(soonTitle);
  await banner.getByRole('button', { name: 'Show' }).click();
  await expect(app.field('licenseStatus')).toBeVisible();
  await expect(banner).toBeHidden();
  const { profile, servers } = await app.state();
  expect(profile?.serverName).toBe(device);

  expect(
    await app.call('profile.choose', { id: servers.find(({ serverName }) => serverName === 'Store 015')?.id }),
  ).toMatchObject({ ok: true });
  await expect(banner).toBeVisible();
  await sessionNotifications.click();
  await expect(app.field('licenseStatus')).toBeVisible();
  expect((await app.state()).profile?.serverName).toBe(device);
  await second.close();
});

test('without a window: the notification still appears, and a click opens the window at the right page', async () => {
  await licenseIt();
  const { userData } = app;
  await app.close();
  await server.stop();
  app = await ConsoleApp.launchInBackground({
    userData,
    env: { FLC_TEST_MACHINE_FOLDER: machine, FLC_TEST_CLOCK_OFFSET_MS: String(-400 * daySeconds * 1000) },
  });
  await expect.poll(() => sessionNotifications.count(), { timeout: 60_000 }).toBe(1);
  expect(await app.windowCount()).toBe(0);
  await sessionNotifications.click();
  await app.windowOpened();
  await expect(app.page.getByRole('heading', { name: 'The clock is wrong. How do I set it?' })).toBeInViewport();
  expect(await titles()).toEqual(["This computer's clock is wrong"]);
});

test('lost settings, without a window: people, the administrator and the terminal learn it until the server is set up again', async () => {
  await licenseIt();
  const { userData } = app;
  await app.close();
  for (const file of ['settings.json', 'settings.copy.json']) writeFileSync(join(userData, file), '{"version":');
  const inBackground = () => ConsoleApp.launchInBackground({ userData, env: { FLC_TEST_MACHINE_FOLDER: machine } });
  app = await inBackground();
  const title = `${hostname()}: The settings cannot be read`;
  await expect.poll(() => sessionNotifications.count(), { timeout: 60_000 }).toBe(1);
  await expect
    .poll(toldAdministrator)
    .toMatchObject([{ event: 'settings_lost', code: 'settings_lost', server: { name: hostname() }, title }]);
  expect(await app.windowCount()).toBe(0);
  const lost = { exitCode: 4, err: expect.stringContaining('The settings cannot be read.') };
  expect(await runCommand(userData, ['status'])).toMatchObject(lost);

  await sessionNotifications.click();
  await app.windowOpened();
  const notice = app.page.getByText('The settings could not be read, so no license is refreshed.');
  await expect(notice).toBeVisible();
  expect(await titles()).toEqual([title]);
  await app.close();
  expect(await runCommand(userData, ['refresh', '--if-due'])).toMatchObject(lost);

  app = await inBackground();
  const setUp = ['profiles', 'add', `--authorization-server=${server.issuer}`, `--server-name=${device}`];
  expect(await runCommand(userData, setUp)).toMatchObject({ exitCode: 0 });
  await expect.poll(titles).toEqual([`${hostname()}: Back to normal`, title]);
  await expect.poll(toldAdministrator).toHaveLength(2);
  expect(await runCommand(userData, ['status'])).toMatchObject({ exitCode: 3, err: '' });
});

test('if nothing can show notifications, the settings and the banner say so', async () => {
  test.skip(process.platform !== 'linux', 'takes the message bus of a Linux session away');
  await app.close();
  app = await ConsoleApp.launch({
    issuer: server.issuer,
    serverName: device,
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(machine, 'nobody')}` },
  });
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await app.button('Show a test notification').click();
  const main = app.page.getByRole('main');
  await expect(main.getByText('This computer showed no notification')).toBeVisible();
  await expect(main.getByText('This computer cannot show notifications now')).toBeVisible();
});

test('a file that ordinary users can write is refused, and a message says so', async () => {
  test.skip(process.platform === 'win32', 'needs the file modes of POSIX');
  await app.close();
  chmodSync(join(machine, 'notify.json'), 0o666);
  app = await ConsoleApp.launch({
    issuer: server.issuer,
    serverName: device,
    env: { FLC_TEST_MACHINE_FOLDER: machine },
  });
  await expect(
    app.page.getByText('The administrator is not notified: ordinary users can change the file'),
  ).toBeVisible();
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await expect(app.page.getByText(`Ordinary users can change ${join(machine, 'notify.json')}`)).toBeVisible();
});

test('settings: quiet hours are saved, a test notification appears, and what an administrator has set is shown', async () => {
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await expect(app.page.getByText(join(machine, 'notify.json'))).toBeVisible();
  await app.button('Show a test notification').click();
  await expect(app.page.getByRole('main').getByText('A test notification was shown.')).toBeVisible();
  expect(await titles()).toEqual(['A test notification']);
  await app.page.getByLabel('Quiet hours').check();
  await app.page.getByLabel('From').fill('21:30');
  await expect
    .poll(async () => (await app.state()).notificationSettings.quietHours)
    .toEqual({ on: true, from: '21:30', to: '07:00' });
});

test('the local license API cannot be opened: shown on every page, and an administrator is notified; also when it is open again', async () => {
  await licenseIt();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const switchOn = () => app.call('local_api.change', { on: true, tcpPort: port, expiredPeers: 'refuse' });
  expect(await switchOn()).toMatchObject({ ok: false, failure: { code: 'local_api_address_taken' } });
  const banner = app.page.locator('[data-cause="local_api_down"]');
  await expect(banner).toContainText('registers may refuse it');
  await expect.poll(titles).toEqual([`${device}: The POS server may be cut off from the license`]);
  await expect.poll(toldAdministrator).toMatchObject([{ event: 'local_api_down', code: 'local_api_address_taken' }]);
  await banner.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(app.page.getByRole('heading', { name: 'Registers & servers', level: 1 })).toBeVisible();
  await expect(banner).toBeHidden();
  await app.page.getByRole('button', { name: 'Help' }).click();
  await expect(banner).toBeVisible();

  await new Promise((resolve) => taken.close(resolve));
  expect(await switchOn()).toMatchObject({ ok: true });
  await expect(banner).toBeHidden();
  await expect.poll(async () => (await titles())[0]).toBe(backTitle);
});
