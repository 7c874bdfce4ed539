import { mkdtempSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { expect, type Locator, type Page, test } from './console-test.ts';
import type { LicenseConsoleBridge } from '../../src-shared/window/ipc-contract.ts';
import { ConsoleApp } from './console-app.ts';
import { FarServers, type HasMain } from './far-servers.ts';
import { flood, floods } from './floods.ts';
import { homeWithCertificates } from './home-with-certificates.ts';
import { html, LocalServer } from './local-server.ts';
import { resize } from './native-view.ts';
import { UnwatchedConsole } from './unwatched-console.ts';
import { windowTitles } from './window-titles.ts';

/** Responses that are held back until the test releases them. */
const held = new Set<ServerResponse>();
let cookiesSeen: string[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/held') return void held.add(response);
  if (pathname === '/.well-known/openid-configuration') {
    const issuer = `http://${request.headers.host ?? ''}`;
    const names = ['device_authorization_endpoint', 'token_endpoint', 'jwks_uri'];
    const endpoints = Object.fromEntries(names.map((name) => [name, `${issuer}/${name}`]));
    response.writeHead(200, { 'content-type': 'application/json' });
    return void response.end(JSON.stringify({ issuer, ...endpoints }));
  }
  if (pathname === '/who') cookiesSeen.push(request.headers.cookie ?? '');
  if (pathname === '/worker.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    return void response.end('fetch(`/held?${Math.random()}`); setInterval(() => fetch("/who?worker"), 50);');
  }
  html(response, `<h1>${pathname === '/' ? 'Start page' : pathname}</h1>${parts[pathname] ?? ''}`);
}

const parts: Readonly<Record<string, string>> = {
  '/file': '<input type="file"><label>Plain <input></label>',
  '/frame-file': '<iframe src="/file"></iframe><iframe srcdoc="<input type=file>"></iframe>',
  '/leaves':
    '<script>addEventListener("beforeunload", (event) => event.preventDefault())</script><button>Use me</button>',
  '/framed':
    '<iframe name="sandboxed" sandbox="allow-scripts allow-popups allow-forms allow-same-origin" src="/inner"></iframe><iframe name="written" sandbox="allow-scripts allow-popups allow-same-origin" srcdoc="<a target=_blank href=/from-written>Open</a>"></iframe>',
  '/inner':
    '<a target="_blank" href="/from-tab">Tab</a><a target="_top" href="/from-top">Top</a><button onclick="window.open(\'/from-window\')">Window</button><form target="_top" action="/from-form"><button>Form</button></form>',
};

let server: LocalServer;
let app: ConsoleApp;

const startPage = () =>
  app.page.locator('.address-bar').getByRole('button', { name: 'Start page of the Authorization server' });

async function open(path: string): Promise<Page> {
  const pane = await app.pane();
  await pane.evaluate((address) => (location.href = address), path);
  await pane.waitForURL(`**${path}`);
  return pane;
}

/** New windows of the system since `before`. Opens a control dialog and waits for it, so that all earlier windows have appeared. */
async function dialogsSince(before: readonly string[], of: HasMain = app): Promise<readonly string[]> {
  await of.electron.evaluate(({ dialog }) => {
    const ending = new AbortController();
    void dialog.showMessageBox({ title: 'Control dialog', message: 'Control', signal: ending.signal });
    Object.assign(globalThis, { endControl: () => ending.abort() });
  });
  await expect.poll(windowTitles).toContain('Control dialog');
  const came = windowTitles().filter((title) => !before.includes(title) && title !== 'Control dialog');
  await of.electron.evaluate(() => (globalThis as unknown as { endControl: () => void }).endControl());
  await expect.poll(windowTitles).not.toContain('Control dialog');
  return came;
}

test.describe('@contain the Authorization pane', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    await app.pane();
  });

  test.beforeEach(async () => {
    await startPage().click();
    await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test.afterAll(async () => {
    for (const response of held) response.destroy();
    await app.close();
    await server.close();
  });

  test('the console reports a flooding page only a few times a second, and keeps working', async () => {
    test.setTimeout(300_000);
    const told = await app.page.evaluateHandle(() => {
      const counted = { told: 0 };
      const { licenseConsole } = window as unknown as { licenseConsole: LicenseConsoleBridge };
      licenseConsole.on('console.changed', () => (counted.told += 1));
      return counted;
    });
    const figures: string[] = [];
    // Playwright receives these events too and becomes slow.
    const heardByDriver: readonly string[] = ['console messages', 'errors', 'workers'];
    for (const way of floods.filter((each) => !heardByDriver.includes(each))) {
      const pane = await app.pane();
      const before = { told: await told.evaluate(({ told: count }) => count), atMs: Date.now() };
      const flooding = pane.evaluate(flood, { way, lastsMs: 1000 }).catch(() => {});
      const times: number[] = [];
      for (let count = 0; count < 15; count += 1) {
        const beganMs = performance.now();
        await app.state();
        times.push(performance.now() - beganMs);
      }
      await flooding;
      const count = (await told.evaluate(({ told: now }) => now)) - before.told;
      const lastedMs = Date.now() - before.atMs;
      figures.push(
        `${way}: ${count} told in ${lastedMs} ms, console.read at most ${Math.round(Math.max(...times))} ms`,
      );
      // One at once, then one every 250 ms, and a few more from the console itself.
      expect(count, way).toBeLessThanOrEqual(Math.ceil(lastedMs / 250) + 4);
      await startPage().click();
      await expect((await app.pane()).getByRole('heading', { name: 'Start page' }), way).toBeVisible();
    }
    console.log(figures.join('\n'));
  });

  test('a page that floods without end is closed, with a message', async () => {
    for (const way of ['title', 'frames'] as const) {
      const flooding = (await app.pane()).evaluate(flood, { way, lastsMs: 60_000 }).catch(() => {});
      await expect(app.failure('page_floods'), way).toBeVisible({ timeout: 30_000 });
      await flooding;
      await startPage().click();
      await expect((await app.pane()).getByRole('heading', { name: 'Start page' }), way).toBeVisible();
    }
  });

  test('Close this pane and Sign out work while a page floods', async () => {
    for (const way of ['window.open', 'location', 'refused requests'] as const) {
      const flooding = (await app.pane()).evaluate(flood, { way, lastsMs: 5000 }).catch(() => {});
      await app.button('Close this pane').click();
      await app.button('Open Authorization server').click();
      await app.button('Sign out of the Authorization server').click();
      await expect(app.page.getByText('Signed out of the Authorization server.').first(), way).toBeVisible();
      await flooding;
      await expect((await app.pane()).getByRole('heading', { name: 'Start page' }), way).toBeVisible();
    }
  });

  test('a pop-up without a click is not opened', async () => {
    const pane = await app.pane();
    const seen = server.requests.filter((url) => url.startsWith('/unasked')).length;
    await app.electron.evaluate(
      async ({ webContents }, origin) =>
        webContents
          .getAllWebContents()
          .find((contents) => contents.getURL().startsWith(origin))
          ?.executeJavaScript('for (let count = 0; count < 300; count += 1) window.open("/unasked"); 0', true),
      server.origin,
    );
    await pane.evaluate(() => fetch('/after'));
    expect(server.requests.filter((url) => url.startsWith('/unasked')).length).toBe(seen);
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test('alert, confirm, prompt, print and pickers show no dialog', async () => {
    const before = windowTitles();
    for (const path of ['/file', '/frame-file']) {
      const pane = await open(path);
      for (const frame of pane.frames()) {
        for (const code of dialogs) await frame.evaluate(`void Promise.resolve().then(() => ${code}).catch(() => {})`);
      }
    }
    expect(await dialogsSince(before)).toEqual([]);
    await startPage().click();
    await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test('a page cannot ask for a file, also after its process ended', async () => {
    const before = windowTitles();
    for (const path of ['/file', '/frame-file']) {
      const pane = await open(path);
      for (const frame of pane.frames()) {
        const input = frame.locator('input[type=file]');
        if ((await input.count()) > 0) await input.click();
      }
    }
    expect(await dialogsSince(before)).toEqual([]);
    await app.electron.evaluate(
      ({ webContents }, origin) =>
        webContents
          .getAllWebContents()
          .find((contents) => contents.getURL().startsWith(origin))
          ?.forcefullyCrashRenderer(),
      server.origin,
    );
    await expect(app.failure('page_ended')).toBeVisible();
    await startPage().click();
    await expect(app.failure('page_ended')).toBeHidden();
    // Playwright lost the page with its process, so the main process makes the click.
    await expect
      .poll(() =>
        app.electron.evaluate(async ({ webContents }, origin) => {
          const contents = webContents.getAllWebContents().find((candidate) => candidate.getURL().startsWith(origin));
          if (!contents || contents.isLoading()) return 'loading';
          return contents.executeJavaScript(
            'document.body.innerHTML = "<input type=file>"; document.querySelector("input").click(); "clicked"',
            true,
          );
        }, server.origin),
      )
      .toBe('clicked');
    expect(await dialogsSince(before)).toEqual([]);
    await app.call('pane.sign_out');
  });

  test('a page is left without a prompt', async () => {
    const before = windowTitles();
    const pane = await open('/leaves');
    await pane.getByRole('button').click();
    await startPage().click();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    expect(await dialogsSince(before)).toEqual([]);
  });

  test('no service worker is registered', async () => {
    const pane = await app.pane();
    const outcome = await pane.evaluate(() =>
      navigator.serviceWorker.register('/worker.js').then(
        () => 'registered',
        () => 'refused',
      ),
    );
    expect(outcome).toBe('refused');
  });

  test('a sandboxed frame does not navigate the pane', async () => {
    const pane = await open('/framed');
    const frame = pane.frame('sandboxed');
    for (const name of ['Tab', 'Top']) await frame?.getByRole('link', { name }).click();
    for (const name of ['Window', 'Form']) await frame?.getByRole('button', { name }).click();
    await pane.frame('written')?.getByRole('link').click();
    await frame?.evaluate(() => {
      try {
        if (top) top.location.href = '/from-script';
      } catch {
        // Refused, as expected.
      }
    });
    await pane.evaluate(() => fetch('/after-frames'));
    expect(server.requests.filter((url) => url.startsWith('/from-'))).toEqual([]);
    expect(new URL(pane.url()).pathname).toBe('/framed');
  });

  test('a page that hangs: Home and Reload open it again, Close closes it, and its process ends', async () => {
    const hang = async () => {
      const pane = await app.pane();
      await pane.evaluate(
        () =>
          void setTimeout(() => {
            for (;;);
          }),
      );
    };
    const pageProcess = () =>
      app.electron.evaluate(
        ({ webContents }, origin) =>
          webContents
            .getAllWebContents()
            .find((contents) => contents.getURL().startsWith(origin))
            ?.getOSProcessId() ?? 0,
        server.origin,
      );
    const isThere = (pid: number) =>
      app.electron.evaluate(
        ({ app: electron }, searched) => electron.getAppMetrics().some((metric) => metric.pid === searched),
        pid,
      );
    const shown = async () =>
      expect
        .poll(() =>
          app.electron.evaluate(async ({ webContents }, origin) => {
            const pages = webContents.getAllWebContents().filter((contents) => contents.getURL().startsWith(origin));
            if (pages.length !== 1 || pages[0]?.isLoading() !== false) return 'not yet';
            return Promise.race([
              pages[0].executeJavaScript('document.querySelector("h1").textContent'),
              new Promise((resolve) => setTimeout(resolve, 500, 'hangs')),
            ]);
          }, server.origin),
        )
        .toBe('Start page');
    await hang();
    await startPage().click();
    await shown();
    await hang();
    await app.button('Reload').click();
    await shown();
    await hang();
    await expect(app.failure('page_hangs')).toBeVisible({ timeout: 40_000 });
    await expect(app.failure('page_hangs').getByRole('button', { name: 'Reload' })).toBeVisible();
    await app.page.locator('.pane-failure').getByRole('button', { name: 'Reload' }).click();
    await shown();
    await hang();
    const busy = await pageProcess();
    await app.button('Close this pane').click();
    await expect(app.button('Open Authorization server')).toBeVisible();
    await expect.poll(() => isThere(busy)).toBe(false);
    await app.button('Open Authorization server').click();
    await shown();
  });

  test('a page that eats memory is closed with a message, and Reload opens the start page', async () => {
    const pane = await app.pane();
    await pane
      .evaluate(() => {
        const kept: Uint8Array[] = [];
        Object.assign(window, { kept });
        for (let count = 0; count < 10; count += 1) kept.push(new Uint8Array(100 * 2 ** 20).fill(1));
      })
      .catch(() => {});
    await expect(app.failure('page_too_large')).toBeVisible({ timeout: 30_000 });
    await app.page.locator('.pane-failure').getByRole('button', { name: 'Reload' }).click();
    await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
  });
});

test.describe('@contain the address bar', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    await app.pane();
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  const address = () => app.page.getByTestId('pane-origin');
  const goTo = async (target: string) => (await app.pane()).evaluate((to) => (location.href = to), target);

  /** Is the right end of the element in the window and not covered? */
  const endIsSeen = (part: Locator) =>
    part.evaluate((element) => {
      const { right, top, bottom } = element.getBoundingClientRect();
      const shown = document.elementFromPoint(right - 2, (top + bottom) / 2);
      return right <= innerWidth && bottom <= innerHeight && (element === shown || element.contains(shown));
    });

  test('a host of 253 characters: its end can be read, and the bar and its buttons stay in place', async () => {
    const label = 'accounts-google-com'.padEnd(63, '-x');
    const host = `${[label, label, label].join('.')}.${'y'.repeat(253 - 3 * 64 - 17)}.evil.example.com`;
    expect(host).toHaveLength(253);
    const far = await FarServers.open(app);
    for (const [width, height, zoom] of [
      [1366, 768, 1],
      [1366, 768, 2],
      [960, 600, 1],
      [960, 600, 2],
    ] as const) {
      await resize(app, width, height, zoom);
      await goTo('https://short.example.com/');
      await expect(address()).toHaveText('https://short.example.com');
      await expect(app.page.getByText('Not the Authorization server')).toBeVisible();
      const places = () =>
        app.page.locator('.address-bar, .address-bar button, .address').evaluateAll((parts) =>
          parts.map((part) => {
            const { left, top, width: wide, height: high } = part.getBoundingClientRect();
            return [left, top, wide, high].map(Math.round);
          }),
        );
      const before = await places();
      for (const long of [host, `${label}.example.com`, `www.${label}.com`]) {
        const size = `${long} at ${width}x${height} at ${zoom * 100} %`;
        await goTo(`https://${long}/`);
        await expect(address()).toHaveText(`https://${long}`);
        expect(await places(), size).toEqual(before);
        const [text, room] = [await address().locator('bdi').boundingBox(), await address().boundingBox()];
        if (!text || !room) throw new Error('No address');
        if (long === host) expect(text.x, size).toBeLessThan(room.x);
        // Room for at least 18 characters, which is more than a person needs to recognise the end.
        expect(room.width / text.width, size).toBeGreaterThan(18 / long.length);
        expect(Math.abs(text.x + text.width - (room.x + room.width)), size).toBeLessThanOrEqual(1);
        const parts = [address(), ...(await app.page.locator('.address-bar button').all())];
        for (const part of parts) expect(await endIsSeen(part), size).toBe(true);
      }
    }
    await resize(app, 1280, 760);
    await far.close();
  });

  test('letters that look like others are shown in their encoded form, and text before an @ is never shown', async () => {
    const far = await FarServers.open(app);
    await goTo('https://\u0430pple.example.com/');
    await expect(address()).toHaveText('https://xn--pple-43d.example.com');
    await goTo('https://accounts.google.com@evil.example.com/');
    await expect(app.failure('address_not_allowed')).toContainText('evil.example.com');
    await expect(app.failure('address_not_allowed')).not.toContainText('google');
    await goTo(`other-scheme://${'z'.repeat(5000)}.example.com/`).catch(() => {});
    await expect(app.failure('address_not_allowed')).toContainText('z.example.com');
    expect(JSON.stringify((await app.state()).pane).length).toBeLessThan(2000);
    await far.close();
  });
});

test.describe('@contain the sign-in', () => {
  let other: LocalServer;

  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    other = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin, edition: 'store', serverName: 'First' });
    await app.pane();
  });

  test.afterAll(async () => {
    for (const response of held) response.destroy();
    await app.close();
    await server.close();
    await other.close();
  });

  const signIn = async () => {
    const pane = await app.pane();
    await pane.evaluate(() => {
      document.cookie = 'signed=in; max-age=1000';
      localStorage.setItem('signed', 'in');
      void fetch('/held?page');
      Object.assign(window, { worker: new Worker('/worker.js'), shared: new SharedWorker('/worker.js') });
    });
    await expect.poll(() => held.size).toBeGreaterThanOrEqual(3);
  };
  /** What the shown page has stored of a sign-in, and the cookies that its server gets. */
  const kept = async () => {
    const pane = await app.pane();
    cookiesSeen = [];
    const own = await pane.evaluate(async () => {
      await fetch('/who');
      return `${document.cookie} ${localStorage.getItem('signed') ?? ''}`.trim();
    });
    return { own, sent: [...new Set(cookiesSeen)] };
  };
  const answerHeld = () => {
    for (const response of held) {
      response.writeHead(200, { 'set-cookie': 'signed=again; max-age=1000' });
      response.end();
    }
    held.clear();
  };

  test('an open request or a worker does not undo Sign out', async () => {
    await signIn();
    expect(await kept()).toMatchObject({ own: 'signed=in in' });
    await app.button('Sign out of the Authorization server').click();
    await expect(app.page.getByText('Signed out of the Authorization server.').first()).toBeVisible();
    await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
    answerHeld();
    expect(await kept()).toEqual({ own: '', sent: [''] });
  });

  test('servers at the same Authorization server share the sign-in; opening another one ends it', async () => {
    await signIn();
    const first = (await app.state()).profile?.id;
    const settings = { edition: 'store', serverName: 'Second' };
    await app.addServer({ issuer: server.origin, ...settings });
    await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
    expect(await kept()).toMatchObject({ own: 'signed=in in' });
    await app.addServer({ issuer: other.origin, ...settings, serverName: 'Third' });
    await expect.poll(async () => (await app.state()).pane.origin).toBe(other.origin);
    await app.call('profile.choose', { id: first });
    await expect.poll(async () => (await app.state()).pane.origin).toBe(server.origin);
    answerHeld();
    expect(await kept()).toEqual({ own: '', sent: [''] });
  });
});

