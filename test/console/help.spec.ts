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

test('@clerk Help is searched with the keyboard: an expired license, a new PC, and nothing found', async () => {
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

test('a topic that a button leads to is on the page, whatever was searched', async () => {
  await app.button('Help').click();
  await app.page.getByRole('searchbox', { name: 'Search Help' }).fill('proxy password');
  await expect(answer(/clock/)).toHaveCount(0);
  for (const count of [1, 2]) {
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('event:place.asked', { page: 'help', topic: 'clock' }),
    );
    await expect(answer(/clock/), `time ${count}`).toBeFocused();
    await app.page.getByRole('searchbox', { name: 'Search Help' }).focus();
  }
});
