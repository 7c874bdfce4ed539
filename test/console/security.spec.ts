import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { generate } from 'selfsigned';
import { ipcCalls } from '../../src-shared/window/ipc-contract.ts';
import { ConsoleApp } from './console-app.ts';
import { html, LocalServer } from './local-server.ts';

test('@contain files of the console and its pages belong to its own account only, with any umask', async () => {
  test.skip(process.platform === 'win32', 'Windows has access lists instead of mode bits');
  const server = await LocalServer.start((_request, response) => html(response, '<h1>Authorization server</h1>'));
  const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
  mkdirSync(join(userData, 'logs'));
  writeFileSync(join(userData, 'logs/console.log'), 'a line of the build before\n');
  for (const path of ['', 'logs', 'logs/console.log'])
    chmodSync(join(userData, path), path.endsWith('log') ? 0o666 : 0o777);
  const umask = process.umask(0);
  const app = await ConsoleApp.launch({ userData, issuer: server.origin });
  process.umask(umask);
  await app.pane();
  await app.close();
  await server.close();
  const made = readdirSync(userData, { recursive: true, encoding: 'utf8' }).map((name) => join(userData, name));
  const open = [userData, ...made].filter((path) => !lstatSync(path).isSymbolicLink() && lstatSync(path).mode & 0o077);
  expect(made.length).toBeGreaterThan(10);
  expect(open).toEqual([]);
});

test('@contain the person’s browser gets the umask that the console was started with', async () => {
  test.skip(process.platform !== 'linux', 'the browser is started by another way there, which hands on no umask');
  const server = await LocalServer.start((_request, response) => html(response, '<h1>Authorization server</h1>'));
  const programs = mkdtempSync(join(tmpdir(), 'programs-'));
  const told = join(programs, 'told');
  writeFileSync(
    join(programs, 'xdg-open'),
    `#!/bin/sh\n{ echo "$1"; umask; } > '${told}.new' && mv '${told}.new' '${told}'\n`,
    { mode: 0o755 },
  );
  const umask = process.umask(0o027);
  const app = await ConsoleApp.launch({
    issuer: server.origin,
    env: { PATH: `${programs}:${process.env['PATH'] ?? ''}` },
  });
  process.umask(umask);
  await app.pane();
  await app.button('Open in browser').click();
  await expect.poll(() => existsSync(told)).toBe(true);
  expect(readFileSync(told, 'utf8')).toBe(`${server.origin}/\n0027\n`);
  expect(await app.electron.evaluate(() => process.umask())).toBe(0o077);
  await app.close();
  await server.close();
});