test.describe('@contain the Authorization pane, which only main can inspect', () => {
  test('a frame of another site cannot ask for a file', async () => {
    server = await LocalServer.start(answer);
    const unwatched = await UnwatchedConsole.launch({ issuer: server.origin });
    const address = 'https://frame.example.com/file';
    const append = `(() => {
      const frame = document.createElement('iframe');
      frame.src = '${address}';
      document.body.append(frame);
    })()`;
    /** The renderer processes of the page and its frame. Waits for the frame. */
    const processes = () =>
      unwatched.evaluate(({ webContents }, url) => {
        const all = webContents.getAllWebContents().map(({ mainFrame }) => mainFrame);
        const page = all.find((candidate) => candidate.framesInSubtree.some((frame) => frame.url === url));
        return page?.framesInSubtree.map(({ osProcessId }) => osProcessId) ?? [];
      }, address);
    const ways = ['click', 'showPicker'];
    const ask = async () => {
      await expect.poll(async () => new Set(await processes()).size).toBe(2);
      const isThere = "document.querySelector('input[type=file]') !== null";
      await expect.poll(() => unwatched.inFrame(address, isThere).catch(String)).toBe(true);
      for (const way of ways)
        await unwatched.inFrame(address, `document.querySelector('input[type=file]').${way}(); 'asked'`);
    };
    await expect
      .poll(() => unwatched.inFrame(`${server.origin}/`, 'document.readyState').catch(String))
      .toBe('complete');
    const far = await FarServers.open(unwatched, answer);
    await unwatched.evaluate(({ webContents }) => {
      const refused: string[] = [];
      Object.assign(globalThis, { refused });
      for (const { debugger: tools } of webContents.getAllWebContents())
        tools.on('message', (_event, method, _parameters, session) => {
          if (method === 'Page.fileChooserOpened') refused.push(session ? 'in a frame of another site' : 'in the page');
        });
    });
    const before = windowTitles();
    await unwatched.inFrame(`${server.origin}/`, append);
    await ask();
    const refused = () => unwatched.evaluate(() => (globalThis as unknown as { refused: string[] }).refused);
    await expect.poll(refused).toEqual(ways.map(() => 'in a frame of another site'));
    expect(await dialogsSince(before, unwatched)).toEqual([]);

    // Control: the same frame in a page that may request files.
    await unwatched.evaluate(
      async ({ BrowserWindow, webContents }, [url, script]) => {
        const pane = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith(url));
        if (!pane) throw new Error('No pane');
        const { session } = pane;
        pane.close();
        const window = new BrowserWindow({ title: 'Uncontained', webPreferences: { session } });
        window.on('page-title-updated', (event) => event.preventDefault());
        await window.loadURL(url);
        await window.webContents.executeJavaScript(script);
      },
      [`${server.origin}/`, append] as const,
    );
    await expect.poll(windowTitles).toContain('Uncontained');
    const withControl = windowTitles();
    await ask();
    await expect.poll(() => windowTitles().filter((title) => !withControl.includes(title)).length).toBeGreaterThan(0);
    await far.close();
    await unwatched.close();
    await server.close();
  });

  test('no client certificate is sent unless the person chooses it', async () => {
    test.skip(process.platform !== 'linux', 'the certificates of a person are kept elsewhere there');
    const { home, certificates } = homeWithCertificates(['A person']);
    const got: Record<string, string> = {};
    const far = (request: IncomingMessage, response: ServerResponse) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      got[request.headers.host ?? ''] = String(subject?.CN ?? 'none');
      html(response, '<h1>Far server</h1>');
    };
    server = await LocalServer.start(answer);
    const unwatched = await UnwatchedConsole.launch({ issuer: server.origin, env: { HOME: home } });
    const start = `${server.origin}/`;
    const isComplete = (url: string) =>
      expect.poll(() => unwatched.inFrame(url, 'document.readyState').catch(String)).toBe('complete');
    await isComplete(start);
    const asking = { requestCert: true, rejectUnauthorized: false, ca: certificates };
    const servers = await FarServers.open(unwatched, far, asking);
    const everyWay = (prefix: string) => `
      fetch('https://${prefix}-fetched.example.com/', { mode: 'no-cors', credentials: 'include' });
      document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://${prefix}-frame.example.com/' }));
      document.querySelector('iframe').onload = () => { location.href = 'https://${prefix}-page.example.com/'; };
      'asked'`;
    const all = (prefix: string, name: string) =>
      Object.fromEntries(['fetched', 'frame', 'page'].map((way) => [`${prefix}-${way}.example.com`, name]));
    const ownFrames = () =>
      unwatched.evaluate(({ webContents }) => webContents.getAllWebContents().map((contents) => contents.getURL()));
    const own = (await ownFrames()).find((url) => url.startsWith('fusion-console:')) ?? '';
    const call = (name: string, payload = '') => `licenseConsole.call('${name}'${payload})`;
    const question = () =>
      unwatched.inFrame(own, `${call('console.read')}.then(({ value }) => value.signInQuestion?.origin ?? '')`);
    await unwatched.inFrame(start, everyWay('pane'));
    await expect.poll(question).toBe('https://pane-page.example.com');
    // Neither the frame nor the request of the previous page caused another question.
    const cancelled = `${call('console.read')}.then(({ value: { signInQuestion: { id } } }) =>
      ${call('sign_in.cancel', ', { id }')}.then(() => id))`;
    expect(await unwatched.inFrame(own, cancelled)).toBe(1);
    await expect.poll(() => got).toEqual(all('pane', 'none'));
    await isComplete('https://pane-page.example.com/');

    // Control: a session that sends the same certificate.
    await unwatched.evaluate(
      async ({ app: electron, BrowserWindow, webContents }, [url, script]) => {
        const pane = webContents.getAllWebContents().find((contents) => contents.getURL().includes('pane-page'));
        if (!pane) throw new Error('No pane');
        const { session } = pane;
        pane.close();
        electron.removeAllListeners('select-client-certificate');
        const window = new BrowserWindow({ webPreferences: { session } });
        await window.loadURL(url);
        await window.webContents.executeJavaScript(script);
      },
      [start, everyWay('bare')] as const,
    );
    await expect.poll(() => got).toEqual({ ...all('pane', 'none'), ...all('bare', 'A person') });
    await servers.close();
    await unwatched.close();
    await server.close();
  });

  test('no name is looked up only because a page mentions it', async () => {
    server = await LocalServer.start((request, response) => {
      const who = request.url === '/' ? 'pane' : 'bare';
      response.setHeader('link', `<https://${who}-header.example.net>; rel=dns-prefetch`);
      html(response, `<link rel="dns-prefetch" href="//${who}-link.example.net"><h1>Start page</h1>`);
    });
    const unwatched = await UnwatchedConsole.launch({ issuer: server.origin });
    const start = `${server.origin}/`;
    await expect.poll(() => unwatched.inFrame(start, 'document.readyState').catch(String)).toBe('complete');
    const log = join(mkdtempSync(join(tmpdir(), 'net-log-')), 'log.json');
    /** The names that Chromium's resolver looked up while the pane and a bare page were open. The bare page is the control. */
    const lookedUp = async () => {
      await unwatched.evaluate(
        async ({ app: electron, BrowserWindow, nativeTheme, netLog, webContents }, [file, url]) => {
          // Every page reads its settings again after a change of the desktop theme.
          nativeTheme.themeSource = nativeTheme.shouldUseDarkColors ? 'light' : 'dark';
          await netLog.startLogging(file);
          await webContents
            .getAllWebContents()
            .find((contents) => contents.getURL() === url)
            ?.loadURL(url);
          electron.commandLine.removeSwitch('blink-settings');
          const bare = new BrowserWindow({ show: false, webPreferences: { partition: 'bare' } });
          await bare.loadURL(`${url}bare`);
          bare.destroy();
          await netLog.stopLogging();
        },
        [log, start] as const,
      );
      const { constants, events } = JSON.parse(readFileSync(log, 'utf8')) as NetLog;
      const asked = events.filter(({ type }) => type === constants.logEventTypes['HOST_RESOLVER_MANAGER_REQUEST']);
      return [
        ...new Set(asked.flatMap(({ params }) => /[\w-]+\.example\.net/.exec(params?.host ?? '') ?? [])),
      ].toSorted();
    };
    await expect.poll(lookedUp).toEqual(['bare-header.example.net', 'bare-link.example.net']);
    await unwatched.close();
    await server.close();
  });
});

/** The part of Chromium's network log that the test reads. */
interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: { readonly host?: string } }[];
}

const dialogs = [
  'alert("x")',
  'confirm("x")',
  'prompt("x")',
  'print()',
  'document.execCommand("print")',
  'showOpenFilePicker()',
  'showSaveFilePicker()',
  'showDirectoryPicker()',
  'new EyeDropper().open()',
  'navigator.share({ title: "x" })',
  'navigator.usb.requestDevice({ filters: [] })',
  'navigator.serial.requestPort()',
  'navigator.hid.requestDevice({ filters: [] })',
  'navigator.bluetooth.requestDevice({ acceptAllDevices: true })',
  'navigator.mediaDevices.getDisplayMedia()',
  'navigator.credentials.get({ publicKey: { challenge: new Uint8Array(8) } })',
  'navigator.registerProtocolHandler("web+x", location.origin + "/?%s")',
  'document.querySelector("input[type=file]").click()',
  'document.querySelector("input[type=file]").showPicker()',
];
