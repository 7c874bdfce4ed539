import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, test } from './console-test.ts';
import type { LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { LicensedPeers } from './licensed-peer.ts';
import { askVerdict } from './asked-verdict.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { tampered } from './licensed-peer.ts';
import { heapSnapshot } from './renderer-memory.ts';
import { SecretSearch } from './secret-search.ts';
import { runCommand } from './terminal.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';

/** The Registers & servers page of one store, from switching the API on to revoking a client. */
test.describe.configure({ mode: 'serial' });

const device = 'Store 014';
const register = 'Register 014-1';
const title = 'Registers & servers';
let server: AuthorizationServer;
let app: ConsoleApp;
let keyboard: Keyboard;
let secret: string;
let token: string;

const view = async () => (await app.call('local_api.read')).value as LocalApiView;
const row = (name: string) =>
  app.page.locator('.peer').filter({ has: app.page.getByRole('heading', { name, exact: true }) });
const client = (name: string) => app.page.locator('.client').filter({ hasText: name });
const apiSwitch = () => app.page.getByRole('switch', { name: 'Let programs on this computer use the license' });
const dialog = () => app.page.getByRole('dialog');
const clipboard = () => app.electron.evaluate(({ clipboard: system }) => system.readText());
const spoken = () => app.page.locator('output[aria-live]');

async function openPage(): Promise<void> {
  // The first paint is static: wait for the real page.
  await app.page.locator('h1[tabindex]').waitFor();
  await app.button(title).click();
  await expect(app.page.getByRole('heading', { name: title, level: 1 })).toBeFocused();
}

/** Does what the POS server does: presents a register's token, with the secret of its own client. */
const verify = async (shown: string) => askVerdict((await view()).socket, secret, shown);

/** Simulates another program that already uses a port of this computer. */
async function takePort(): Promise<{ readonly taker: Server; readonly port: number }> {
  const taker = createServer();
  taker.listen(0, '127.0.0.1');
  await once(taker, 'listening');
  return { taker, port: (taker.address() as AddressInfo).port };
}

test.beforeAll(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: device });
  keyboard = new Keyboard(app);
  await app.authorizeAt(server.control, device);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  token = await new LicensedPeers(server).license(register);
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

test('off at first: the page says so and what it means, and one press switches it on', async () => {
  await openPage();
  await expect(app.page.getByText('The local license API is off', { exact: true })).toBeVisible();
  await expect(apiSwitch()).not.toBeChecked();
  await expectNoViolations(app, 'switched off');
  await app.button('Switch on').focus();
  await keyboard.press('Enter');
  await expect(apiSwitch()).toBeChecked();
  await expect(app.page.getByText('Open. Programs on this computer that have a secret can use it.')).toBeVisible();
  // The button is gone, so the focus is on the next thing to do.
  await expect(app.button('Create client…').first()).toBeFocused();
  await app.button('Copy Address').click();
  await expect.poll(clipboard).toBe((await view()).socket);
});

test('a client created with the keyboard only: its secret is shown once, copied, and then gone', async () => {
  await app.button('Create client…').first().focus();
  await keyboard.press('Enter');
  await expect(dialog()).toBeVisible();
  await expect(dialog().getByLabel('Name', { exact: true })).toBeFocused();
  await keyboard.press('Enter');
  await expect(dialog().getByText('Give it a name.')).toBeVisible();
  await expect(dialog().getByLabel('Name', { exact: true })).toBeFocused();
  await keyboard.type('POS server');
  await keyboard.tabTo('Create');
  await expectNoViolations(app, 'create dialog');
  await keyboard.press('Enter');
  const shown = dialog().getByTestId('client-secret');
  await expect(shown).toHaveText(/^flc_[0-9a-z]{12}_[\w-]{43}$/);
  secret = (await shown.textContent()) ?? '';
  await expect(dialog().getByText('It is shown only once.')).toBeFocused();
  await expect(dialog().getByText('FUSION_LICENSE_API_SECRET')).toBeVisible();
  await expectNoViolations(app, 'secret shown');
  await expectReachableWhenZoomed(app, 'secret shown');
  await keyboard.tabTo('Copy secret');
  await keyboard.press('Enter');
  await expect(spoken()).toHaveText(/Secret copied/);
  expect(await clipboard()).toBe(secret);
  await keyboard.press('Escape');
  await expect(dialog()).toBeHidden();
  await expect(client('POS server')).toContainText('Never used');
  await expectSecretGone();
});