test.describe('@security Electron', () => {
  let server: LocalServer;
  let other: LocalServer;
  let app: ConsoleApp;

  test.beforeAll(async () => {
    other = await LocalServer.start((_request, response) => html(response, 'another server on this computer'));
    server = await LocalServer.start((request, response) => {
      if (request.url?.startsWith('/redirect')) {
        response.writeHead(302, { location: decodeURIComponent(request.url.slice('/redirect?'.length)) });
        response.end();
        return;
      }
      html(response, '<h1>Authorization server</h1>');
    });
    app = await ConsoleApp.launch({ issuer: server.origin });
    await app.pane();
  });

  /** Simulates a click, because the pane opens a pop-up only after one. */
  const clicked = () =>
    app.electron.evaluate(({ webContents }, origin) => {
      const pane = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith(origin));
      pane?.emit('input-event', {}, { type: 'mouseDown' });
    }, server.origin);

  /** Sign out* opens a new pane with a full budget and its own process, so that hundreds of attempts are no flood. */
  const openedByPerson = async () => {
    const ended = (await app.pane()).waitForEvent('close');
    expect(await app.call('pane.sign_out')).toMatchObject({ ok: true });
    await ended;
    await (await app.pane()).waitForLoadState();
  };

  test.afterAll(async () => {
    await app.close();
    await server.close();
    await other.close();
  });

  test('E1: every page is isolated and sandboxed; the pane has no preload and no bridge', async () => {
    const preferences = await app.electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const all = (
          contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        ).getLastWebPreferences();
        const { contextIsolation, sandbox, nodeIntegration, webSecurity, preload, webviewTag } = all;
        return {
          url: contents.getURL(),
          contextIsolation,
          sandbox,
          nodeIntegration,
          webSecurity,
          preload: preload ?? null,
          webviewTag: webviewTag ?? false,
        };
      }),
    );
    expect(preferences).toHaveLength(2);
    for (const page of preferences) {
      expect(page).toMatchObject({
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      });
    }
    expect(preferences.find(({ url }) => url.startsWith(server.origin))?.preload).toBeNull();
    const pane = await app.pane();
    const found = await pane.evaluate(() =>
      ['licenseConsole', 'require', 'process', 'module', 'electron', 'ipcRenderer'].filter((name) => name in window),
    );
    expect(found).toEqual([]);
  });

  test('E1: the pane and the console do not share a session, and neither is the default one', async () => {
    const shared = await app.electron.evaluate(({ webContents, session }) => {
      const sessions = webContents.getAllWebContents().map((contents) => contents.session);
      return { different: new Set(sessions).size, usesDefault: sessions.includes(session.defaultSession) };
    });
    expect(shared).toEqual({ different: 2, usesDefault: false });
  });

  test('E2: 40 hostile addresses by script, link, form, frame, pop-up and redirect: 0 escapes', async () => {
    const hostile = hostileAddresses(other.origin);
    let tried = 0;
    for (const address of hostile) {
      await openedByPerson();
      for (const way of ['script', 'link', 'popup', 'window', 'frame', 'form'] as const) {
        const pane = await app.pane();
        await pane.goto(server.origin);
        await clicked();
        await pane.evaluate(attempt, { way, address }).catch(() => {});
        tried += 1;
        await pane.waitForFunction(() => document.readyState === 'complete');
        expect(new URL(pane.url()).origin, `${way} to ${address}`).toBe(server.origin);
        const shown = app.electron.windows().map((page) => page.url());
        expect(
          shown.filter((url) => ![app.page.url(), pane.url(), 'about:blank', ''].includes(url)),
          `${way} to ${address}`,
        ).toEqual([]);
      }
    }
    for (const address of hostile.filter((candidate) => /^https?:/.test(candidate))) {
      await openedByPerson();
      const pane = await app.pane();
      await pane.goto(`${server.origin}/redirect?${encodeURIComponent(address)}`).catch(() => {});
      tried += 1;
      expect(pane.url().startsWith(other.origin), `redirect to ${address}`).toBe(false);
    }
    await openedByPerson();
    const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
    expect(other.requests, 'requests that reached another server on this computer').toEqual([]);
    console.log(`E2: ${tried} attempts with ${hostile.length} addresses, 0 escapes`);
    await (await app.pane()).goto(server.origin);
  });

  test('E2: the console’s own window never navigates', async () => {
    const before = app.page.url();
    for (const address of [
      'https://example.com/',
      server.origin,
      'file:///etc/passwd',
      'about:blank',
      'fusion-console://app/assets/',
    ]) {
      await app.page
        .evaluate((target) => {
          const link = document.createElement('a');
          link.href = target;
          document.body.append(link);
          link.click();
          link.remove();
          window.open(target);
        }, address)
        .catch(() => {});
      await expect.poll(() => app.page.url(), { message: address }).toBe(before);
    }
    await expect(app.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
  });

  test('E3: 15 hostile schemes offered to the browser: 0 calls', async () => {
    await app.electron.evaluate(({ shell }) => {
      const counted = globalThis as unknown as { opened: string[] };
      counted.opened = [];
      shell.openExternal = async (url: string) => void counted.opened.push(url);
    });
    for (const address of hostileSchemes) {
      await openedByPerson();
      const pane = await app.pane();
      await clicked();
      await pane.evaluate(attempt, { way: 'popup' as const, address }).catch(() => {});
      await pane.evaluate(attempt, { way: 'script' as const, address }).catch(() => {});
    }
    await app.page.evaluate(() => (window as unknown as Bridge).licenseConsole.call('pane.open_in_browser'));
    const opened = await app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    expect(opened.filter((url) => new URL(url).origin !== server.origin)).toEqual([]);
    expect(hostileSchemes).toHaveLength(15);
    await (await app.pane()).goto(server.origin);
  });

  test('E4: no IPC from the pane or from frames: 0 of its channels answered', async () => {
    const answered = await app.electron.evaluate(async ({ webContents, ipcMain }, origin) => {
      const pane = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith(origin));
      const handlers = (ipc: unknown) => {
        const registered = Reflect.get(ipc as object, '_invokeHandlers') as Map<string, unknown> | undefined;
        if (!registered) throw new Error('Electron keeps its handlers elsewhere now: this test must be corrected');
        return [...registered.keys()];
      };
      const listeners = (ipc: { eventNames(): (string | symbol)[] }) =>
        ipc
          .eventNames()
          .filter(
            (name) => name !== 'error' && !String(name).startsWith('ELECTRON_') && !String(name).startsWith('chrome-'),
          );
      return {
        console: handlers(
          webContents.getAllWebContents().find((contents) => contents.getURL().startsWith('fusion-console:'))?.ipc,
        ).length,
        pane: pane ? [...handlers(pane.ipc), ...listeners(pane.ipc)] : ['no pane'],
        everyone: [...handlers(ipcMain), ...listeners(ipcMain)].filter(
          (name) => !String(name).startsWith('ELECTRON_') && !String(name).startsWith('chrome-'),
        ),
      };
    }, server.origin);
    expect(answered).toEqual({ console: Object.keys(ipcCalls).length, pane: [], everyone: [] });
    console.log(`E4: ${answered.console} channels, all of the console's own window; 0 of the pane or of all windows`);
    const framed = await app.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = 'fusion-console://app/index.html';
      document.body.append(frame);
      await new Promise((resolve) => {
        frame.addEventListener('load', resolve);
        frame.addEventListener('error', resolve);
      });
      let reached = false;
      try {
        reached = 'licenseConsole' in (frame.contentWindow ?? {});
      } catch {
        // Another origin cannot be reached, as expected.
      }
      frame.remove();
      return reached;
    });
    expect(framed).toBe(false);
  });

  test('E4: 200 malformed payloads to every call: each answered with a Result, none accepted', async () => {
    const outcome = await app.page.evaluate(async () => {
      const { licenseConsole } = window as unknown as Bridge;
      const junk: unknown[] = [
        null,
        0,
        -1,
        Number.NaN,
        '',
        'x'.repeat(100_000),
        [],
        {},
        { issuer: 1 },
        { id: {} },
        { x: 'a' },
        { percent: 1e9 },
        { change: '__proto__' },
        { field: 'constructor' },
        new Date(0),
        new Uint8Array(4),
      ];
      const calls = [
        'profile.check',
        'profile.save',
        'profile.add',
        'profile.edit',
        'profile.rename',
        'profile.forget',
        'pane.place',
        'pane.split',
        'pane.zoom',
        'license.copy_field',
        'license.remove',
        'pane.show',
        'acquisition.open_verification',
        'support.copy',
        'notice.dismiss',
        'profile.choose',
        'alert.snooze',
        'alert.show',
        'notifications.quiet_hours',
        'local_api.change',
        'local_api.create_client',
        'local_api.revoke_client',
        'local_api.copy_address',
        'peers.copy',
        'appearance.theme',
      ];
      let tried = 0;
      const wrong: string[] = [];
      for (const call of calls) {
        for (const payload of junk) {
          tried += 1;
          const result = await licenseConsole.call(call, payload);
          if (result.ok || result.failure?.code !== 'request_malformed')
            wrong.push(`${call}: ${JSON.stringify(payload)?.slice(0, 40)}`);
        }
      }
      const unknown = await licenseConsole.call('shell.open', {}).then(
        () => 'answered',
        () => 'rejected',
      );
      return { tried, wrong, unknown };
    });
    expect(outcome.unknown).toBe('rejected');
    expect(outcome.wrong).toEqual([]);
    expect(outcome.tried).toBeGreaterThan(200);
  });

  test('E5: the page comes from its own scheme with a strict policy; 20 traversals are refused', async () => {
    const answers = await app.electron.evaluate(async ({ webContents }, traversals) => {
      const own = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith('fusion-console:'));
      if (!own) return null;
      const page = await own.session.fetch('fusion-console://app/index.html');
      const statuses: number[] = [];
      for (const path of traversals) {
        const answer = await own.session.fetch(`fusion-console://${path}`).catch(() => ({ status: 404 }));
        statuses.push(answer.status);
      }
      return { policy: page.headers.get('content-security-policy') ?? '', statuses };
    }, traversalPaths);
    expect(answers?.policy).toContain("default-src 'none'");
    expect(answers?.policy).not.toMatch(/unsafe-inline|unsafe-eval/);
    expect(answers?.statuses).toEqual(traversalPaths.map(() => 404));
    // Each way alone: one that throws must not keep the next ones from being tried.
    const tried = await app.page.evaluate(() => {
      const mark = (way: string) => `document.documentElement.dataset.injected = "${way}"`;
      const addScript = (fill: (script: HTMLScriptElement) => void) => {
        const script = document.createElement('script');
        fill(script);
        document.body.append(script);
      };
      const ways: Record<string, () => void> = {
        text: () => addScript((script) => (script.textContent = mark('text'))),
        node: () => addScript((script) => script.append(mark('node'))),
        handler: () => document.body.setAttribute('onclick', mark('handler')),
        timer: () => (globalThis['setTimeout'] as (code: string) => void)(mark('timer')),
      };
      for (const way of Object.values(ways)) {
        try {
          way();
        } catch {
          // Refused at once.
        }
      }
      document.body.click();
      return Object.keys(ways);
    });
    expect(tried).toEqual(['text', 'node', 'handler', 'timer']);
    await app.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await app.page.evaluate(() => document.documentElement.dataset['injected'] ?? 'nothing ran')).toBe(
      'nothing ran',
    );
  });

  test('E5: permissions are denied in the pane', async () => {
    const pane = await app.pane();
    const denied = await pane.evaluate(async () => {
      const outcomes: Record<string, string> = {};
      outcomes['notifications'] = await Notification.requestPermission();
      outcomes['geolocation'] = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      );
      outcomes['camera'] = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      );
      outcomes['clipboard'] = await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      );
      return outcomes;
    });
    expect(denied).toEqual({ notifications: 'denied', geolocation: 'denied', camera: 'denied', clipboard: 'denied' });
  });

  test('E6: the pane’s pages reach no other server on this computer or its network', async () => {
    const pane = await app.pane();
    const { port } = new URL(other.origin);
    const targets = [
      other.origin,
      `http://localhost:${port}`,
      `http://[::1]:${port}`,
      `http://0.0.0.0:${port}`,
      `http://2130706433:${port}`,
      `http://127.1:${port}`,
      `https://127.0.0.1:${port}`,
      'http://192.168.0.1/',
      'http://10.0.0.1/',
      'http://169.254.169.254/',
    ];
    const reached = await pane.evaluate(async (addresses) => {
      const outcomes: string[] = [];
      for (const address of addresses) {
        await fetch(address, { mode: 'no-cors' }).then(
          () => outcomes.push(address),
          () => {},
        );
        await new Promise((resolve) => {
          const image = new Image();
          image.addEventListener('load', resolve);
          image.addEventListener('error', resolve);
          image.src = `${address}/pixel`;
        });
      }
      return outcomes;
    }, targets);
    expect(reached).toEqual([]);
    expect(other.requests).toEqual([]);
  });
});

