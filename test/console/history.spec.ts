import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, test } from './console-test.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { onlyProfileId } from './real-keychain.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';

/** One server's license and its history, from the first entry to one that a power failure cut off. */
test.describe.configure({ mode: 'serial' });

const device = 'Store 014';
let server: AuthorizationServer;
let app: ConsoleApp;
let userData: string;

const historyFile = () => join(userData, `history.${onlyProfileId(userData)}.jsonl`);
const linesOnDisk = () => readFileSync(historyFile(), 'utf8').split('\n').slice(0, -1);
const rows = (kind?: string): Locator =>
  app.page.locator(kind === undefined ? '.history-table tbody tr' : `.history-table tr[data-event="${kind}"]`);

async function openHistory(): Promise<void> {
  // The first paint is static: wait for the real page.
  await app.page.locator('h1[tabindex]').waitFor();
  await app.button('History').click();
  await expect(app.page.getByRole('heading', { name: 'History', level: 1 })).toBeFocused();
}

async function relaunch(): Promise<void> {
  app = await ConsoleApp.launch({ userData });
  await openHistory();
}

test.beforeAll(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: device });
  ({ userData } = app);
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

test('before anything has happened: says so, and there is nothing to export', async () => {
  await openHistory();
  await expect(app.page.getByText('Nothing has happened yet')).toBeVisible();
  await expect(app.button('Export as CSV')).toHaveCount(0);
  await app.button('License').click();
});

test('events are shown at once, and a run of failures as one row', async () => {
  await app.authorizeAt(server.control, device);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await openHistory();
  await expect(rows('acquired')).toContainText('Server ID store-014-8f0c2d17.');
  await expect(app.page.getByText(/^Licensed .*, Not recorded 89 days$/)).toBeVisible();
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  await expect(rows('refreshed')).toHaveCount(1);
  await server.stop();
  for (let tries = 0; tries < 3; tries += 1) expect(await app.call('license.check')).toMatchObject({ ok: false });
  await expect(rows('refresh_failed')).toHaveCount(1);
  await expect(rows('refresh_failed')).toContainText(
    /failed [3-9] times, .*The Authorization server cannot be reached\./,
  );
  await expect(rows('refresh_failed')).toContainText('Code network_unreachable');
  await expect(rows().first()).toHaveAttribute('data-event', 'refresh_failed');
});

test('the history survives a restart and a power failure', async () => {
  const before = linesOnDisk();
  expect(before.length).toBeGreaterThanOrEqual(5);
  await app.close();
  await relaunch();
  for (const kind of ['acquired', 'refreshed', 'refresh_failed']) await expect(rows(kind)).toHaveCount(1);
  await app.call('license.check');
  await app.kill();
  const after = linesOnDisk();
  expect(after.length).toBeGreaterThan(before.length);
  expect(after.slice(0, before.length)).toEqual(before);
  await relaunch();
  for (const kind of ['acquired', 'refreshed', 'refresh_failed']) await expect(rows(kind)).toHaveCount(1);
});

test('a torn last line and junk: reported and kept, and later entries are not lost', async () => {
  await app.close();
  const before = linesOnDisk();
  const torn = '{"version":1,"at":17';
  appendFileSync(historyFile(), `\u0000\u0000\nno entry\n${torn}`);
  await relaunch();
  for (const kind of ['acquired', 'refreshed', 'refresh_failed']) await expect(rows(kind)).toHaveCount(1);
  await expect(app.page.getByText('3 entries could not be read')).toBeVisible();
  await server.start();
  expect(await app.call('license.check')).toMatchObject({ ok: true });
  await expect(rows('refreshed').first()).toBeVisible();
  await expect(rows('refreshed')).not.toHaveCount(1);
  await expect(app.page.getByText('3 entries could not be read')).toBeVisible();
  const after = linesOnDisk();
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after).toContain(torn);
});

