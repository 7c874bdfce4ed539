import { mkdtempSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { FarServers } from './far-servers.ts';
import { html, LocalServer } from './local-server.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';
import { windowTitles } from './window-titles.ts';

let server: LocalServer;
let far: FarServers;
let app: ConsoleApp;
let pane: Page;

const provider = 'https://sign-in.example.com';

const startPage = () =>
  app.page.locator('.address-bar').getByRole('button', { name: 'Start page of the Authorization server' });

/** The pop-up's window, as the main process knows it. */
const popUps = () =>
  app.electron.evaluate(({ BrowserWindow, screen }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => !window.isDestroyed() && window.getParentWindow() !== null)
      .map((window) => ({
        title: window.getTitle(),
        // While a window closes, its page ends first.
        url: window.webContents.isDestroyed() ? '' : window.webContents.getURL(),
        bounds: window.getBounds(),
        room: screen.getDisplayMatching(window.getBounds()).workArea,
        isFullScreen: window.isFullScreen(),
        isFocused: window.isFocused(),
        isMenuShown: window.isMenuBarVisible(),
        isOfConsole: window.getParentWindow() === BrowserWindow.getAllWindows().find((each) => each.id === 1),
      })),
  );

/** Waits for the page of the only pop-up. */
async function popUp(path = '/login'): Promise<Page> {
  const found = () => app.electron.windows().find((page) => page !== pane && page.url().endsWith(path));
  await expect.poll(() => found()?.url() ?? '').toContain(path);
  return found() as Page;
}

const said = () => app.page.locator('.address-pop-up', { hasText: 'A sign-in window is open. Finish there.' });

const isClosed = () => expect.poll(async () => (await popUps()).length).toBe(0);

/** Opens a page of the server with a button that opens a window in this way. */
async function openerOf(script: string): Promise<void> {
  await pane.evaluate((address) => (location.href = address), `/opener?${encodeURIComponent(script)}`);
  await pane.waitForURL('**/opener?*');
}

const press = () => pane.getByRole('button', { name: 'Sign in with a provider' }).click();

async function openPopUp(url = `${provider}/login`, features = 'popup,width=500,height=600'): Promise<void> {
  await openerOf(`window.open('${url}', 'sign-in', '${features}')`);
  await press();
  await expect.poll(async () => (await popUps()).length).toBe(1);
}

/** Presses a key, or the button that closes the window, as the system does. */
const pressInPopUp = (key: string) =>
  app.electron.evaluate(({ BrowserWindow }, pressed) => {
    const window = BrowserWindow.getAllWindows().find((each) => each.getParentWindow() !== null);
    if (pressed === 'its button') return window?.close();
    const [keyCode = '', modifier] = pressed.split('+').toReversed();
    const modifiers = modifier === undefined ? [] : [modifier.toLowerCase() as 'control'];
    for (const type of ['keyDown', 'keyUp'] as const) window?.webContents.sendInputEvent({ type, keyCode, modifiers });
    return undefined;
  }, key);

test.describe('@contain the sign-in window', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    pane = await app.pane();
    far = await FarServers.open(app, answer);
  });

  test.beforeEach(async () => {
    await startPage().click();
    await isClosed();
    pane = await app.pane();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test.afterAll(async () => {
    await far.close();
    await app.close();
    await server.close();
  });

  test('a provider’s pop-up tells its opener who signed in, closes, and the opener goes on', async () => {
    await openPopUp();
    const page = await popUp();
    await expect(page.getByRole('heading', { name: '/login' })).toBeVisible();
    await expect.poll(async () => (await popUps())[0]?.title).toBe(`${provider} – Sign-in window`);
    expect(await popUps()).toMatchObject([{ isMenuShown: false, isOfConsole: true, isFocused: true }]);
    await expect(said()).toBeVisible();
    await page.getByRole('button', { name: 'I am Ada' }).click();
    await expect(pane.getByRole('heading', { name: 'Signed in as Ada' })).toBeVisible();
    await isClosed();
    await expect(said()).toBeHidden();
    await expect.poll(() => pane.evaluate(() => document.hasFocus())).toBe(true);
  });

  test('a pop-up that opens empty and gets its address later works too, and shows whose it is', async () => {
    await openerOf(
      `const it = window.open('about:blank', 'sign-in', 'width=500'); setTimeout(() => { it.location.href = '${provider}/login'; }, 50)`,
    );
    await press();
    await (await popUp()).getByRole('button', { name: 'I am Ada' }).click();
    await expect(pane.getByRole('heading', { name: 'Signed in as Ada' })).toBeVisible();
    await openerOf(
      `const it = window.open('', 'sign-in', 'width=500');
      it.document.title = 'https://bank.example.com';
      it.addEventListener('beforeprint', () => { document.querySelector('h1').textContent = 'Printed'; });
      it.print();`,
    );
    await press();
    await expect
      .poll(async () => (await popUps()).map(({ title }) => title))
      .toEqual([`${server.origin} – Sign-in window`]);
    await expect(pane.getByRole('heading', { name: '/opener' })).toBeVisible();
  });

  test('it has the rights of the pane, and no others', async () => {
    await openPopUp();
    const page = await popUp();
    const rights = await app.electron.evaluate(({ webContents }) => {
      const all = webContents.getAllWebContents();
      const read = (contents: Electron.WebContents | undefined) =>
        (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
      const popUpContents = all.find((contents) => contents.getURL().includes('/login'));
      const paneContents = all.find((contents) => contents.getURL().includes('/opener'));
      const names = Object.keys(read(paneContents)).filter(
        (name) => !['session', 'partition', 'openerId'].includes(name),
      );
      return {
        isOneSession: popUpContents?.session === paneContents?.session,
        of: names.map((name) => [name, read(popUpContents)[name], read(paneContents)[name]] as const),
        policy: popUpContents?.getWebRTCIPHandlingPolicy(),
        channels: popUpContents?.ipc.eventNames().filter((name) => name !== 'error'),
      };
    });
    expect(rights.isOneSession).toBe(true);
    expect(rights.policy).toBe('disable_non_proxied_udp');
    expect(rights.channels).toEqual([]);
    expect(rights.of.filter(([, one, other]) => one !== other)).toEqual([]);
    await page.evaluate(() => {
      addEventListener('beforeprint', () => (document.body.dataset['printed'] = 'yes'));
      window.print();
      alert('x');
      document.title = 'https://bank.example.com';
      window.resizeTo(10, 10);
      window.moveTo(-2000, -2000);
      void document.documentElement.requestFullscreen().catch(() => {});
    });
    expect(
      await page.evaluate(() => ['licenseConsole', 'require', 'process'].filter((name) => name in window)),
    ).toEqual([]);
    expect(await page.evaluate(() => document.body.dataset['printed'])).toBeUndefined();
    const [shown] = await popUps();
    expect(shown).toMatchObject({ title: `${provider} – Sign-in window`, isFullScreen: false });
    expect(shown?.bounds.width).toBeGreaterThanOrEqual(460);
    expect(windowTitles().filter((title) => title.includes('bank') || title === 'Print')).toEqual([]);
  });

  for (const features of [
    'popup,width=99999,height=99999,left=-5000,top=-5000',
    'popup,width=1,height=1',
    'fullscreen=yes,kiosk=yes,frame=no,transparent=yes,alwaysOnTop=yes,title=Bank,width=300',
  ])
    test(`its place fits the screen: ${features}`, async () => {
      await openPopUp(`${provider}/login`, features);
      const [shown] = await popUps();
      if (!shown) throw new Error('There is no pop-up');
      const { bounds, room } = shown;
      expect(bounds.width).toBeGreaterThanOrEqual(460);
      expect(bounds.height).toBeGreaterThanOrEqual(400);
      expect(bounds.x).toBeGreaterThanOrEqual(room.x);
      expect(bounds.y).toBeGreaterThanOrEqual(room.y);
      expect(bounds.x + bounds.width).toBeLessThanOrEqual(room.x + room.width);
      expect(bounds.y + bounds.height).toBeLessThanOrEqual(room.y + room.height);
      expect(bounds.width * bounds.height).toBeLessThan(room.width * room.height);
      expect(shown.isFullScreen).toBe(false);
      expect(shown.title).toContain('Sign-in window');
    });

  test('a pop-up to an address that is not allowed is not opened, and one that goes there is closed; the pane says so', async () => {
    await openerOf("window.open('https://192.168.1.1/', 'sign-in', 'width=500')");
    await press();
    await expect(app.failure('address_not_allowed')).toContainText('192.168.1.1');
    expect(await popUps()).toEqual([]);
    await startPage().click();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    await openPopUp();
    const page = await popUp();
    await page.evaluate(() => (location.href = 'https://10.0.0.1/')).catch(() => {});
    await isClosed();
    await expect(app.failure('address_not_allowed')).toContainText('10.0.0.1');
    await app.button('Back').click();
    await expect(pane.getByRole('button', { name: 'Sign in with a provider' })).toBeVisible();
  });

  test('a page that opens 50 gets one for its click, and none without a click', async () => {
    await openerOf(
      `for (let count = 0; count < 50; count += 1) window.open('${provider}/login?' + count, 'w' + count, 'width=500')`,
    );
    await press();
    await popUp('/login?0');
    expect(await popUps()).toHaveLength(1);
    await pane.evaluate((url) => {
      for (let count = 0; count < 50; count += 1) window.open(`${url}?again`, `v${count}`, 'width=500');
    }, `${provider}/login`);
    expect((await popUps()).map(({ url }) => url)).toEqual([`${provider}/login?0`]);
    // A second click replaces it.
    await press();
    await expect.poll(async () => (await popUps()).length).toBe(1);
    await app.button('Close this pane').click();
    await isClosed();
    await app.button('Open Authorization server').click();
  });

  test('a pop-up that opens pop-ups opens them in its own window, one for each click', async () => {
    await openPopUp();
    const page = await popUp();
    await page.evaluate(() => {
      for (let count = 0; count < 50; count += 1) window.open(`/no-click-${count}`, `w${count}`, 'width=500');
    });
    await page.getByRole('button', { name: 'Open windows' }).click();
    await popUp('/nested-0');
    expect(await popUps()).toHaveLength(1);
    expect(far.asked.length).toBeGreaterThan(0);
  });

  test('the person returns to the console with F6, and to it with Show it; a page that hangs can be closed', async () => {
    await openPopUp();
    const page = await popUp();
    await pressInPopUp('F6');
    await expect.poll(() => app.page.evaluate(() => document.hasFocus())).toBe(true);
    await app.button('Show it').click();
    await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
    void page
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {});
    await pressInPopUp('its button');
    await isClosed();
    await expect(said()).toBeHidden();
  });

  test('its title shows the end of a long host', async () => {
    const host = `accounts.google.com.${'a'.repeat(60)}.evil.example.com`;
    await openPopUp(`https://${host}/login`);
    await expect.poll(async () => (await popUps())[0]?.title).toMatch(/^….*\.evil\.example\.com – Sign-in window$/);
  });

  test('a page that leaves its opener by its policy opens in the pane', async () => {
    // It may be gone before anybody sees it.
    await openerOf(`window.open('${provider}/coop', 'sign-in', 'popup,width=500,height=600')`);
    await press();
    await expect(pane.getByRole('heading', { name: '/coop' })).toBeVisible();
    await isClosed();
  });

  test('a window without an opener and a link to a new tab open in the pane', async () => {
    for (const script of [
      "window.open('/tab', 'x', 'noopener,width=500')",
      "window.open('/tab', 'x', 'width=500,noreferrer')",
      "window.open('/tab')",
      "window.open('/tab', 'x')",
    ]) {
      await openerOf(script);
      await press();
      await expect(pane.getByRole('heading', { name: '/tab' }), script).toBeVisible();
      expect(await popUps(), script).toEqual([]);
    }
  });

  test('a name and a password for a page in it are asked for in the console, and the pop-up comes back', async () => {
    await openPopUp(`${provider}/basic`);
    const dialog = app.page.getByRole('dialog');
    await expect(dialog).toContainText(provider);
    const isSeen = () =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((each) => each.getParentWindow() !== null)
          ?.isVisible(),
      );
    expect(await isSeen()).toBe(false);
    await dialog.getByLabel('Name').fill('ada');
    await dialog.getByLabel('Password').fill('secret');
    await dialog.getByLabel('Password').press('Enter');
    await expect((await popUp('/basic')).getByRole('heading', { name: '/basic' })).toBeVisible();
    expect(await isSeen()).toBe(true);
  });

  test('a file that it offers is saved where the person chooses, while it is out of the way; a program is refused with words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pop-up-saved-'));
    const toast = app.page.locator('.toast');
    await answerSaveDialog(app, join(folder, 'from-pop-up.pdf'));
    await openPopUp();
    const page = await popUp();
    await page.getByRole('link', { name: 'Statement' }).click({ noWaitAfter: true });
    await expect(toast).toContainText(`Saved as from-pop-up.pdf in ${folder}.`);
    expect(readFileSync(join(folder, 'from-pop-up.pdf'), 'utf8')).toBe('a file');
    // It is back, with its page.
    await expect(page.getByRole('heading', { name: '/login' })).toBeVisible();
    expect(await popUps()).toHaveLength(1);
    await page.getByRole('link', { name: 'Program' }).click({ noWaitAfter: true });
    await expect(toast).toContainText('setup.exe was not saved.');
    await app.button('Close this message').click();
  });

  test('a file that the server still sends does not hide it, or keep a window that was opened for the file alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pop-up-saved-'));
    const toast = app.page.locator('.toast');
    const hasBegun = () => expect.poll(() => sendRest).not.toBeNull();
    const saves = async (name: string) => {
      sendRest?.();
      sendRest = null;
      await expect(toast).toContainText(`Saved as ${name} in ${folder}.`);
      expect(readFileSync(join(folder, name), 'utf8')).toBe('a file');
      await app.button('Close this message').click();
    };
    const isSeen = () =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((each) => each.getParentWindow() !== null)
          ?.isVisible(),
      );
    await openPopUp();
    await answerSaveDialog(app, join(folder, 'slow.pdf'));
    await (await popUp()).getByRole('link', { name: 'Slow' }).click({ noWaitAfter: true });
    await hasBegun();
    await expect.poll(() => suggestedName(app)).toContain('SLOW.pdf');
    await expect.poll(isSeen).toBe(true);
    await saves('slow.pdf');
    await answerSaveDialog(app, join(folder, 'alone.pdf'));
    await openerOf(`window.open('${provider}/file?slow', 'file', 'popup,width=500,height=600')`);
    await press();
    await hasBegun();
    await isClosed();
    await saves('alone.pdf');
  });

  for (const [name, said] of [
    ['statement', 'Saved as opened.pdf'],
    ['program', 'setup.exe was not saved.'],
  ] as const)
    test(`a window that is opened for a file alone leaves no empty window: ${name}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pop-up-saved-'));
      await answerSaveDialog(app, join(folder, 'opened.pdf'));
      await openerOf(`window.open('${provider}/file?${name}', 'file', 'popup,width=500,height=600')`);
      await press();
      await expect(app.page.locator('.toast')).toContainText(said);
      await isClosed();
      await app.button('Close this message').click();
    });

  test('a page that floods in it is closed with the page of the pane, with a message', async () => {
    await openPopUp();
    const page = await popUp();
    void page
      .evaluate(() => {
        for (let count = 0; ; count += 1) document.title = `${count}`;
      })
      .catch(() => {});
    await expect(app.failure('page_floods')).toBeVisible({ timeout: 30_000 });
    await isClosed();
  });

  test('a pop-up that cannot be reached is closed, and the pane says why', async () => {
    await openerOf("window.open('https://sign-in.example.com/broken', 'sign-in', 'width=500')");
    await press();
    await expect(app.page.locator('.pane-failure [data-failure-code]')).toBeVisible();
    await isClosed();
  });

  // Last, because the far servers are trusted by this sign-in only.
  test('it closes with the pane, with Sign out, with Escape and with Ctrl+W', async () => {
    await openPopUp();
    await app.button('Close this pane').click();
    await isClosed();
    await app.button('Open Authorization server').click();
    for (const key of ['Escape', 'Control+W', 'window.close', 'its button']) {
      await openPopUp();
      const page = await popUp();
      if (key === 'window.close') await page.evaluate(() => window.close()).catch(() => {});
      else await pressInPopUp(key);
      await isClosed();
      await expect(said(), key).toBeHidden();
    }
    await openPopUp();
    await app.button('Sign out of the Authorization server').click();
    await isClosed();
    expect(await app.windowCount()).toBe(1);
  });
});

test('@contain the sign-in window closes with the console, and the console ends', async () => {
  server = await LocalServer.start(answer);
  app = await ConsoleApp.launch({ issuer: server.origin });
  pane = await app.pane();
  await openPopUp(`${server.origin}/login`);
  await app.close();
  await server.close();
});

/** Sends the rest of the last slow file. */
let sendRest: (() => void) | null = null;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/file') {
    const names: Record<string, string> = { '?program': 'setup.exe', '?slow': 'SLOW.pdf' };
    const name = names[search] ?? 'STATEMENT.pdf';
    const type = { 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' };
    response.writeHead(200, { ...type, 'content-disposition': `attachment; filename="${name}"` });
    if (search !== '?slow') return void response.end('a file');
    response.write('a ');
    sendRest = () => response.end('file');
    return;
  }
  if (pathname === '/broken') return void request.socket.destroy();
  if (pathname === '/coop') response.setHeader('cross-origin-opener-policy', 'same-origin');
  if (pathname === '/basic' && request.headers.authorization === undefined) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' });
    return void response.end();
  }
  const parts: Record<string, string> = {
    '/opener': `<button onclick="${decodeURIComponent(search.slice(1)).replaceAll('"', '&quot;')}">Sign in with a provider</button>
      <script>addEventListener('message', ({ data }) => { document.querySelector('h1').textContent = 'Signed in as ' + data; })</script>`,
    '/login': `<button onclick="opener.postMessage('Ada', '*'); window.close()">I am Ada</button>
      <a href="/file?statement">Statement</a> <a href="/file?program">Program</a>
      <a href="/file?slow">Slow</a>
      <button onclick="for (let count = 0; count < 50; count += 1) window.open('/nested-' + count, 'n' + count, 'width=500')">Open windows</button>`,
  };
  html(response, `<h1>${pathname === '/' ? 'Start page' : pathname}</h1>${parts[pathname] ?? ''}`);
}