test('@security E6: a certificate that the system does not trust is refused in the pane and in the service, without an override', async () => {
  const certificate = await generate([{ name: 'commonName', value: 'Example Filter' }], { keySize: 2048 });
  const server = await LocalServer.start((_request, response) => html(response, 'not to be seen'), {
    key: certificate.private,
    cert: certificate.cert,
  });
  const app = await ConsoleApp.launch({ issuer: server.origin });
  await expect(app.failure('certificate_untrusted').first()).toBeVisible();
  const checked = await app.page.evaluate(
    (issuer) => (window as unknown as Bridge).licenseConsole.call('profile.check', { issuer }),
    server.origin,
  );
  const { host } = new URL(server.origin);
  expect(checked).toMatchObject({
    ok: false,
    failure: { code: 'certificate_untrusted', facts: { host, certificate_issuer: 'Example Filter' } },
  });
  await app.button('Next').click();
  const said = `The certificate of ${host} was issued by its own owner, “Example Filter”, so nothing vouches for it.`;
  await expect(app.failure('certificate_untrusted').filter({ hasText: said })).toBeVisible();
  expect(server.requests).toEqual([]);
  await app.close();
  await server.close();
});

interface Bridge {
  licenseConsole: { call(name: string, payload?: unknown): Promise<{ ok: boolean; failure?: { code: string } }> };
}

