import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, type Page, test } from './console-test.ts';
import { isPrivateAddress } from '../../src-main/desktop/authorization-pane/private-addresses.ts';
import { ConsoleApp } from './console-app.ts';
import { FarServers } from './far-servers.ts';
import { html, LocalServer } from './local-server.ts';
import { StoreNetwork } from './store-network.ts';
import { type Target, waysOut, workerScript } from './ways-out.ts';
import { Witness } from './witness.ts';

/** The minimum number of tried ways that work in this Electron, measured in a page without containment. */
const waysAtLeast = 80;

const waysAtOnce = 20;

const quietly = { timeout: 2_000 };

test.describe('@contain the Authorization pane reaches nothing on this computer and its network', () => {
  let app: ConsoleApp;
  let server: LocalServer;
  let store: StoreNetwork | null;
  let pane: Page;
  const witnesses: Witness[] = [];
  const arrived = () =>
    [...witnesses, ...(store ? [store] : [])].map(({ target, arrived: count }) => `${target.host} ${count}`);
  const none = () => [...witnesses, ...(store ? [store] : [])].map(({ target }) => `${target.host} 0`);
  const targets = (): Target[] => [...witnesses.map(({ target }) => target), ...(store ? [store.target] : [])];

  /** Goes to the start page. Waits until the previous page is gone, which may have looked the same. */
  const home = async () => {
    await pane.evaluate(() => Object.assign(window, { isLeft: true })).catch(() => {});
    await app.page
      .locator('.address-bar')
      .getByRole('button', { name: 'Start page of the Authorization server' })
      .click();
    const isLeft = async () => (await app.pane()).evaluate(() => 'isLeft' in window).catch(() => true);
    await expect.poll(isLeft).toBe(false);
    pane = await app.pane();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  };
  /**
   * Runs all scripts to their end in the pane's page, or in its frame at `frameUrl`. The page then sends a request to its own
   * server. When that arrives, everything sent before it has reached the network too.
   */
  const runAll = async (scripts: readonly string[], frameUrl = '') => {
    const before = sentinels;
    const all = scripts.map((script) => `Promise.resolve().then(() => ${script}).catch(() => {})`);
    await app.electron.evaluate(
      ({ webContents }, [script, url]) => {
        const contents = webContents.getAllWebContents().find((candidate) => /^https?:/.test(candidate.getURL()));
        const frame = contents?.mainFrame.framesInSubtree.find((candidate) => url === '' || candidate.url === url);
        if (!frame) throw new Error('The pane has no such frame');
        void frame.executeJavaScript(script);
      },
      [`void Promise.all([${all.join(',')}]).then(() => fetch('/sentinel'))`, frameUrl] as const,
    );
    await expect.poll(() => sentinels, { timeout: 30_000 }).toBeGreaterThan(before);
  };

  test.beforeAll(async () => {
    for (const host of ['127.0.0.1', '::1', ...ownAddresses()]) witnesses.push(await Witness.open(host));
    store = await StoreNetwork.open();
    if (!store) console.log('No network namespace of the store here: that takes root on Linux. Its part is left out.');
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    pane = await app.pane();
    // The pane attaches the developer tools to refuse files. If Playwright is attached too, frames of other sites never load.
    await app.electron.evaluate(({ webContents }) => {
      for (const { debugger: tools } of webContents.getAllWebContents()) if (tools.isAttached()) tools.detach();
    });
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
    await store?.close();
    for (const witness of witnesses) await witness.close();
  });

  test('the witnesses notice what reaches them', async () => {
    const before = targets().length;
    for (const { host, port } of targets()) {
      const socket = connect(port, host.replace(/[[\]]/g, ''));
      await once(socket, 'connect');
      socket.destroy();
    }
    await expect.poll(() => arrived()).toEqual(targets().map(({ host }) => `${host} 1`));
    expect(before).toBeGreaterThanOrEqual(2);
    for (const witness of witnesses) witness.connections = 0;
    if (store) store.arrived = 0;
  });

  test('from the server’s own page, its frames and workers', async () => {
    test.setTimeout(180_000);
    await tryAll(home);
    expect(arrived()).toEqual(none());
    for (const way of waysOut.filter(({ navigates }) => navigates)) {
      await home();
      await pane.evaluate(way.script(targets().slice(0, 1))).catch(() => {});
      await settled();
    }
    await home();
    expect(arrived()).toEqual(none());
    say('the server’s own page');
  });

  test('from a foreign https page, and from a foreign frame in the own page', async () => {
    test.setTimeout(180_000);
    const far = await FarServers.open(app, answer);
    await tryAll(async () => {
      await home();
      await pane.evaluate(() => (location.href = 'https://sign-in.example.com/'));
      await expect(app.page.getByTestId('pane-origin')).toHaveText('https://sign-in.example.com');
      await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    });
    expect(arrived()).toEqual(none());
    say('a foreign https page');
    const frameUrl = 'https://frame.example.com/';
    await tryAll(async () => {
      await home();
      const append = `const frame = document.createElement('iframe'); frame.src = '${frameUrl}'; document.body.append(frame);`;
      await runAll([`(() => { ${append} return new Promise((done) => frame.addEventListener('load', done)); })()`]);
    }, frameUrl);
    expect(arrived()).toEqual(none());
    expect(far.asked.filter((host) => targets().some(({ port }) => host.endsWith(`:${port}`)))).toEqual([]);
    say('a foreign frame');
    await far.close();
  });

  test('with every spelling of this computer, and with names that lead to it', async () => {
    await home();
    const [{ port }] = targets() as [Target];
    const spelled = spellings.map((host) => ({ host, port }));
    const simple = ['fetch', 'fetch by https', 'img', 'WebSocket', 'WebSocket by TLS', 'WebTransport', 'iframe'];
    const ways = waysOut.filter(({ name }) => simple.includes(name) || /TURN|preconnect/.test(name));
    await runAll(ways.map((way) => way.script(spelled)));
    expect(arrived()).toEqual(none());
    console.log(`Contained: ${spellings.length} spellings of this computer, 0 arrived`);
  });

  test('as a control: most of these ways work from a page without containment', async () => {
    test.setTimeout(120_000);
    const found = await fromUncontained();
    console.log(
      `Ways out: ${waysOut.length} tried, ${found.led.length} lead out where nothing contains them. Not here: ${found.not.join(', ')}`,
    );
    expect(found.led.length).toBeGreaterThanOrEqual(waysAtLeast);
    expect(arrived()).toEqual(none());
  });

  test('a sign-in over three hosts with a script from a fourth and a WebSocket, through a PAC file', async () => {
    const far = await FarServers.open(app, answer);
    await useSystemProxy(
      `function FindProxyForURL(url, host) { return "PROXY 127.0.0.1:1; PROXY 127.0.0.1:${far.port}"; }`,
    );
    await home();
    await pane.evaluate(() => (location.href = 'https://one.example.com/federated'));
    await expect(app.page.getByTestId('pane-origin')).toHaveText('https://three.example.com');
    await expect(pane.getByText('The script of the CDN ran, and heard')).toBeVisible();
    expect([...new Set(far.asked)]).toEqual([
      'one.example.com:443',
      'two.example.com:443',
      'three.example.com:443',
      'cdn.example.com:443',
      'events.example.com:443',
    ]);
    await home();
    const heard = await pane.evaluate(
      (address) =>
        new Promise((resolve) => {
          new WebSocket(address).addEventListener('message', ({ data }) => resolve(data));
        }),
      server.origin.replace('http', 'ws'),
    );
    expect(heard).toBe('heard');
    await far.close();
  });

  test('a proxy that asks for a sign-in of another kind, or of an unsupported kind: a message says so', async () => {
    let scheme = '';
    const given: (string | undefined)[] = [];
    const wants = createServer().listen(0, '127.0.0.1');
    wants.on('connect', ({ headers }, socket) => {
      given.push(headers['proxy-authorization']);
      socket.end(`HTTP/1.1 407 No\r\nproxy-authenticate: ${scheme}\r\ncontent-length: 0\r\n\r\n`);
    });
    await once(wants, 'listening');
    const { port } = wants.address() as AddressInfo;
    for (const [way, said, wanted] of [
      [`PROXY 127.0.0.1:${port}`, 'asks for a sign-in', 'Negotiate'],
      [`PROXY 127.0.0.1:${port}`, 'asks for a sign-in', 'NTLM'],
      ['SOCKS 127.0.0.1:1', 'SOCKS5 proxies only', ''],
    ] as const) {
      scheme = wanted;
      given.length = 0;
      await useSystemProxy(`function FindProxyForURL() { return "${way}"; }`);
      await home();
      await pane.evaluate(() => (location.href = 'https://sign-in.example.com/'));
      await expect(app.failure('proxy_unsupported')).toContainText(said);
      await expectBrowserAsWayOn();
      expect([...new Set(given)]).toEqual(wanted ? [undefined] : []);
    }
    wants.close();
    await useSystemProxy(null);
    await home();
  });

  test('the port of the pane accepts only callers with the secret, and closes with the pane', async () => {
    const port = await proxyPort();
    const answers = async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`CONNECT ${new URL(server.origin).host} HTTP/1.1\r\nhost: x\r\n\r\n`);
      const [data] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return String(data).split('\r\n')[0];
    };
    expect(await answers()).toBe('HTTP/1.1 407 Proxy Authentication Required');
    expect(await ways()).toEqual(Array<string>(3).fill(`PROXY 127.0.0.1:${port}`));
    await app.call('pane.sign_out');
    await expect.poll(async () => [0, port].includes(await proxyPort())).toBe(false);
    const late = connect(port, '127.0.0.1');
    expect(((await once(late, 'error')) as [NodeJS.ErrnoException])[0].code).toBe('ECONNREFUSED');
  });

  test('a computer on which nothing can listen: a message says so, no page opens, and Reload works later', async () => {
    await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
    await app.electron.evaluate(() => {
      const { prototype } = process.getBuiltinModule('node:net').Server;
      const kept = globalThis as unknown as { listen?: PropertyDescriptor | undefined };
      kept.listen = Object.getOwnPropertyDescriptor(prototype, 'listen');
      prototype.listen = function refuse() {
        process.nextTick(() => this.emit('error', new Error('EACCES')));
        return this;
      };
    });
    const { length } = server.requests;
    await app.call('pane.sign_out');
    await expect(app.failure('pane_not_connected')).toContainText('such as a security program');
    await expectBrowserAsWayOn();
    expect(await ways()).toEqual(Array<string>(3).fill('PROXY 127.0.0.1:0'));
    expect(server.requests.slice(length)).toEqual([]);
    await app.electron.evaluate(() => {
      const { listen } = globalThis as unknown as { listen: PropertyDescriptor };
      Object.defineProperty(process.getBuiltinModule('node:net').Server.prototype, 'listen', listen);
    });
    await app.page.locator('.pane-failure').getByRole('button', { name: 'Reload' }).click();
    await expect(app.failure('pane_not_connected')).toBeHidden();
    await expect.poll(() => server.requests.length).toBeGreaterThan(length);
  });

  /** Tries a few ways at a time, each batch from a new page, because calls beyond a page's budget are refused without a check. */
  async function tryAll(open: () => Promise<void>, frameUrl?: string): Promise<void> {
    const ways = waysOut.filter(({ navigates }) => !navigates);
    for (let first = 0; first < ways.length; first += waysAtOnce) {
      await open();
      const some = ways.slice(first, first + waysAtOnce);
      await runAll(
        some.map((way) => way.script(targets())),
        frameUrl,
      );
    }
  }

  /** Waits until the pane has refused the address; gives up after a while, because there may be nothing to refuse. */
  async function settled(): Promise<void> {
    await expect
      .poll(async () => (await app.state()).pane.failure?.code, quietly)
      .toBe('address_not_allowed')
      .catch(() => {});
  }

  /** Checks that only the browser is offered. The pane can open no page at all, so neither Settings nor the User Code page helps. */
  async function expectBrowserAsWayOn(): Promise<void> {
    const buttons = app.page.locator('.pane-failure').getByRole('button');
    await expect(buttons).toHaveText(['Open in browser', 'Reload']);
    await expect(app.page.locator('.pane-failure')).not.toContainText('You can continue without it');
  }

  function say(from: string): void {
    const { length } = waysOut;
    console.log(
      `Contained: ${length} ways from ${from} to ${targets().length} places, 0 connections and 0 datagrams arrived`,
    );
  }

  /** Tries each way against its own witness, from windows without proxy and filter. Returns which ways connect and which do not. */
  async function fromUncontained(): Promise<{ led: string[]; not: string[] }> {
    const own: {
      readonly name: string;
      readonly witness: Witness;
      readonly script: string;
      readonly navigates: boolean;
    }[] = [];
    for (const { name, navigates, script } of waysOut) {
      const witness = await Witness.open('127.0.0.1');
      own.push({ name, witness, navigates, script: script([witness.target]) });
    }
    const scriptsOf = (navigates: boolean) =>
      own.filter((way) => way.navigates === navigates).map(({ script }) => script);
    // One page for all ways that stay on it, and one for each way that navigates.
    await runUncontained(scriptsOf(false));
    for (const script of scriptsOf(true)) await runUncontained([script]);
    const heard = () => own.filter(({ witness }) => witness.arrived > 0).map(({ name }) => name);
    await expect.poll(() => heard().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(waysAtLeast);
    const led = heard();
    await app.electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) if (window.getTitle() === 'Uncontained') window.destroy();
    });
    for (const { witness } of own) await witness.close();
    return { led, not: waysOut.map(({ name }) => name).filter((name) => !led.includes(name)) };
  }

  async function runUncontained(scripts: readonly string[]): Promise<void> {
    await app.electron.evaluate(
      async ({ BrowserWindow }, [url, ...all]) => {
        const window = new BrowserWindow({
          show: false,
          title: 'Uncontained',
          webPreferences: { partition: 'uncontained', backgroundThrottling: false },
        });
        window.on('page-title-updated', (event) => event.preventDefault());
        await window.loadURL(url ?? '');
        for (const script of all) void window.webContents.executeJavaScript(script).catch(() => {});
      },
      [`${server.origin}/uncontained`, ...scripts],
    );
  }

  /** The proxy that the pane's session resolves for addresses: public, on this computer, and in the store's network. */
  async function ways(): Promise<string[]> {
    return app.electron.evaluate(async ({ webContents }) => {
      const [pane] = webContents
        .getAllWebContents()
        .filter((contents) => !contents.getURL().startsWith('fusion-console:'))
        .toSorted((one, other) => other.id - one.id);
      const found: string[] = [];
      for (const url of ['https://sign-in.example.com/', 'http://127.0.0.1:1/', 'wss://10.0.0.1/'])
        found.push((await pane?.session.resolveProxy(url)) ?? 'no pane');
      return found;
    });
  }

  async function proxyPort(): Promise<number> {
    return Number((await ways())[0]?.split(':')[1]);
  }

  async function useSystemProxy(pac: string | null): Promise<void> {
    await app.electron.evaluate(
      ({ session }, script) =>
        session.fromPartition('system-network').setProxy(
          script === null
            ? { mode: 'system' }
            : {
                mode: 'pac_script',
                pacScript: `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(script)}`,
              },
        ),
      pac,
    );
  }
});