test('closed without copying: the dialog first says that the secret cannot be shown again', async () => {
  await app.button('Create client…').last().click();
  await dialog().getByLabel('Name', { exact: true }).fill('pos SERVER');
  await app.button('Create').click();
  await expect(dialog().getByText('Another client has this name')).toBeVisible();
  await dialog().getByLabel('Name', { exact: true }).fill('Kitchen display');
  await dialog().getByRole('checkbox', { name: 'See the license' }).uncheck();
  await dialog().getByRole('checkbox', { name: 'Use the license token' }).uncheck();
  await app.button('Create').click();
  await app.button('Close').click();
  await expect(dialog().getByText('The secret has not been copied yet')).toBeVisible();
  await app.button('Close without copying').click();
  await expect(dialog()).toBeHidden();
  await expect(app.button('Create client…').last()).toBeFocused();
  await expect(client('Kitchen display')).toContainText('May check registers and servers');
});

test('a register that shows its token appears at once; a refused one comes first, with its reason', async () => {
  expect(await verify(token)).toMatchObject({ status: 200, answer: { accepted: true } });
  await expect(row(register)).toContainText('Accepted');
  await expect(row(register)).toContainText('This server is its hub server.');
  server.control.overrideClaims({ device: 'Register 014-3', set: { exp: 1_000_000_000, iat: 999_000_000 } });
  const old = await new LicensedPeers(server).license('Register 014-3');
  expect(await verify(old)).toMatchObject({ answer: { accepted: false, reason: 'expired' } });
  await expect(row('Register 014-3')).toContainText('Refused: its license token has expired');
  await expect(row('Register 014-3')).toContainText('Connect that device to the internet');
  await expect(app.page.locator('.peer h3').first()).toHaveText('Register 014-3');
  expect(await verify('nothing.of.the.kind')).toMatchObject({ answer: { reason: 'malformed' } });
  await expect(row('Unknown device')).toContainText('Refused: it showed no license token');
  await expect(app.page.getByText('3 seen, 2 refused')).toBeVisible();
  // The client that asked was just used.
  await expect(client('POS server')).toContainText('Last used just now');
});

test('search and filter, announced to a screen reader; details for support contain no token', async () => {
  const search = app.page.getByRole('searchbox');
  await search.focus();
  await keyboard.type('register 014-3');
  await expect(app.page.locator('.peer')).toHaveCount(1);
  await expect(spoken()).toHaveText(/^1 found/);
  await search.fill('nobody of this name');
  await expect(app.page.getByText('Nothing found.')).toBeVisible();
  // A person who looks for a register that never connected learns where to look next.
  await expect(app.page.getByText('A register that is not on the list has not reached the POS server')).toBeVisible();
  await expect(app.page.getByText('it is the one listed as Unknown device')).toBeVisible();
  await expectNoViolations(app, 'nothing found');
  await app.button('Show all').click();
  await expect(search).toBeFocused();
  await app.page.getByRole('radio', { name: 'Refused 2' }).check();
  await expect(app.page.locator('.peer')).toHaveCount(2);
  await app.button('Details of Register 014-3').click();
  await expect(row('Register 014-3')).toContainText('register-014-3');
  await expectNoViolations(app, 'details');
  await expectReachableWhenZoomed(app, 'details');
  await app.button('Copy details for support').click();
  await expect(spoken()).toHaveText(/Details copied/);
  const copied = await clipboard();
  for (const part of ['Code: expired', 'Register 014-3', 'register-014-3', device]) expect(copied).toContain(part);
  const tokens = new SecretSearch(new Map([['token', token]]));
  expect(tokens.findIn(Buffer.from(copied + (await app.page.content())))).toEqual([]);
});

test('a port that another program uses: a message says so and leads to another port; the socket stays open', async () => {
  const { taker, port } = await takePort();
  await app.page.getByRole('switch', { name: 'Also over TCP' }).click();
  await expect(app.page.getByRole('switch', { name: 'Also over TCP' })).toBeChecked();
  const field = app.page.getByLabel('Port', { exact: true });
  await field.fill('80');
  await app.button('Use this port').click();
  await expect(app.page.locator('.form-trouble')).toHaveText('Enter a number from 1024 to 65535.');
  await expect(spoken()).toHaveText(/Enter a number from 1024 to 65535/);
  await field.fill(String(port));
  await field.focus();
  await keyboard.press('Enter');
  await expect(app.failure('local_api_address_taken')).toContainText(`127.0.0.1:${port} is in use`);
  await expect(app.page.locator('.toast')).toHaveCount(0);
  await expect(field).toBeFocused();
  await expect(app.failure('local_api_address_taken')).toHaveAttribute('data-tone', 'critical');
  expect(await verify(token)).toMatchObject({ status: 200 });
  // Also shown above the list, which may be long: the banner and notifications lead to the top of the page.
  await app.page.getByRole('heading', { name: title, level: 1 }).focus();
  await expect(app.page.getByText('The POS server may be cut off from the license')).toBeVisible();
  await keyboard.tabTo('Show what to do');
  await keyboard.press('Enter');
  await expect(app.failure('local_api_address_taken')).toBeFocused();
  await expect(app.failure('local_api_address_taken')).toBeInViewport();
  await app.button('Choose another port').click();
  await expect(field).toBeFocused();
  await expectNoViolations(app, 'port taken');
  await expectReachableWhenZoomed(app, 'port taken');
  taker.close();
  await once(taker, 'close');
  await app.button('Try again').click();
  await expect(app.failure('local_api_address_taken')).toBeHidden();
  await expect(app.page.getByText('The POS server may be cut off from the license')).toBeHidden();
  await expect(app.page.getByText(`127.0.0.1:${port}`, { exact: true })).toBeVisible();
});

