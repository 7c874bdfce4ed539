import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { NativeMenus } from './native-menus.ts';
import { Person } from './person.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
});

test.afterEach(async () => {
  await app.close();
  await server.close();
});

const clipboard = () => app.electron.evaluate(({ clipboard: system }) => system.readText());

test('@clerk the right mouse button, on the console and on the page beside it', async () => {
  const menus = await NativeMenus.watch(app);
  const pane = await app.pane();
  const person = new Person(app, pane);
  // With an empty clipboard, Paste would be disabled.
  await app.electron.evaluate(({ clipboard: system }) => system.writeText('copied before'));

  await pane.getByLabel('User name').fill('installer');
  await pane.getByLabel('User name').selectText();
  await pane.getByLabel('User name').click({ button: 'right' });
  expect(await menus.shown()).toBe('Cut Copy Paste Select all');
  await menus.choose('Copy');
  await expect.poll(clipboard).toBe('installer');
  await pane.getByLabel('Password').fill('fusion-demo');
  await pane.getByLabel('Password').selectText();
  await pane.getByLabel('Password').click({ button: 'right' });
  expect(await menus.shown(), 'a password').toBe('Paste Select all');
  await menus.close();

  await person.signIn();
  const organization = pane.getByRole('link', { name: 'Fusion Coffee', exact: true });
  await organization.click({ button: 'right' });
  expect(await menus.shown()).toBe('Back Reload | Copy link | Select all');
  await menus.choose('Copy link');
  await expect.poll(clipboard).toContain(`${server.issuer}/`);

  await person.chooseOrganization('Fusion Coffee');
  await person.chooseDevice('Store 014');
  const code = await person.next();
  await expect.poll(clipboard).toBe(code);
  const field = pane.getByLabel('UserCode', { exact: true });
  await field.click({ button: 'right' });
  expect(await menus.shown()).toBe('(Cut) (Copy) Paste (Select all) | Copy User Code');
  await menus.choose('Paste');
  await expect(field).toHaveValue(code);

  await app.electron.evaluate(({ clipboard: system }) => system.clear());
  await app.page.getByRole('heading', { name: 'Manage License' }).click({ button: 'right' });
  expect(await menus.shown()).toMatch(/Select all \| Copy User Code$/);
  await menus.choose('Copy User Code');
  await expect.poll(clipboard).toBe(code);

  await pane.getByRole('heading').first().click({ button: 'right' });
  await menus.choose('Back');
  await expect(pane.getByRole('link', { name: 'Authorize Device', exact: true })).toBeVisible();

  const keyboard = new Keyboard(app);
  await app.call('pane.focus');
  await keyboard.isIn('embedded page');
  await keyboard.press('Shift+F10');
  expect(await menus.shown(), 'by the keyboard').toMatch(/Reload/);
  await menus.close();
});
