import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, type Page, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import type { LicenseConsoleBridge } from '../../src-shared/window/ipc-contract.ts';
import { ConsoleApp } from './console-app.ts';
import { FarServers } from './far-servers.ts';
import { Keyboard } from './keyboard.ts';
import { html, LocalServer } from './local-server.ts';
import { colourOnScreen, expectHidden, expectInPlace, nativeView, resize, watchNativeViews } from './native-view.ts';
import { Person } from './person.ts';

let app: ConsoleApp;

const address = () => app.page.getByTestId('pane-origin');
const startPage = () =>
  app.page.locator('.address-bar').getByRole('button', { name: 'Start page of the Authorization server' });
const paneZoom = () =>
  app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => /^https?:/.test(contents.getURL()))
      ?.getZoomFactor(),
  );

test.describe('the Authorization pane', () => {
  let server: LocalServer;
  let pane: Page;

  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    pane = await app.pane();
    await watchNativeViews(app);
  });

  test.beforeEach(async () => {
    await startPage().click();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    await expect(address()).toHaveText(server.origin);
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  test('the address bar shows the true origin, also on another allowed site, and says if it is not the Authorization server', async () => {
    await expect(app.page.locator('.address')).toContainText('A server on this computer');
    const far = await FarServers.open(app);
    await pane.evaluate(() => (location.href = 'https://sign-in.example.com/long/path?and=query'));
    await expect(pane.getByRole('heading', { name: 'Far server' })).toBeVisible();
    await expect(address()).toHaveText('https://sign-in.example.com');
    await expect(app.page.locator('.address')).toContainText('Secure connection');
    await expect(app.page.getByText('Not the Authorization server: sign-in page of another site.')).toBeVisible();
    await expectInPlace(app);
    await app.button('Back').click();
    await expect(address()).toHaveText(server.origin);
    await expect(app.page.getByText('Not the Authorization server')).toBeHidden();
    await far.close();
  });

  test('a page that only starts to open another address keeps its own address', async () => {
    const far = await FarServers.open(app);
    const ways: Record<string, (target: string) => void> = {
      'pop-up': (target) => void window.open(target),
      script: (target) => location.assign(target),
      link: (target) => {
        const link = document.createElement('a');
        link.href = target;
        document.body.append(link);
        link.click();
      },
    };
    for (const [way, open] of Object.entries(ways)) {
      const host = `silent.${way}.example.com`;
      // A pop-up needs a click. Emits the event that the pane gets for one.
      await app.electron.evaluate(({ webContents }, origin) => {
        const contents = webContents.getAllWebContents().find((candidate) => candidate.getURL().startsWith(origin));
        contents?.emit('input-event', {}, { type: 'mouseDown' });
      }, server.origin);
      await pane.evaluate(open, `https://${host}/`);
      await expect.poll(() => far.asked, { message: `${way} is under way` }).toContain(`${host}:443`);
      expect((await app.state()).pane, way).toMatchObject({
        loading: true,
        origin: server.origin,
        transport: 'loopback',
        isAuthorizationServer: true,
      });
      await expect(address()).toHaveText(server.origin);
      await startPage().click();
      await expect.poll(async () => (await app.state()).pane.loading, { message: `${way} is given up` }).toBe(false);
    }
    await far.close();
  });

  test('titles, history, written documents, frames and full screen do not change the address that is shown', async () => {
    const tricks: Record<string, () => unknown> = {
      title: () => (document.title = 'https://bank.example.com \u202emoc.elpmaxe'),
      pushState: () => history.pushState({}, '', '//@bank.example.com/https://bank.example.com'.slice(1)),
      replaceState: () => history.replaceState({}, '', '/https://bank.example.com/'),
      hash: () => (location.hash = '#https://bank.example.com'),
      'document.write': () => {
        document.open();
        document.write(
          '<title>https://bank.example.com</title><h1>Start page</h1><base href="https://bank.example.com">',
        );
        document.close();
      },
      'empty frame': () => document.body.append(document.createElement('iframe')),
      'empty page': () => (location.href = 'about:blank'),
      'blob page': () => (location.href = URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))),
      // Not awaited: nothing answers the request, so its promise never settles.
      'full screen': () => void document.documentElement.requestFullscreen(),
    };
    const shown = await app.page.evaluateHandle(() => {
      const origins = new Set<string>();
      const { licenseConsole } = window as unknown as { licenseConsole: LicenseConsoleBridge };
      licenseConsole.on('console.changed', ({ pane: { origin } }) => origins.add(origin));
      return origins;
    });
    for (const [name, trick] of Object.entries(tricks)) {
      await pane.evaluate(trick).catch(() => {});
      await expect
        .poll(async () => (await app.state()).pane, { message: name })
        .toMatchObject({ origin: server.origin, transport: 'loopback' });
      await expect(address(), name).toHaveText(server.origin);
      expect(await app.page.evaluate(() => document.body.textContent), name).not.toContain('bank.example.com');
      await startPage().click();
      await expect
        .poll(() => pane.evaluate(() => `${location.pathname} ${document.readyState}`).catch(() => ''), {
          message: name,
        })
        .toBe('/ complete');
    }
    const fullScreen = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isFullScreen()),
    );
    expect(fullScreen).toEqual([false]);
    // An empty page has no address until the pane is back at the start page, so empty origins are left out.
    expect(await shown.evaluate((origins) => [...origins].filter(Boolean))).toEqual([server.origin]);
    await expectInPlace(app);
    console.log(`Address bar: ${Object.keys(tricks).length} tricks, 0 changed it`);
  });

  test('a title of 100,000 characters does no harm', async () => {
    await pane.evaluate(() => (document.title = 'W'.repeat(100_000)));
    await expect.poll(() => pane.title()).toHaveLength(100_000);
    expect(JSON.stringify(await app.state()).length).toBeLessThan(10_000);
    await expect(address()).toHaveText(server.origin);
    await expect(app.button('Next')).toBeVisible();
    expect(await app.page.title()).not.toContain('WW');
  });

  test('back, reload and start page', async () => {
    await pane.evaluate(() => (location.href = '/second'));
    await expect(pane.getByRole('heading', { name: '/second' })).toBeVisible();
    await app.button('Back').click();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    const before = server.requests.filter((url) => url === '/').length;
    await app.button('Reload').click();
    await expect.poll(() => server.requests.filter((url) => url === '/').length).toBe(before + 1);
    await expect.poll(async () => (await app.state()).pane.loading).toBe(false);
    await pane.evaluate(() => (location.href = '/third'));
    await expect(pane.getByRole('heading', { name: '/third' })).toBeVisible();
    await startPage().click();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test('a refused address gets a message, and Back leads to the page as it was', async () => {
    await pane.evaluate(() => (location.href = '/with-form'));
    await pane.getByLabel('Name').fill('half done');
    await pane.evaluate(() => (location.href = 'https://192.168.1.1/'));
    await expect(app.failure('address_not_allowed')).toContainText('192.168.1.1');
    await expectHidden(app);
    await expect(address()).toHaveText(server.origin);
    await app.button('Back').click();
    await expect(app.failure('address_not_allowed')).toBeHidden();
    await expectInPlace(app);
    // Not a locator, because that would wait for the refused navigation.
    expect(await pane.evaluate(() => document.querySelector('input')?.value)).toBe('half done');
  });

  test('links to a new tab and windows without features open in the pane itself', async () => {
    await pane.evaluate(() => (location.href = '/pop-up'));
    await pane.getByRole('button', { name: 'Open a window' }).click();
    await expect(pane.getByRole('heading', { name: '/popped' })).toBeVisible();
    await app.button('Back').click();
    await pane.getByRole('link', { name: 'Open a tab' }).click();
    await expect(pane.getByRole('heading', { name: '/tab' })).toBeVisible();
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });

  test('zoom by buttons and by Ctrl with plus, minus and 0 inside the page; kept for other pages', async () => {
    const percent = () => app.page.locator('.zoom-percent');
    await app.button('Larger').click();
    await expect(percent()).toHaveText('110 %');
    expect(await paneZoom()).toBeCloseTo(1.1);
    await app.button('Smaller').click();
    await app.button('Smaller').click();
    await expect(percent()).toHaveText('90 %');
    await percent().click();
    await expect(percent()).toHaveText('100 %');
    const keyboard = new Keyboard(app);
    await app.call('pane.focus');
    await keyboard.isIn('embedded page');
    for (const [key, shown] of [
      ['Control++', '110 %'],
      ['Control+=', '125 %'],
      ['Control+-', '110 %'],
    ] as const) {
      await keyboard.press(key);
      await expect(percent(), key).toHaveText(shown);
    }
    await pane.evaluate(() => (location.href = '/second'));
    await expect(pane.getByRole('heading', { name: '/second' })).toBeVisible();
    await expect.poll(paneZoom).toBeCloseTo(1.1);
    await keyboard.press('Control+0');
    await expect(percent()).toHaveText('100 %');
    expect(await paneZoom()).toBeCloseTo(1);
    for (let count = 0; count < 14; count += 1) await app.button('Larger').click();
    await expect(percent()).toHaveText('300 %');
    await percent().click();
  });

  test('Open in browser: exactly the Authorization server’s address, also where the sign-in is another site’s', async () => {
    await app.electron.evaluate(({ shell }) => {
      const kept = globalThis as unknown as { opened: string[] };
      kept.opened = [];
      shell.openExternal = async (url: string) => void kept.opened.push(url);
    });
    const opened = () => app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    await app.button('Open in browser').click();
    await expect.poll(opened).toEqual([`${server.origin}/`]);
    const far = await FarServers.open(app);
    await pane.evaluate(() => (location.href = 'https://sign-in.example.com/?state=secret'));
    await expect(address()).toHaveText('https://sign-in.example.com');
    await app.button('Open in browser').click();
    await expect.poll(opened).toEqual([`${server.origin}/`, `${server.origin}/`]);
    await far.close();
  });

  test('a server that is down gets a message, and Reload works once it is back', async () => {
    await pane.evaluate(() => (location.href = '/second'));
    await expect(pane.getByRole('heading', { name: '/second' })).toBeVisible();
    const { port } = new URL(server.origin);
    await server.close();
    await app.button('Reload').click();
    await expect(app.failure('network_unreachable')).toContainText(`127.0.0.1:${port}`);
    await expectHidden(app);
    await expect(address()).toHaveText(server.origin);
    const again = app.page.locator('.pane-failure').getByRole('button', { name: 'Reload' });
    await again.click();
    await expect(again).toBeVisible();
    server = await LocalServer.start(answer, undefined, Number(port));
    await again.click();
    await expect(pane.getByRole('heading', { name: '/second' })).toBeVisible();
    await expectInPlace(app);
  });

  test('the splitter moves by mouse and by arrow keys; the native view follows exactly at 100 % and 200 %', async () => {
    const splitter = app.page.getByRole('separator', { name: 'Width of the two panes' });
    let checked = 0;
    const widths: number[] = [];
    for (const [width, height, zoom] of [
      [1280, 760, 1],
      [1600, 900, 1],
      [1366, 700, 1.25],
      [1920, 1000, 2],
    ] as const) {
      await resize(app, width, height, zoom);
      widths.push((await expectInPlace(app)).width);
      const before = (await nativeView(app))?.bounds.width ?? 0;
      await drag(splitter, 83);
      await expect.poll(async () => (await nativeView(app))?.bounds.width ?? 0).toBeLessThan(before);
      await expectInPlace(app);
      const dragged = (await nativeView(app))?.bounds.width ?? 0;
      await splitter.focus();
      await app.page.keyboard.press('ArrowLeft');
      await expect.poll(async () => (await nativeView(app))?.bounds.width ?? 0).toBeGreaterThan(dragged);
      await expectInPlace(app);
      await drag(splitter, -60);
      await expectInPlace(app);
      checked += 4;
    }
    await resize(app, 1280, 760);
    await expectInPlace(app);
    console.log(`Native view against its room: ${checked + 1} places compared, 0 pixels apart`);
  });

  test('hidden on Settings and Help and under a failure message, also to the eye; shown again after that', async () => {
    const colour = () => colourOnScreen(app);
    await expect.poll(colour).toBe(pageColour);
    for (const page of ['Settings', 'Help']) {
      await app.button(page).click();
      await expectHidden(app);
      await expect.poll(colour).not.toBe(pageColour);
      await app.button('License').click();
      await expectInPlace(app);
      await expect.poll(colour).toBe(pageColour);
    }
    await pane.evaluate(() => (location.href = 'https://10.0.0.1/'));
    await expect(app.failure('address_not_allowed')).toBeVisible();
    await expectHidden(app);
    await expect.poll(colour).not.toBe(pageColour);
  });

  test('collapsed and opened again: the same page, the same split', async () => {
    const splitter = app.page.getByRole('separator', { name: 'Width of the two panes' });
    await pane.evaluate(() => (location.href = '/second'));
    await expect(pane.getByRole('heading', { name: '/second' })).toBeVisible();
    await drag(splitter, 90);
    const { width } = await expectInPlace(app);
    await app.button('Close this pane').click();
    await expectHidden(app);
    await expect(splitter).toBeHidden();
    await app.button('Open Authorization server').click();
    await expect(pane.getByRole('heading', { name: '/second' })).toBeVisible();
    expect(Math.abs((await expectInPlace(app)).width - width)).toBeLessThanOrEqual(1);
  });

  test('split and zoom are remembered after a restart', async () => {
    await drag(app.page.getByRole('separator', { name: 'Width of the two panes' }), -120);
    await app.button('Larger').click();
    await expect(app.page.locator('.zoom-percent')).toHaveText('110 %');
    const { width } = await expectInPlace(app);
    await app.close();
    app = await ConsoleApp.launch({ userData: app.userData });
    pane = await app.pane();
    await watchNativeViews(app);
    expect(Math.abs((await expectInPlace(app)).width - width)).toBeLessThanOrEqual(1);
    await expect(app.page.locator('.zoom-percent')).toHaveText('110 %');
    await expect.poll(paneZoom).toBeCloseTo(1.1);
    await app.page.locator('.zoom-percent').click();
  });
});