/** Counts the requests with which pages report that all their attempts have ended. */
let sentinels = 0;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
  const to = searchParams.get('to') ?? '';
  const key = request.headers['sec-websocket-key'];
  if (key !== undefined) return greetByWebSocket(key, response);
  const frame = (headers: Record<string, string>, body = '<img src="https://blocked.invalid/">') => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers });
    response.end(`<!doctype html><title>Frame</title>${body}`);
  };
  if (pathname === '/sentinel') sentinels += 1;
  switch (pathname) {
    case '/service-worker.js':
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(`${workerScript}\nself.oninstall = () => self.skipWaiting();`);
      return;
    case '/redirect':
      response.writeHead(Number(searchParams.get('status') ?? 302), { location: to }).end();
      return;
    case '/meta-refresh':
      return frame({}, `<meta http-equiv="refresh" content="0;url=${to}">`);
    case '/refresh-header':
      return frame({ refresh: `0;url=${to}` });
    case '/reports':
      return frame({
        'reporting-endpoints': `default="${to}"`,
        'report-to': JSON.stringify({ group: 'default', max_age: 60, endpoints: [{ url: to }] }),
        nel: '{"report_to":"default","max_age":60,"success_fraction":1.0}',
        'content-security-policy': `img-src 'none'; report-uri ${to}; report-to default`,
      });
    case '/link-header':
      return frame({ link: `<${to}>; rel=preload; as=image, <${to}>; rel=preconnect, <${to}>; rel=stylesheet` });
    case '/xslt':
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(`<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="${to}"?><x/>`);
      return;
    case '/federated': {
      const next: Record<string, string> = { 'one.example.com': 'two', 'two.example.com': 'three' };
      const host = next[request.headers.host ?? ''];
      if (host) return void response.writeHead(302, { location: `https://${host}.example.com/federated` }).end();
      return html(response, '<p id="said"></p><script src="https://cdn.example.com/script.js"></script>');
    }
    case '/script.js':
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(`new WebSocket('wss://events.example.com/').onmessage = ({ data }) => {
        document.querySelector('#said').textContent = 'The script of the CDN ran, and ' + data;
      };`);
      return;
    default:
      return html(response, '<h1>Start page</h1>');
  }
}

/** Accepts a WebSocket (RFC 6455 §4.2.2) and sends one message. */
function greetByWebSocket(key: string, response: ServerResponse): void {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const { socket } = response;
  response.writeHead(101, { upgrade: 'websocket', connection: 'upgrade', 'sec-websocket-accept': accept });
  response.flushHeaders();
  socket?.write(Buffer.concat([Buffer.from([0x81, 5]), Buffer.from('heard')]));
}

/** This computer's addresses in its local network. */
function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const usable = all.filter(
    ({ internal, address }) => !internal && isPrivateAddress(address) && !address.startsWith('fe80'),
  );
  return (['IPv4', 'IPv6'] as const).flatMap(
    (family) => usable.find((entry) => entry.family === family)?.address ?? [],
  );
}

const spellings = [
  'localhost',
  'LOCALHOST.',
  'x.localhost',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0.0.0.0',
  '0',
  '127.0.0.1.',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
];
