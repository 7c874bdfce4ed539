import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportedServer } from './board-rows.ts';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { Keyboard } from './keyboard.ts';
import { answerSaveDialog } from './save-dialog.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

let server: AuthorizationServer;
let app: ConsoleApp;

/** A console's folder with what two other consoles have reported. */
function folderWithReports(): string {
  const folder = mkdtempSync(join(tmpdir(), 'license-console-board-'));
  const rows = [reportedServer('r-31', 'Store 031', 90), reportedServer('r-32', 'Store 032', -2)];
  const document = { version: 1, rows: Object.fromEntries(rows.map((row) => [row.id, row])) };
  writeFileSync(join(folder, 'reported-servers.json'), JSON.stringify(document));
  return folder;
}

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
});
test.afterEach(async () => {
  await app.close();
  await server.close();
});

const names = () => app.page.locator('.board-row .board-open');
const row = (name: string) => app.page.locator('.board-row').filter({ hasText: name });
const dialog = () => app.page.getByRole('dialog');
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });
const openBoard = async () => {
  await app.page.locator('.rail').getByRole('button', { name: 'All servers' }).click();
  await expect(names().first()).toBeVisible();
};
const detailsOf = (name: string) => app.page.getByRole('button', { name: `Details of ${name}` });

test('@kit all servers: search, filter, sort, group, tree, note, rename, archive, export, forget', async () => {
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014', userData: folderWithReports() });
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await app.addServer({ issuer: server.issuer, edition: 'store', serverName: 'Store 015' });
  await app.addServer({ issuer: server.issuer, edition: 'corporate', serverName: 'Corporate 1' });
  await app.button('Next').click();
  await expect(app.userCode).toBeVisible();

  await app.button('Show all servers').click();
  await expect(names()).toHaveText(['Store 032', 'Corporate 1', 'Store 015', 'Store 031', 'Store 014']);
  await expect(row('Store 014')).toContainText('Sandbox');
  await expect(row('Store 014')).toContainText(/Renew by|No renewal needed/);
  await expect(row('Store 014')).toContainText('Nothing to do');
  await expect(row('Store 032')).toContainText(/Expired – Requires Renewal.*Remove and re-acquire/);
  await expect(row('Store 032')).toContainText(/Reported, as of \d\d:\d\d/);
  await expect(row('Corporate 1')).toContainText('Enter the User Code');
  await expectNoViolations(app, 'all servers');
  await expectReachableWhenZoomed(app, 'all servers');

  await app.page.getByRole('radio', { name: /^Needs action/ }).check();
  await expect(names()).toHaveText(['Store 032', 'Corporate 1', 'Store 015']);
  await app.page.getByRole('radio', { name: /^All/ }).check();
  await app.page.getByLabel('Edition').selectOption('Corporate');
  await expect(names()).toHaveText(['Corporate 1']);
  await app.page.getByLabel('Edition').selectOption('All editions');
  await app.page.getByRole('searchbox').fill('market corporate-7');
  await expect(names()).toHaveText(['Store 032', 'Store 031']);
  await app.page.getByRole('searchbox').fill('nowhere');
  await app.button('Show all servers again').click();
  await expect(app.page.getByRole('searchbox')).toBeFocused();
  await app.page.getByRole('columnheader', { name: 'Server' }).getByRole('button').click();
  await expect(names()).toHaveText(['Corporate 1', 'Store 014', 'Store 015', 'Store 031', 'Store 032']);
  await app.page.getByLabel('Group by organization').check();
  await expect(app.page.locator('.board-group')).toContainText([/not known/, /./, /Market Hall 2 servers/]);
  await expectNoViolations(app, 'grouped');
  await app.page.getByLabel('Group by organization').uncheck();

  await app.page.getByRole('radio', { name: 'Hub servers' }).check();
  const item = (name: string | RegExp) => app.page.getByRole('treeitem', { name });
  await expect(item(/^Corporate 7 not on this list/)).toHaveAttribute('aria-expanded', 'true');
  await expect(item(/^Store 031/)).toHaveAttribute('aria-level', '2');
  await expectNoViolations(app, 'as a tree');
  await item(/^Corporate 7/).focus();
  await app.page.keyboard.press('ArrowLeft');
  await expect(item(/^Store 031/)).toHaveCount(0);
  await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('End');
  await expect(app.page.getByRole('treeitem').last()).toBeFocused();
  await app.page.getByRole('radio', { name: 'List' }).check();

  await detailsOf('Store 014').click();
  await row('Store 014').getByRole('button', { name: 'Archive…' }).click();
  await expect(dialog()).toContainText('alerts you as before');
  await inDialog('Archive').click();
  await expect(row('Store 014')).toHaveCount(0);
  await app.page.getByRole('radio', { name: 'Archived (1)' }).check();
  await expect(names()).toHaveText(['Store 014']);
  await row('Store 014').getByRole('button', { name: 'Unarchive' }).click();
  await app.button('Show all servers again').click();

  await detailsOf('Store 032').click();
  await row('Store 032').getByRole('button', { name: 'Note…' }).click();
  await dialog().getByLabel('Note').fill('=1+1 from the laptop');
  await inDialog('Save').click();
  await expect(row('Store 032')).toContainText('=1+1 from the laptop');
  const file = join(mkdtempSync(join(tmpdir(), 'license-console-board-')), 'servers.csv');
  await answerSaveDialog(app, file);
  await app.button('Export as CSV').click();
  await expect(app.page.locator('.toast')).toContainText('Saved as servers.csv');
  const lines = readFileSync(file, 'utf8').split('\r\n');
  expect(lines).toHaveLength(7);
  expect(lines.find((line) => line.startsWith('Store 032'))).toContain(",'=1+1 from the laptop,");
  await row('Store 032').getByRole('button', { name: 'Forget…' }).click();
  await expect(dialog()).toContainText('Its license and its console do not change.');
  await inDialog('Forget').click();
  await expect(row('Store 032')).toHaveCount(0);
  await expect(dialog()).toHaveCount(0);

  await row('Store 014').getByRole('button', { name: 'Store 014', exact: true }).click();
  await expect(app.page.getByRole('heading', { name: 'Manage License' })).toBeFocused();
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
});

