import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { storedAccounts } from './real-keychain.ts';
import { runCommand } from './terminal.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
});
test.afterEach(async () => {
  await app.close();
  await server.close();
});

async function expectAccessible(state: string): Promise<void> {
  await expectNoViolations(app, state);
  await expectReachableWhenZoomed(app, state);
}
const dialog = () => app.page.getByRole('dialog');
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });
const listed = () => app.page.locator('.server-row h3');
const names = async () => (await app.state()).servers.map(({ serverName }) => serverName);
const chooser = () => app.page.getByLabel('Server shown');

test('@clerk servers: a person adds, renames, shows, edits and forgets one; forgetting the last one leads to the first run', async () => {
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await app.button('Settings').click();
  await app.button('Add another server').click();
  await expect(dialog().getByRole('heading', { name: 'Add a server' })).toBeVisible();
  await expectAccessible('adding a server');
  await dialog().getByRole('radio', { name: 'Store' }).check();
  await dialog().getByLabel('Server name').fill('STORE-014');
  await inDialog('Check and continue').click();
  const name = dialog().getByLabel('Server name');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/The name Store 014 is taken/);
  const long = `Store 015 ${'at the corner of the market '.repeat(3)}`.trim();
  await name.fill(long);
  await inDialog('Check and continue').click();
  await expect(app.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
  expect(await names()).toEqual(['Store 014', long]);

  const width = async () => (await chooser().boundingBox())?.width;
  const before = await width();
  await expect(chooser()).toHaveAttribute('title', new RegExp(`^${long} – Store`));
  await chooser().selectOption({ label: 'Store 014 – Store' });
  await expect(chooser()).toHaveAttribute('title', 'Store 014 – Store');
  expect(await width()).toBe(before);

  await app.button('Settings').click();
  await expectAccessible('the list of servers');
  await app.button(`Rename… ${long}`).click();
  await expect(dialog().getByLabel('Server name')).toBeFocused();
  await dialog().getByLabel('Server name').fill('store 014');
  await inDialog('Rename').click();
  await expect(dialog().getByLabel('Server name')).toHaveAccessibleDescription(/The name Store 014 is taken/);
  await dialog().getByLabel('Server name').fill('Store 016');
  await app.page.keyboard.press('Enter');
  await expect(dialog()).toHaveCount(0);
  await expect(listed()).toHaveText(['Store 014', 'Store 016']);

  await app.button('Edit… Store 016').click();
  await dialog().getByRole('radio', { name: 'Corporate' }).check();
  await inDialog('Check and save').click();
  await expect(dialog()).toHaveCount(0);
  await expect(app.page.locator('.server-row').nth(1)).toContainText('Corporate');
  expect((await app.state()).profile?.serverName).toBe('Store 014');

  await app.button('Forget… Store 014').click();
  await expect(dialog().getByRole('heading', { name: 'Forget Store 014?' })).toBeVisible();
  await expect(dialog()).toContainText(`its authorization stays open at ${new URL(server.issuer).host}`);
  await expect(inDialog('Cancel')).toBeFocused();
  await expectAccessible('forgetting a licensed server');
  await app.page.keyboard.press('Escape');
  expect(await names()).toEqual(['Store 014', 'Store 016']);
  await app.button('Forget… Store 014').click();
  await inDialog('Remove License and forget').click();
  await expect(listed()).toHaveText(['Store 016']);
  await expect(app.page.getByRole('heading', { name: 'Servers', exact: true })).toBeFocused();
  expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toEqual([]);
  expect(await storedAccounts(app.userData)).toEqual([]);
  await expect(app.page.locator('.title-name')).toHaveText('Store 016');

  await app.button('Forget… Store 016').click();
  await expect(dialog()).toContainText('Nothing changes at the Authorization server.');
  await inDialog('Forget').click();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(await names()).toEqual([]);
});

test('a dialog shows its server as it is now, even after a terminal changed it, and changes nothing back', async () => {
  const run = (...words: string[]) => runCommand(app.userData, ['profiles', ...words]);
  await app.addServer({ issuer: server.issuer, edition: 'store', serverName: 'Store 015' });
  expect(await run('choose', 'Store 014')).toMatchObject({ exitCode: 0 });
  await app.button('Settings').click();
  await app.button('Rename… Store 015').click();
  expect(await run('rename', 'Store 015', 'Store 016')).toMatchObject({ exitCode: 0 });
  await expect(dialog().getByRole('heading', { name: 'Rename Store 016' })).toBeVisible();
  await expect(dialog().getByLabel('Server name')).toHaveValue('Store 016');
  await app.page.keyboard.press('Escape');

  await app.button('Edit… Store 016').click();
  await dialog().getByRole('radio', { name: 'Corporate' }).check();
  expect(await run('rename', 'Store 016', 'Store 017')).toMatchObject({ exitCode: 0 });
  await expect(dialog().getByLabel('Server name')).toHaveValue('Store 017');
  await inDialog('Check and save').click();
  await expect(dialog()).toHaveCount(0);
  expect(await names()).toEqual(['Store 014', 'Store 017']);

  await app.button('License').click();
  await app.authorizeAt(server.control, 'Store 016');
  await expect(app.page.getByTestId('server-question')).toBeVisible();
  await app.button('Settings').click();
  await expect(app.page.locator('.server-row').first()).toContainText('a new license is waiting for your answer');
  await app.button('Forget… Store 014').click();
  await expect(dialog()).toContainText('The authorization of the new license that is waiting for your answer ends at');
  await expect(dialog()).not.toContainText('Nothing changes at the Authorization server.');
  await inDialog('Forget').click();
  await expect(listed()).toHaveText(['Store 017']);
  expect(server.control.grantsOfDevice({ device: 'Store 016' }).grants).toEqual([]);
});

test('a server is renamed and forgotten in a terminal: the window follows, and no data stays', async ({
  openGrants,
}) => {
  openGrants.mayStayOpen('its server was forgotten');
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  const run = (...words: string[]) => runCommand(app.userData, ['profiles', ...words]);
  expect(await run('rename', 'store-014', 'Store 016')).toMatchObject({ exitCode: 0, err: '' });
  await expect(app.page.locator('.title-name')).toHaveText('Store 016');
  const refused = await run('forget', 'Store 016', '--yes');
  expect(refused.exitCode).toBe(4);
  expect(refused.err).toContain('--here-only');
  expect(await names()).toEqual(['Store 016']);
  await app.button('Settings').click();
  expect(await run('forget', 'Store 016', '--here-only', '--yes')).toMatchObject({ exitCode: 0, err: '' });
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(await storedAccounts(app.userData)).toEqual([]);
  expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toHaveLength(1);
});
