import { expect, type Locator, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { chooseInMenuBar } from './native-menus.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

/** Where the focus goes on each page and dialog, and where it goes after a dialog, for a person without a mouse. */
test.describe.configure({ mode: 'serial' });

let server: AuthorizationServer;
let app: ConsoleApp;
let keyboard: Keyboard;

test.beforeAll(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await app.addServer({ issuer: server.issuer, edition: 'store', serverName: 'Store 015' });
  expect(await app.call('profile.choose', { id: (await app.state()).servers[0]?.id })).toMatchObject({ ok: true });
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  keyboard = new Keyboard(app);
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

const dialog = () => app.page.getByRole('dialog');

interface Question {
  readonly page: string;
  /** The control that opens it. */
  readonly opener: string;
  /** Where the focus goes in it. */
  readonly first: (within: Locator) => Locator;
  /** The button that closes it. */
  readonly leave: string;
}

const named = (name: string) => (within: Locator) => within.getByRole('button', { name, exact: true });
const field = (label: string) => (within: Locator) => within.getByLabel(label);

/** A question that cannot be undone begins at the button that changes nothing; the others begin at what is entered or pressed next. */
const questions: readonly Question[] = [
  { page: 'License', opener: 'Remove License…', first: named('Keep License'), leave: 'Keep License' },
  { page: 'Settings', opener: 'Rename… Store 015', first: field('Server name'), leave: 'Cancel' },
  { page: 'Settings', opener: 'Edit… Store 015', first: field("Authorization server's address"), leave: 'Cancel' },
  { page: 'Settings', opener: 'Forget… Store 015', first: named('Cancel'), leave: 'Cancel' },
  {
    page: 'Settings',
    opener: 'Add another server',
    first: (within) => within.getByRole('radio').first(),
    leave: 'Cancel',
  },
  { page: 'Help', opener: 'About this console', first: named('Copy details for support'), leave: 'Close' },
];

for (const { page, opener, first, leave } of questions) {
  test(`@clerk ${opener}: the focus goes to the next action, and back after Escape and ${leave}`, async () => {
    await app.button('History').click();
    await app.button(page).click();
    await expect(app.page.locator('h1[tabindex]')).toBeFocused();
    for (const close of ['Escape', leave]) {
      await app.button(opener).focus();
      await keyboard.press('Enter');
      await expect(first(dialog()), close).toBeFocused();
      if (close === 'Escape') await keyboard.press('Escape');
      else await dialog().getByRole('button', { name: leave, exact: true }).click();
      await expect(dialog()).toHaveCount(0);
      await expect(app.button(opener), `after ${close}`).toBeFocused();
    }
  });
}

for (const { page, opener, leave } of questions.filter((one) => one.leave !== 'Close')) {
  test(`@clerk ${opener}: the keys and the menu that change the page leave the dialog and its text alone`, async () => {
    await app.button(page).click();
    const before = await app.page.getByRole('heading', { level: 1 }).textContent();
    await app.button(opener).click();
    const text = dialog().getByRole('textbox').last();
    const hasText = (await text.count()) > 0;
    if (hasText) await text.fill('typed so far');
    for (const key of ['F1', 'Control+2', 'Control+,', 'F5']) await keyboard.press(key);
    await chooseInMenuBar(app, 'Handover sheet');
    // This entry comes last, so when its dialog is on the screen, the page would have changed.
    await chooseInMenuBar(app, 'About Fusion License Console');
    await expect(app.page.getByRole('heading', { name: 'About Fusion License Console' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(dialog()).toHaveCount(1);
    await expect(app.page.getByRole('heading', { level: 1 })).toHaveText(before ?? '');
    if (hasText) await expect(text).toHaveValue('typed so far');
    await dialog().getByRole('button', { name: leave, exact: true }).click();
    await expect(dialog()).toHaveCount(0);
    await keyboard.press('F1');
    await expect(app.page.getByRole('heading', { name: 'Help', level: 1 })).toBeVisible();
  });
}

test('a notification that is clicked while a dialog is open: its page opens when the dialog has closed', async () => {
  await app.button('Settings').click();
  await app.button('Rename… Store 015').click();
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send('event:place.asked', {
      place: { page: 'registers' },
      by: 'notification',
    }),
  );
  await chooseInMenuBar(app, 'About Fusion License Console');
  await expect(app.page.getByRole('heading', { name: 'About Fusion License Console' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog().getByLabel('Server name')).toHaveValue('Store 015');
  await keyboard.press('Escape');
  await expect(app.page.getByRole('heading', { name: 'Registers & servers', level: 1 })).toBeVisible();
});

test('@clerk the focus is on the same button after a rename, and on the list after a server was forgotten', async () => {
  await app.button('Settings').click();
  await app.button('Rename… Store 015').click();
  await dialog().getByLabel('Server name').fill('Store 016');
  await keyboard.press('Enter');
  await expect(app.button('Rename… Store 016')).toBeFocused();
  await app.button('Forget… Store 016').click();
  await dialog().getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(app.page.getByRole('heading', { name: 'Servers', level: 2 })).toBeFocused();
});

test('the question at closing focuses Keep running, and Escape leads back', async () => {
  await app.button('License').click();
  await app.button('Check License Now').focus();
  await app.closeWindow();
  await expect(dialog().getByRole('button', { name: 'Keep running' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
  await expect(app.button('Check License Now')).toBeFocused();
});
