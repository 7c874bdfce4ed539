import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
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

const scriptOf = {
  History: 'HistoryPage',
  'Registers & servers': 'RegistersPage',
  'All servers': 'BoardPage',
  Settings: 'SettingsPage',
  Help: 'HelpPage',
};

/** The address of that script, once the console has asked for it. */
const askedFor = async (script: string) =>
  (await app.page.waitForRequest((request) => request.url().includes(`/${script}-`))).url();

/** Presses a button of the rail. Is its page there, with more than its title, before the next frame is painted? */
const isThereAtOnce = (label: string) =>
  app.page.evaluate(async (text) => {
    const buttons = [...document.querySelectorAll<HTMLElement>('.rail-item')];
    const button = buttons.find((each) => each.textContent === text);
    button?.click();
    await Promise.resolve();
    return button?.ariaCurrent === 'page' && document.querySelector('.page-body > h1:only-child') === null;
  }, label);

test('@clerk a page is there at once when it is pressed after the pointer came to its button', async () => {
  for (const [label, script] of Object.entries(scriptOf)) {
    const asked = askedFor(script);
    await app.button(label).hover();
    // Resolves after the script has run, with those that it needs.
    await app.page.evaluate((address) => import(address), await asked);
    expect(await isThereAtOnce(label), label).toBe(true);
  }
});

test('@clerk the focus on its button loads a page too, for a person without a mouse', async () => {
  const asked = askedFor('SettingsPage');
  await app.button('Settings').focus();
  await asked;
});
