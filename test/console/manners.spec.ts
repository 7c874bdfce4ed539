import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { chooseInMenuBar, NativeMenus } from './native-menus.ts';
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

test('@clerk the right mouse button, on the console and on the page next to it', async () => {
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
  // The console has filled it in once.
  await expect(field).toHaveValue(code);
  await field.fill('');
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

/** The first paint is on the screen before the script of the page runs, and has no live region. */
const scriptRuns = () => app.page.locator('output[aria-live]').waitFor({ state: 'attached' });

test('@clerk the menu bar: its keys lead to every page, F5 reloads the page next to the steps', async () => {
  const pane = await app.pane();
  const keyboard = new Keyboard(app);
  const title = (name: string) => app.page.getByRole('heading', { name, level: 1 });
  await expect(title('Manage License')).toBeVisible();
  await app.page.getByRole('heading', { name: 'Manage License' }).click();
  for (const [key, name] of [
    ['F1', 'Help'],
    ['Control+2', 'History'],
    ['Control+,', 'Settings'],
    ['Control+3', 'Registers & servers'],
    ['Control+4', 'All servers'],
    ['Control+1', 'Manage License'],
  ] as const) {
    await keyboard.press(key);
    await expect(title(name), key).toBeVisible();
  }
  // A page that is just being replaced cannot answer.
  const marked = () => pane.evaluate(() => 'marked' in globalThis).catch(() => true);
  const mark = () => pane.evaluate(() => Object.assign(globalThis, { marked: true }) && undefined);
  await mark();
  await app.call('pane.focus');
  await keyboard.isIn('embedded page');
  await keyboard.press('F5');
  await expect.poll(marked, 'with the keyboard in the page').toBe(false);
  await mark();
  await chooseInMenuBar(app, 'Reload');
  await expect.poll(marked, 'from the menu').toBe(false);
  await keyboard.press('F1');
  await expect(title('Help'), 'from within the page').toBeVisible();
});

test('a button that moves away under the pointer is pressed, but not one that the pointer leaves', async () => {
  // The page on the right has loaded, so nothing else moves the button.
  await expect(app.page.getByText('Sign in on the right first.')).toBeVisible();
  const next = app.button('Next');
  const press = async (then: () => Promise<unknown>) => {
    const { x, y, width, height } = (await next.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await app.page.mouse.move(x + width / 2, y + height / 2);
    await app.page.mouse.down();
    await then();
    await app.page.mouse.up();
  };
  await press(() => app.page.mouse.move(5, 300));
  await next.evaluate(() => new Promise(requestAnimationFrame));
  expect((await app.state()).acquisition.state).toBe('idle');
  await press(() => next.evaluate((button) => (button.style.marginTop = '150px')));
  await expect(app.userCode).toBeVisible();
});

test('About shows and copies what support asks for; the log folder opens, or a message says where it is', async () => {
  await app.electron.evaluate(({ shell }) => {
    const kept = globalThis as unknown as { opened: string[]; refuses: boolean };
    kept.opened = [];
    shell.openPath = async (path) => {
      kept.opened.push(path);
      return kept.refuses ? 'no program' : '';
    };
  });
  await scriptRuns();
  await chooseInMenuBar(app, 'About Fusion License Console');
  const dialog = app.page.getByRole('dialog', { name: 'About Fusion License Console' });
  await expect(dialog).toContainText(app.userData);
  await expect(dialog).toContainText('Electron');
  await expect(dialog).toContainText('GNOME Keyring');
  await dialog.getByRole('button', { name: 'Copy details for support' }).click();
  await expect.poll(clipboard).toMatch(/^Log run ID: [0-9a-f]{8}$/m);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await chooseInMenuBar(app, 'Open log folder');
  await expect(app.page.locator('.toast')).toHaveText('The log folder was opened.');
  const opened = () => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  expect((await opened())[0]).toContain(app.userData);
  await app.electron.evaluate(() => Object.assign(globalThis, { refuses: true }) && undefined);
  await chooseInMenuBar(app, 'Open log folder');
  await expect(app.page.locator('.toast')).toContainText('The log folder could not be opened');
  await expect(app.page.locator('.toast')).toContainText(app.userData);
  await app.button('Close this message').click();
  await expect(app.page.locator('.toast')).toHaveCount(0);
});

test('light or dark colors apply at once, and from the first paint after a restart', async () => {
  // Playwright gives every page its own color scheme, so the pages cannot be asked.
  const isDark = () => app.electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors);
  await app.button('Settings').click();
  await app.page.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(isDark).toBe(true);
  const { userData } = app;
  await app.close();
  app = await ConsoleApp.launch({ userData });
  expect(await isDark()).toBe(true);
  await app.button('Settings').click();
  await app.page.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(isDark).toBe(false);
});

test('a page that cannot be printed: a message says so, and stays until it is closed', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) contents.print = (_options, done) => done?.(false, 'no printer');
  });
  await scriptRuns();
  await chooseInMenuBar(app, 'Print…');
  await expect(app.page.locator('.toast')).toContainText('The page could not be printed');
  await app.button('Close this message').click();
  await expect(app.page.locator('.toast')).toHaveCount(0);
});
