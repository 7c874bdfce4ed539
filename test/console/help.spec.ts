import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  await app.page.locator('h1[tabindex]').waitFor();
});

test.afterEach(async () => {
  await app.close();
  await server.close();
});

const answer = (name: string | RegExp) => app.page.getByRole('heading', { name, level: 2 });
const spoken = () => app.page.locator('output[aria-live]');

test('@clerk the search of Help by keyboard: an expired license, a new PC, and nothing found', async () => {
  const keyboard = new Keyboard(app);
  const search = app.page.getByRole('searchbox', { name: 'Search Help' });
  await app.button('Help').click();
  await expect(app.page.getByRole('heading', { name: 'Help', level: 1 })).toBeFocused();
  const all = await app.page.getByRole('heading', { level: 2 }).count();
  await keyboard.press('Control+f');
  await expect(search).toBeFocused();
  await search.pressSequentially('License ÉXPIRED');
  await expect(answer('The license has expired. Can we still sell?')).toBeInViewport();
  await expect(spoken()).toHaveText(/^\d answers found$/);
  await keyboard.press('Escape');
  await expect(search).toHaveValue('');
  await expect(app.page.getByRole('heading', { level: 2 })).toHaveCount(all);
  await expect(search).toBeFocused();

  await search.pressSequentially('new pc');
  await expect(answer('We have a new PC. How does the license get there?')).toBeInViewport();
  await search.fill('gremlins');
  await expect(app.page.getByText('0 answers found')).toHaveCount(2);
  await app.button('Copy details for support').click();
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain('Log run ID');
  await app.button('Show all of Help').click();
  await expect(search).toBeFocused();
  await expect(app.page.getByRole('heading', { level: 2 })).toHaveCount(all);
});

test('a topic that a button leads to is on the page, even during a search', async () => {
  await app.button('Help').click();
  await app.page.getByRole('searchbox', { name: 'Search Help' }).fill('proxy password');
  await expect(answer(/clock/)).toHaveCount(0);
  for (const count of [1, 2]) {
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('event:place.asked', {
        place: { page: 'help', topic: 'clock' },
        by: 'notification',
      }),
    );
    await expect(answer(/clock/), `time ${count}`).toBeFocused();
    await app.page.getByRole('searchbox', { name: 'Search Help' }).focus();
  }
});

/** Starts the console again, with this file of an administrator. */
async function launchWith(file: unknown): Promise<string> {
  await app.close();
  const machine = mkdtempSync(join(tmpdir(), 'license-console-machine-'));
  const path = join(machine, 'support.json');
  writeFileSync(path, JSON.stringify(file), { mode: 0o644 });
  app = await ConsoleApp.launch({
    issuer: server.issuer,
    edition: 'store',
    serverName: 'Store 014',
    env: { FLC_TEST_MACHINE_FOLDER: machine },
  });
  await app.page.locator('h1[tabindex]').waitFor();
  return path;
}

test("@clerk the administrator's support contact: in Help, in About, in copied details, and where only support can help", async () => {
  test.skip(process.platform === 'win32', 'needs the file modes of POSIX');
  const contact = { name: 'Fusion Coffee help desk', phone: '+1 555 0100', url: 'https://help.fusion-coffee.example' };
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  server.control.overrideClaims({ device: 'Store 014', drop: ['server_id'] });
  await launchWith({ support: contact });
  await app.electron.evaluate(({ shell }) => {
    const kept = globalThis as unknown as { reached: string[] };
    kept.reached = [];
    shell.openExternal = async (address) => {
      kept.reached.push(address);
      if (address.startsWith('tel:')) throw new Error('no program');
    };
  });
  await app.authorizeAt(server.control, 'Store 014');
  await app.failure('license_details_missing').getByRole('button', { name: 'Contact support' }).click();
  const main = app.page.getByRole('main');
  await expect(main.getByText(contact.phone)).toBeInViewport();
  await main.getByRole('button', { name: 'Open in browser' }).click();
  const reached = () => app.electron.evaluate(() => (globalThis as unknown as { reached: string[] }).reached);
  await expect.poll(reached).toEqual(['https://help.fusion-coffee.example/']);
  await main.getByRole('button', { name: 'Call' }).click();
  await expect(app.failure('contact_not_opened')).toContainText('No program opened on this computer');
  await app.button('About this console').click();
  const about = app.page.getByRole('dialog');
  await expect(about.getByText(contact.name)).toBeVisible();
  await about.getByRole('button', { name: 'Copy details for support' }).click();
  await expect(about.getByText(`Paste them into your message to ${contact.name}, ${contact.url}.`)).toBeVisible();
  const clipboard = await app.electron.evaluate(({ clipboard: system }) => system.readText());
  expect(clipboard).toContain(`Support: ${Object.values(contact).join(', ')}`);
});

test('a malformed support file: Help names the file and what is missing, and everything else works', async () => {
  test.skip(process.platform === 'win32', 'needs the file modes of POSIX');
  const path = await launchWith({ support: { url: 'http://help.example' } });
  await app.button('Help').click();
  const notice = app.page.locator('.notice', { hasText: 'The support contact of this computer was not used' });
  await expect(notice).toContainText(path);
  await expect(notice).toContainText('It needs a form like this');
  await app.button('Copy details for support').click();
  await expect(app.page.getByText('Paste them into your message to support.').first()).toBeVisible();
});