test('the filter: works with the keyboard too, and lasts as long as the page is open', async () => {
  const filter = (name: string) => app.page.getByRole('radio', { name });
  const all = await rows().count();
  await expect(filter('All')).toBeChecked();
  await filter('All').focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(filter('Refreshes')).toBeChecked();
  await expect(rows('acquired')).toHaveCount(0);
  await expect(rows('refreshed')).not.toHaveCount(0);
  await filter('Problems').check();
  await expect(rows('refreshed')).toHaveCount(0);
  await expect(rows('refresh_failed')).toHaveCount(1);
  await filter('Changes').check();
  await expect(rows('acquired')).toHaveCount(1);
  await expect(rows('refresh_failed')).toHaveCount(0);
  await app.button('License').click();
  await openHistory();
  await expect(filter('All')).toBeChecked();
  expect(await rows().count()).toBeGreaterThanOrEqual(all);
});

test('axe finds nothing, and the picture is described in words', async () => {
  const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const picture = app.page.getByRole('region', { name: 'The last 90 days' });
  await expect(picture).toMatchAriaSnapshot(`
    - heading "The last 90 days" [level=2]
    - paragraph: License Status
    - paragraph: /Licensed .*, Not recorded 89 days/
    - paragraph: License token
    - paragraph: /Fine .*, Not recorded 89 days/
    - paragraph: What was done
    - paragraph: /Refreshed .*, failed .* times, acquired once/
  `);
});

test('Export as CSV: saved, cancelled, and to a place that cannot be written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exported-'));
  const good = join(folder, 'history.csv');
  await answerSaveDialog(app, join(folder, 'not there', 'history.csv'));
  await app.button('Export as CSV').click();
  await expect(app.failure('export_not_written')).toContainText('The file could not be saved');
  await answerSaveDialog(app, null);
  await app.button('Try again').click();
  await expect(app.failure('export_not_written')).toHaveCount(0);
  await expect(app.button('Export as CSV')).not.toHaveAttribute('aria-disabled');
  expect(existsSync(good)).toBe(false);
  await answerSaveDialog(app, good);
  await app.button('Export as CSV').click();
  await expect(app.page.locator('.toast')).toContainText(`Saved as history.csv in ${folder}.`);
  const [header, ...records] = readFileSync(good, 'utf8').split('\r\n').slice(0, -1);
  expect(header).toMatch(/^\u{FEFF}Time,Time \(UTC\),/u);
  expect(records).toHaveLength(await rows().count());
  expect(records.at(-1)).toContain(',License acquired,');
  expect(await suggestedName(app)).toMatch(/License history Store 014 \d{4}-\d\d-\d\d\.csv$/);
});

test('another server has its own history', async () => {
  await app.addServer({ issuer: server.issuer, edition: 'store', serverName: 'Store 015' });
  await expect(rows('acquired')).toHaveCount(0);
  await app.page.getByLabel('Server shown').selectOption({ label: 'Store 014 – Store' });
  await expect(rows('acquired')).toHaveCount(1);
});

test('a disk that takes no history: the console says so, shows what it has, and keeps working', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'license-console-'));
  const p1 = { ...profileDefaults, issuer: 'http://127.0.0.1:9', edition: 'store', serverName: device };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, profiles: { p1 } }));
  mkdirSync(join(folder, 'history.p1.jsonl'));
  const other = await ConsoleApp.launch({ userData: folder });
  await other.button('Next').click();
  await expect(other.failure('network_unreachable').first()).toBeVisible();
  await expect(other.page.getByText('The history cannot be saved on this computer').first()).toBeVisible();
  await other.button('History').click();
  await expect(other.page.getByText('Part of the history cannot be read at the moment')).toBeVisible();
  await expect(other.page.locator('tr[data-event="acquisition_failed"]')).toHaveCount(1);
  await other.button('Export as CSV').click();
  await expect(other.failure('history_unreadable')).toBeVisible();
  await other.close();
});