function attempt({
  way,
  address,
}: {
  way: 'script' | 'link' | 'popup' | 'window' | 'frame' | 'form';
  address: string;
}): void {
  try {
    if (way === 'script') location.href = address;
    else if (way === 'popup') window.open(address, 'named');
    else if (way === 'window') window.open(address, 'window', 'popup,width=500');
    else if (way === 'frame') {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
    } else if (way === 'form') {
      const form = document.createElement('form');
      form.action = address;
      form.method = 'post';
      document.body.append(form);
      form.submit();
    } else {
      const link = document.createElement('a');
      link.href = address;
      link.target = '_blank';
      document.body.append(link);
      link.click();
    }
  } catch {
    // The page itself may refuse, which is fine too.
  }
}

const hostileSchemes = [
  'file:///etc/passwd',
  'smb://host/share',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'search-ms:query=x',
  'ms-settings:',
  'tel:123',
  'mailto:a@b',
  'ssh://host',
  'ftp://host/',
  'chrome://settings',
  'about:config',
  'fusion-console://app/index.html',
];

function hostileAddresses(other: string): string[] {
  const { port } = new URL(other);
  return [
    ...hostileSchemes,
    other,
    `http://localhost:${port}/`,
    `http://[::1]:${port}/`,
    `http://0.0.0.0:${port}/`,
    `http://2130706433:${port}/`,
    `http://0x7f.1:${port}/`,
    `http://017700000001:${port}/`,
    `http://127.1:${port}/`,
    `https://127.0.0.1:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    'http://example.com/',
    'http://192.168.1.1/',
    'https://192.168.1.1/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://router/',
    'https://printer.local/',
    'https://server.internal/',
    'https://user:password@example.com/',
    'blob:https://example.com/1',
    'view-source:https://example.com/',
  ];
}

const traversalPaths = [
  'app/../package.json',
  'app/%2e%2e/package.json',
  'app/..%2fpackage.json',
  'app/assets/../../package.json',
  'app/assets/..%2f..%2fpackage.json',
  'app/%2e%2e%2f%2e%2e%2fetc/passwd',
  'app//etc/passwd',
  'app/assets//etc/passwd',
  'app/C:/Windows/win.ini',
  'app/..\\package.json',
  'app/assets/..\\..\\x.js',
  'app/index.html%00.js',
  'app/assets/%00',
  'app/./package.json',
  'other/index.html',
  'app/preload.cjs',
  'app/assets/.env',
  'app/assets/x.map',
  'app/assets/../index.html/../../main/main.js',
  'app/main/main.js',
];