test('after a restart: settings and clients are unchanged, and no secret can be seen or found', async () => {
  // The page shows what the main process has stored, so it changes a moment after the click.
  const accept = app.page.getByRole('radio', { name: 'Accept it with a warning' });
  await accept.click();
  await expect(accept).toBeChecked();
  await expect.poll(async () => (await view()).settings.expiredPeers).toBe('warn');
  const before = await view();
  const { userData } = app;
  await app.close();
  expect(new SecretSearch(new Map([['secret', secret]])).findBelow(userData).found).toEqual([]);
  app = await ConsoleApp.launch({ userData });
  keyboard = new Keyboard(app);
  await openPage();
  await expect(app.page.getByText('Open. Programs on this computer that have a secret can use it.')).toBeVisible();
  const { settings, clients, tcp } = await view();
  expect({ settings, clients: clients.map(({ id }) => id), tcp }).toEqual({
    settings: before.settings,
    clients: before.clients.map(({ id }) => id),
    tcp: before.tcp,
  });
  await expect(app.page.getByRole('radio', { name: 'Accept it with a warning' })).toBeChecked();
  await expectSecretGone();
  expect(await verify(token)).toMatchObject({ status: 200, answer: { accepted: true } });
});

test('revoked: the dialog names what stops, the focus moves to the list, and the secret is worthless', async () => {
  await app.button('Revoke… POS server').focus();
  await keyboard.press('Enter');
  await expect(dialog()).toContainText('Revoke POS server?');
  // A screen reader reads it with the question. The focus starts on the button that loses nothing.
  await expect(dialog()).toHaveAccessibleDescription(/can no longer check registers.*create a new client/);
  await expect(app.button('Keep')).toBeFocused();
  await expectNoViolations(app, 'revoke dialog');
  await keyboard.press('Escape');
  await expect(dialog()).toBeHidden();
  await expect(app.button('Revoke… POS server')).toBeFocused();
  // Holding Enter down opens the dialog but does not press a button in it.
  await app.page.keyboard.down('Enter');
  await expect(dialog()).toBeVisible();
  await app.button('Revoke').focus();
  await app.page.keyboard.down('Enter');
  await app.page.keyboard.up('Enter');
  await expect(app.button('Revoke')).toBeFocused();
  await expect(client('POS server')).toHaveCount(1);
  await keyboard.tabTo('Revoke');
  await keyboard.press('Enter');
  await expect(client('POS server')).toHaveCount(0);
  await expect(app.page.getByRole('heading', { name: 'Clients' })).toBeFocused();
  await expect(spoken()).toHaveText(/POS server was revoked/);
  expect(await verify(token)).toMatchObject({ status: 401 });
});

test('switched off: the address is gone, and the list can still be read', async () => {
  const { socket } = await view();
  await apiSwitch().click();
  await expect(apiSwitch()).not.toBeChecked();
  await expect(app.page.getByText('Off: no program can reach the license.')).toBeVisible();
  await expect(app.page.getByText(socket)).toHaveCount(0);
  await expect(row(register)).toBeVisible();
  // Shown above the list, because peers can no longer be added to it.
  await expect(app.page.locator('.notice').getByText('The local license API is off')).toBeVisible();
  await expect(app.page.getByText('The list below is from before.')).toBeVisible();
  await app.button('Switch on').click();
  await expect(apiSwitch()).toBeChecked();
  await expect(app.page.getByText('The list below is from before.')).toBeHidden();
});

test('a long list: links lead past it, and Show more moves the focus to the new entries', async () => {
  ({ secret } = await app.createClient({ name: 'POS server', may: ['verify'] }));
  for (let count = 1; count <= 60; count += 1) await verify(tampered(token, 'server_id', `forged-${count}`));
  await expect(app.page.locator('.peer')).toHaveCount(50);
  for (const part of ['Local license API', 'Clients']) {
    await app.page.getByRole('link', { name: part }).focus();
    await keyboard.press('Enter');
    await expect(app.page.getByRole('heading', { name: part, level: 2 })).toBeFocused();
    await expect(app.page.getByRole('heading', { name: part, level: 2 })).toBeInViewport();
  }
  await app.button('Show more').focus();
  await keyboard.press('Enter');
  await expect(app.page.locator('.peer').nth(50).locator('.peer-more')).toBeFocused();
});

