import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConsoleApp } from './console-app.ts';
import { expect, type Page, test } from './console-test.ts';
import { html, LocalServer } from './local-server.ts';

/** A page that counts how often its own scripts, or anything else in its world, ask for a key. */
const signInPage = `<h1>Sign in</h1><button>Use a passkey</button><output></output><script>
  const get = navigator.credentials.get.bind(navigator.credentials);
  let asked = 0;
  navigator.credentials.get = (options) => { asked += 1; return get(options); };
  const show = (state) => { document.querySelector('output').textContent = state + ', asked ' + asked; };
  document.querySelector('button').onclick = () => {
    navigator.credentials.get({ publicKey: { challenge: new Uint8Array(8), timeout: 600000 } })
      .then(() => show('signed in'), ({ name }) => show(name));
    show('waiting');
  };
  show('idle');
</script>`;

function answer({ url }: IncomingMessage, response: ServerResponse): void {
  html(response, url === '/sign-in' ? signInPage : `<h1>Page ${url}</h1>`);
}

let server: LocalServer;
let app: ConsoleApp;
let pane: Page;
/** An address with a name: no page at a bare IP address may ask for a key. */
let origin: string;

const hint = () => app.page.locator('p', { hasText: 'This page waits for a passkey or a security key.' });
const go = (path: string) => pane.evaluate((to) => void (location.href = to), `${origin}${path}`);

test.describe('@clerk a passkey or a security key', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    origin = server.origin.replace('127.0.0.1', 'localhost');
    app = await ConsoleApp.launch({ issuer: origin });
    pane = await app.pane();
    await expect(pane.getByRole('heading', { name: 'Page /' })).toBeVisible();
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  test('the console shows that the page waits for one, leaves no trace in the page, and opens the start page in the browser', async () => {
    await app.electron.evaluate(({ shell }) => {
      shell.openExternal = async (url: string) => void Object.assign(globalThis, { opened: url });
    });
    await go('/sign-in');
    await pane.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(hint()).toBeVisible();
    // The page itself still waits, and only its own script has asked for a key in its world.
    await expect(pane.locator('output')).toHaveText('waiting, asked 1');
    expect((await app.state()).pane).toMatchObject({ wantsKey: true, failure: null });
    const beside = hint().locator('..');
    await beside.getByRole('button', { name: 'Open in browser' }).click();
    await expect
      .poll(() => app.electron.evaluate(() => (globalThis as unknown as { opened?: string }).opened))
      .toBe(`${origin}/`);
    await go('/next');
    await expect(hint()).toBeHidden();
    expect((await app.state()).pane.wantsKey).toBe(false);
  });

  test('a page that does not ask for one causes no hint, and its own requests still work after each check', async () => {
    await go('/sign-in');
    await expect(pane.locator('output')).toHaveText('idle, asked 0');
    // The console's script, in its own world, as often as it runs while a person stays for minutes.
    const answers = await app.electron.evaluate(async ({ webContents }, url) => {
      const page = webContents.getAllWebContents().find((contents) => contents.getURL() === url);
      const code = `navigator.credentials.get({ publicKey: { challenge: new Uint8Array(1), rpId: '%' } }).then(() => 'got', ({ name }) => name)`;
      const all: unknown[] = [];
      for (let look = 0; look < 100; look += 1)
        all.push(await page?.executeJavaScriptInIsolatedWorld(1000, [{ code }]));
      return all;
    }, `${origin}/sign-in`);
    expect(new Set(answers)).toEqual(new Set(['SecurityError']));
    expect((await app.state()).pane.wantsKey).toBe(false);
    await expect(pane.locator('output')).toHaveText('idle, asked 0');
    await pane.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(hint()).toBeVisible();
    await expect(pane.locator('output')).toHaveText('waiting, asked 1');
  });
});