test('@kit all servers by keyboard alone; notes and archive marks survive a restart', async ({ openGrants }) => {
  openGrants.mayStayOpen('its server was forgotten');
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  for (const serverName of ['Store 015', 'Store 016'])
    await app.addServer({ issuer: server.issuer, edition: 'store', serverName });
  const keyboard = new Keyboard(app);
  await app.page.bringToFront();
  await app.page.locator('.rail').getByRole('button', { name: 'All servers' }).focus();
  await keyboard.isIn('console');
  await keyboard.press('Enter');
  await expect(app.page.getByRole('heading', { name: 'All servers' })).toBeFocused();
  await expect(names()).toHaveText(['Store 015', 'Store 016', 'Store 014']);

  await keyboard.tabTo('Store 015');
  await keyboard.press('End');
  expect(await keyboard.focused()).toBe('Store 014');
  await keyboard.press('Up');
  expect(await keyboard.focused()).toBe('Store 016');
  await keyboard.tabTo('Details of Store 016');
  await keyboard.press('Enter');
  await keyboard.tabTo('Note…');
  await keyboard.press('Enter');
  await expect(dialog().getByLabel('Note')).toBeFocused();
  await keyboard.type('Rack');
  await keyboard.tabTo('Save');
  await keyboard.press('Enter');
  await expect(row('Store 016')).toContainText('Rack');
  await expect(row('Store 016').getByRole('button', { name: 'Note…' })).toBeFocused();
  await keyboard.tabTo('Rename…');
  await keyboard.press('Enter');
  await keyboard.press('Control+A');
  await keyboard.type('Store 017');
  await keyboard.press('Enter');
  await expect(row('Store 017')).toContainText('Rack');
  await keyboard.tabTo('Archive…');
  await keyboard.press('Enter');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await expect(names()).toHaveText(['Store 015', 'Store 014']);
  await keyboard.isIn('console');

  await app.close();
  app = await ConsoleApp.launch({ userData: app.userData });
  await openBoard();
  await expect(names()).toHaveText(['Store 015', 'Store 014']);
  await app.page.getByRole('radio', { name: 'Archived (1)' }).check();
  await expect(row('Store 017')).toContainText('Rack');

  await app.page.getByRole('radio', { name: /^All/ }).check();
  await detailsOf('Store 014').click();
  await row('Store 014').getByRole('button', { name: 'Forget…' }).click();
  await inDialog('Forget only').click();
  await expect(names()).toHaveText(['Store 015']);
  await expect(dialog()).toHaveCount(0);
});

test('an unusable document of the board never breaks the start', async () => {
  const userData = mkdtempSync(join(tmpdir(), 'license-console-board-'));
  for (const name of ['board', 'reported-servers'])
    writeFileSync(join(userData, `${name}.json`), '{"version":1,"rows":');
  app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014', userData });
  await openBoard();
  await expect(names()).toHaveText(['Store 014']);
});