test('a secret on the screen survives notifications, another server and a reload, until it is closed', async () => {
  // No check here reads the dialog's whole text, because that would leave the secret in the page's memory.
  await createClient('Second till');
  const { profile } = await app.state();
  // Does what a click on a notification or on the tray icon does.
  for (const cause of ['token_expires_soon', 'local_api_down'])
    expect(await app.call('alert.show', { profileId: profile?.id, cause })).toMatchObject({ ok: true });
  await app.addServer({ issuer: server.issuer, edition: 'store', serverName: 'Store 015' });
  await expect.poll(async () => (await app.state()).profile?.serverName).toBe('Store 015');
  expect(await app.call('profile.choose', { id: profile?.id })).toMatchObject({ ok: true });
  expect(await app.call('alert.show', { profileId: profile?.id, cause: 'token_expires_soon' })).toMatchObject({
    ok: true,
  });
  // The page of a notification waits until the dialog has closed.
  const heading = (name: string) => app.page.getByRole('heading', { name, level: 1, includeHidden: true });
  await expect(heading('Registers & servers')).toHaveCount(1);
  await expect(dialog().getByTestId('client-secret')).toHaveText(secret);
  await expect(dialog().locator('.secret-once')).toBeFocused();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.reload());
  await expect(dialog().getByTestId('client-secret')).toHaveText(secret);
  await app.button('Copy secret').click();
  await expect(dialog().locator('.form-outcome')).toHaveText('Secret copied');
  expect(await clipboard()).toBe(secret);
  await app.button('Close').click();
  await expect(dialog()).toBeHidden();
  await expectSecretGone();
  const search = new SecretSearch(new Map([['secret', secret]]));
  expect(search.findIn(await heapSnapshot(app.electron, 'fusion-console:'))).toEqual([]);
});

test('a client is revoked from a terminal while its secret is on the screen: the dialog says so, and the secret is gone', async () => {
  await openPage();
  await createClient('Third till');
  const revoke = ['api', 'revoke-client', (await app.state()).newClientSecret?.clientId ?? '', `--server=${device}`];
  expect(await runCommand(app.userData, revoke)).toMatchObject({ exitCode: 0 });
  await expect(dialog().getByText('This client has been revoked.')).toBeFocused();
  await expect(dialog().getByTestId('client-secret')).toHaveCount(0);
  await expectNoViolations(app, 'revoked under the secret');
  await expectSecretGone();
  await keyboard.tabTo('Close');
  await keyboard.press('Enter');
  await expect(dialog()).toBeHidden();
  await expect(app.button('Create client…').last()).toBeFocused();
});

test('the window is closed over a secret that nobody copied: it warns once, then it closes, and the secret is gone', async () => {
  await createClient('Fourth till');
  await app.closeWindow();
  await expect(dialog().getByText('The secret has not been copied yet')).toBeVisible();
  await app.closeWindow();
  await app.button('Keep running').click();
  await expect.poll(() => app.windowCount()).toBe(0);
  await app.startAgain();
  await app.windowOpened();
  await openPage();
  await expect(client('Fourth till')).toContainText('Never used');
  await expect(dialog()).toBeHidden();
  await expectSecretGone();
});

/** Creates a client with the form, and stops when its secret is on the screen. */
async function createClient(name: string): Promise<void> {
  await app.button('Create client…').last().click();
  await dialog().getByLabel('Name', { exact: true }).fill(name);
  await app.button('Create').click();
  const shown = dialog().getByTestId('client-secret');
  await expect(shown).toHaveText(/^flc_/);
  secret = (await shown.textContent()) ?? '';
}

/** Checks that the secret is gone from the main process's answers and from the page, and that it can no longer be copied. */
async function expectSecretGone(): Promise<void> {
  // The main process learns of it a moment after the dialog has closed.
  await expect.poll(async () => (await app.call('local_api.read_secret')).failure?.code).toBe('client_unknown');
  expect(await app.call('local_api.copy_secret')).toMatchObject({ ok: false, failure: { code: 'client_unknown' } });
  const told = [await app.state(), await view(), (await app.call('peers.read')).value, await app.page.content()];
  const search = new SecretSearch(new Map([['secret', secret]]));
  expect(search.findIn(Buffer.from(JSON.stringify(told)))).toEqual([]);
}
