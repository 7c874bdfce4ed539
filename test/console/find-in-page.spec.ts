import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { html, LocalServer } from './local-server.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';

/** Ctrl+F on the page of the Authorization pane, by keyboard alone. */
test.describe.configure({ mode: 'serial' });

const sought = 'canary device';
let server: LocalServer;
let app: ConsoleApp;
let keyboard: Keyboard;

test.beforeAll(async () => {
  server = await LocalServer.start((request, response) =>
    html(
      response,
      request.url === '/other'
        ? `<h1>Other page</h1><p>${sought}</p>`
        : `<h1>Start page</h1><label>Name <input></label><a href="/other">Other page</a>` +
            `<p>${sought}</p>`.repeat(7) +
            // A page that keeps every key for itself.
            "<script>for (const kind of ['keydown', 'keyup', 'keypress']) addEventListener(kind, (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);</script>",
    ),
  );
  app = await ConsoleApp.launch({ issuer: server.origin });
  await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
  await app.page.locator('h1[tabindex]').waitFor();
  keyboard = new Keyboard(app);
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

const field = () => app.page.getByRole('textbox', { name: 'Find on this page' });
const outcome = () => app.page.locator('.find-outcome');
const selected = async () => (await app.pane()).evaluate(() => String(getSelection()));

test('@clerk Ctrl+F in the page opens the search in the console; Enter, Shift+Enter and F3 go from match to match', async () => {
  await app.call('pane.focus');
  await keyboard.isIn('embedded page');
  await keyboard.press('Control+f');
  await keyboard.isIn('console');
  await expect(field()).toBeFocused();
  await keyboard.type(sought);
  await expect(field()).toHaveValue(sought);
  await expect(outcome()).toHaveText('1 of 7');
  await expect(app.page.locator('output[aria-live]')).toHaveText('1 of 7');
  await keyboard.isIn('console');
  for (const [key, then] of [
    ['Enter', '2 of 7'],
    ['F3', '3 of 7'],
    ['Shift+F3', '2 of 7'],
    ['Shift+Enter', '1 of 7'],
    ['Shift+Enter', '7 of 7'],
  ] as const) {
    await keyboard.press(key);
    await expect(outcome(), key).toHaveText(then);
    await expect(field()).toBeFocused();
  }
  await expect(field()).toHaveAccessibleDescription('7 of 7');
  await keyboard.isIn('console');
  await app.call('pane.focus');
  await keyboard.isIn('embedded page');
  await keyboard.press('F3');
  await expect(outcome(), 'F3 in a page that keeps its keys').toHaveText('1 of 7');
  await keyboard.isIn('embedded page');
  await keyboard.press('Control+f');
  await expect(field()).toBeFocused();
  await keyboard.type('x');
  await expect(outcome(), 'what was typed before was selected').toHaveText('Not found');
});

test('the search bar: axe, and usable at 200 %', async () => {
  await expectNoViolations(app, 'find bar');
  await expectReachableWhenZoomed(app, 'find bar');
});

test('@clerk Escape closes the search and leads to the match; another page ends the search', async () => {
  await field().fill(sought);
  await expect(outcome()).toHaveText('1 of 7');
  await field().focus();
  await keyboard.press('Escape');
  await expect(field()).toHaveCount(0);
  await keyboard.isIn('embedded page');
  expect(await selected()).toBe(sought);
  expect((await app.state()).pane.found).toBeNull();

  await keyboard.press('Control+f');
  await keyboard.type(sought);
  await expect(outcome()).toHaveText('1 of 7');
  await (await app.pane()).evaluate(() => document.querySelector('a')?.click());
  await expect((await app.pane()).getByRole('heading', { name: 'Other page' })).toBeVisible();
  await expect(outcome()).toHaveText('');
  await expect(field()).toBeFocused();
  await keyboard.press('Enter');
  await expect(outcome()).toHaveText('1 of 1');
});

test('the search ends with the pane, and Ctrl+F on other pages leads to their search', async () => {
  await app.button('Close this pane').click();
  await expect(field()).toHaveCount(0);
  expect((await app.state()).pane.found).toBeNull();
  await keyboard.press('Control+f');
  await expect(field(), 'there is no page to search').toHaveCount(0);
  await app.call('pane.show', { open: true });
  await expect(app.button('Close this pane')).toBeVisible();
  await expect(field(), 'it does not come back').toHaveCount(0);
  await app.button('Help').click();
  await expect(app.page.getByRole('heading', { name: 'Help', level: 1 })).toBeFocused();
  await keyboard.press('Control+f');
  await expect(app.page.getByRole('searchbox', { name: 'Search Help' })).toBeFocused();
});

test('no log and no snapshot contains the typed text', async () => {
  expect(app.log()).toContain('pane');
  expect(app.log()).not.toContain('canary');
  expect(JSON.stringify(await app.state())).not.toContain('canary');
});