test.describe('the Authorization pane at the sandbox', () => {
  let server: AuthorizationServer;

  test.beforeAll(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
    await watchNativeViews(app);
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  test('Sign out clears the cookies: the next person has to sign in', async () => {
    const person = new Person(app, await app.pane());
    await person.signIn();
    await person.chooseOrganization('Fusion Coffee');
    await startPage().click();
    await expect(person.pane.getByLabel('User name')).toBeHidden();
    await app.button('Sign out of the Authorization server').click();
    const pane = await app.pane();
    await expect(pane.getByLabel('User name')).toBeVisible();
    await expect(app.page.getByText('Signed out of the Authorization server.').first()).toBeVisible();
    await expectInPlace(app);
  });

  test('finished: the pane collapses, and signs out if the setting says so; the dialog covers the pane', async () => {
    await app.button('Settings').click();
    const signOut = app.page.getByRole('switch', { name: 'Sign out of the Authorization server when finished' });
    await signOut.click();
    await expect(signOut).toBeChecked();
    await app.button('License').click();
    const person = new Person(app, await app.pane());
    await person.signIn();
    await person.chooseOrganization('Fusion Coffee');
    await person.chooseDevice('Store 014');
    await person.authorize(await person.next());
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expectHidden(app);
    await app.button('Open Authorization server').click();
    await expect((await app.pane()).getByLabel('User name')).toBeVisible();
    await expectInPlace(app);
    await app.button('Remove License…').click();
    await expectHidden(app);
    await app.page.getByRole('dialog').getByRole('button', { name: 'Keep License' }).click();
    await expectInPlace(app);
  });
});

const pageColour = '#FF00FF';

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const parts: Record<string, string> = {
    '/with-form': '<label>Name <input></label>',
    '/pop-up':
      '<button onclick="window.open(\'/popped\', \'signin\')">Open a window</button><a href="/tab" target="_blank">Open a tab</a>',
  };
  html(
    response,
    `<style>body { background: ${pageColour} }</style><h1>${pathname === '/' ? 'Start page' : pathname}</h1>${parts[pathname] ?? ''}`,
  );
}

/** Drags the splitter with the mouse by that many pixels of the page. */
async function drag(splitter: ReturnType<Page['getByRole']>, pixels: number): Promise<void> {
  const box = await splitter.boundingBox();
  if (!box) throw new Error('The splitter is not to be seen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const { mouse } = splitter.page();
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + pixels / 2, y);
  await mouse.move(x + pixels, y);
  await mouse.up();
}
