import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { PanePolicy } from '../../../../../../src-main/desktop/authorization-pane/limits/navigation-policy.ts';
import { PaneProxy } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/pane-proxy.ts';
import type { SystemNetwork } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/reach.ts';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Counts what arrives at a port of this computer, and answers with a line. */
class Witness {
  connections = 0;
  bytes = '';
  readonly #sockets = new Set<Socket>();
  readonly server: Server;

  private constructor() {
    this.server = createTcpServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('data', (data) => {
        this.bytes += data.toString('latin1');
        socket.write(`heard ${data.length}`);
      });
      socket.on('error', () => {});
    });
  }

  static async open(host = '127.0.0.1'): Promise<Witness> {
    const witness = new Witness();
    witness.server.listen(0, host);
    await once(witness.server, 'listening');
    open.push(witness);
    return witness;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
  }
}

interface Network {
  readonly names?: Record<string, readonly string[]>;
  readonly proxies?: string | ((url: string) => string);
}

function networkOf({ names = {}, proxies = 'DIRECT' }: Network): SystemNetwork & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolveHost: async (name) => {
      asked.push(name);
      const addresses = names[name];
      if (!addresses) throw new Error('net::ERR_NAME_NOT_RESOLVED');
      return addresses;
    },
    resolveProxy: async (url) => (typeof proxies === 'string' ? proxies : proxies(url)),
  };
}

const anywhere: PanePolicy = { issuer: new URL('https://auth.example'), privateHosts: [] };

async function proxyFor(policy: PanePolicy, network: Network = {}) {
  const system = networkOf(network);
  const proxy = await PaneProxy.listen(policy, system);
  open.push(proxy);
  return { proxy, system };
}

function secretOf(proxy: PaneProxy): Record<string, string> {
  return { 'proxy-authorization': `Basic ${Buffer.from(`pane:${proxy.secret}`).toString('base64')}` };
}

interface Tunnel {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly socket: Socket;
}

async function tunnel(proxy: PaneProxy, authority: string, headers = secretOf(proxy)): Promise<Tunnel> {
  const asking = request({
    host: '127.0.0.1',
    port: proxy.port,
    method: 'CONNECT',
    path: authority,
    headers,
    agent: false,
  });
  asking.end();
  const [answer, socket, head] = (await once(asking, 'connect')) as [IncomingMessage, Socket, Buffer];
  if (head.length > 0) socket.unshift(head);
  socket.on('error', () => {});
  open.push({ close: () => socket.destroy() });
  return { status: answer.statusCode ?? 0, headers: answer.headers, socket };
}

async function ask(proxy: PaneProxy, address: string, headers: Record<string, string> = secretOf(proxy), body = '') {
  const asking = request({
    host: '127.0.0.1',
    port: proxy.port,
    method: body ? 'POST' : 'GET',
    path: address,
    headers: { host: URL.canParse(address) ? new URL(address).host : 'x', ...headers },
    agent: false,
  });
  asking.end(body);
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of answer) text += String(part);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text };
}

async function webServer(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

const ownServer = (port: number): PanePolicy => ({ issuer: new URL(`http://127.0.0.1:${port}`), privateHosts: [] });

describe('the secret of the proxy', () => {
  it.each([
    ['nothing', {}],
    ['an empty secret', { 'proxy-authorization': 'Basic ' }],
    ['a wrong secret', { 'proxy-authorization': `Basic ${Buffer.from('pane:x').toString('base64')}` }],
    ['another scheme', { 'proxy-authorization': 'Bearer x' }],
    ['the secret in the wrong header', { authorization: 'right' }],
  ])('is required for tunnels and requests, with status 407 for %s', async (_name, given: Record<string, string>) => {
    const witness = await Witness.open();
    const { proxy, system } = await proxyFor(ownServer(witness.port));
    const headers = given['authorization'] ? { authorization: secretOf(proxy)['proxy-authorization'] ?? '' } : given;
    const refused = await tunnel(proxy, `127.0.0.1:${witness.port}`, headers);
    expect(refused.status).toBe(407);
    expect(refused.headers['proxy-authenticate']).toBe('Basic realm="Authorization pane"');
    expect(await ask(proxy, `http://127.0.0.1:${witness.port}/`, headers)).toMatchObject({ status: 407, text: '' });
    expect([witness.connections, system.asked]).toEqual([0, []]);
  });

  it('is long, and different for each proxy', async () => {
    const [one, other] = [await proxyFor(anywhere), await proxyFor(anywhere)];
    expect(one.proxy.secret).not.toBe(other.proxy.secret);
    expect(one.proxy.secret.length).toBeGreaterThan(40);
    expect((await tunnel(one.proxy, 'auth.example:443', secretOf(other.proxy))).status).toBe(407);
  });

  it('is answered with status 204 at the address of the proxy itself', async () => {
    const { proxy } = await proxyFor(anywhere);
    expect(await ask(proxy, 'http://pane-proxy.invalid/')).toMatchObject({ status: 204, text: '' });
  });
});

describe('a tunnel', () => {
  it.each([
    '127.0.0.1:PORT',
    'localhost:PORT',
    '127.1:PORT',
    '2130706433:PORT',
    '0x7f.1:PORT',
    '017700000001:PORT',
    '0.0.0.0:PORT',
    '[::1]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '[::ffff:0:127.0.0.1]:PORT',
    '[64:ff9b::127.0.0.1]:PORT',
    '[2002:7f00:1::]:PORT',
    'rebind.example:PORT',
    'both.example:PORT',
    'mapped.example:PORT',
    '127.0.0.1.nip.example:PORT',
    'printer.local:PORT',
    'till.lan:PORT',
    'router:PORT',
    'user@public.example:PORT',
    'public.example@127.0.0.1:PORT',
    'auth.example:PORT/path',
    'auth.example:PORT?x',
    ':PORT',
    'PORT',
    '',
  ])('to %s is refused, and nothing arrives', async (authority) => {
    const witness = await Witness.open();
    const { proxy } = await proxyFor(anywhere, {
      names: {
        localhost: ['127.0.0.1'],
        'rebind.example': ['127.0.0.1'],
        'both.example': ['93.184.216.34', '127.0.0.1'],
        'mapped.example': ['::ffff:127.0.0.1'],
        '127.0.0.1.nip.example': ['127.0.0.1'],
        'printer.local': ['127.0.0.1'],
        'till.lan': ['127.0.0.1'],
        router: ['127.0.0.1'],
        'public.example': ['127.0.0.1'],
      },
    });
    const { status } = await tunnel(proxy, authority.replace('PORT', String(witness.port)));
    expect(status).toBe(502);
    expect(witness.connections).toBe(0);
  });

  it.each(['127.0.0.1:PORT#.example', 'auth.example:PORT\\x'])('to %s is disconnected', async (authority) => {
    const witness = await Witness.open();
    const { proxy } = await proxyFor(anywhere);
    await expect(tunnel(proxy, authority.replace('PORT', String(witness.port)))).rejects.toThrow('hang up');
    expect(witness.connections).toBe(0);
  });

  it('to a server on this computer is allowed only for the exact host and port of the own server', async () => {
    const [own, other] = [await Witness.open(), await Witness.open()];
    const { proxy } = await proxyFor(ownServer(own.port));
    const through = await tunnel(proxy, `127.0.0.1:${own.port}`);
    expect(through.status).toBe(200);
    through.socket.write('hello');
    expect(String((await once(through.socket, 'data'))[0])).toBe('heard 5');
    for (const authority of [`127.0.0.1:${other.port}`, `localhost:${own.port}`, `[::1]:${own.port}`])
      expect((await tunnel(proxy, authority)).status, authority).toBe(502);
    expect(other.connections).toBe(0);
  });

  it('to the own server or a host in the settings may lead to a private address, and each name is resolved once', async () => {
    const witness = await Witness.open();
    const host = `login.example:${witness.port}`;
    const policy = { issuer: new URL(`https://auth.example:${witness.port}`), privateHosts: [host] };
    const { proxy, system } = await proxyFor(policy, {
      names: { 'login.example': ['127.0.0.1'], 'auth.example': ['127.0.0.1'] },
    });
    expect((await tunnel(proxy, host)).status).toBe(200);
    expect((await tunnel(proxy, `auth.example:${witness.port}`)).status).toBe(200);
    expect(system.asked).toEqual(['login.example', 'auth.example']);
  });

  it('is judged again for each connection, also if the name had no address before', async () => {
    const witness = await Witness.open();
    let looks = 0;
    const proxy = await PaneProxy.listen(anywhere, {
      resolveProxy: async () => 'DIRECT',
      resolveHost: async () => (looks++ === 0 ? [] : ['127.0.0.1']),
    });
    open.push(proxy);
    const said: unknown[] = [];
    for (let count = 0; count < 3; count += 1) {
      expect((await tunnel(proxy, `rebind.example:${witness.port}`)).status).toBe(502);
      said.push(proxy.netErrorAt(`https://rebind.example:${witness.port}/`));
    }
    expect(said).toEqual(['ERR_NAME_NOT_RESOLVED', 'ERR_BLOCKED_BY_CLIENT', 'ERR_BLOCKED_BY_CLIENT']);
    expect([looks, witness.connections]).toEqual([3, 0]);
  });

  it('uses the one of two addresses that answers', async () => {
    const witness = await Witness.open();
    const host = `two.example:${witness.port}`;
    const { proxy } = await proxyFor(
      { ...anywhere, privateHosts: [host] },
      { names: { 'two.example': ['127.0.0.9', '127.0.0.1'] } },
    );
    expect((await tunnel(proxy, host)).status).toBe(200);
    expect(witness.connections).toBe(1);
  });

  it('that fails has its reason kept by host and port, until one succeeds', async () => {
    const witness = await Witness.open();
    const { proxy } = await proxyFor(ownServer(witness.port), { names: { 'rebind.example': ['10.0.0.1'] } });
    await tunnel(proxy, 'nobody.example:443');
    await tunnel(proxy, 'rebind.example:443');
    expect(proxy.netErrorAt('https://nobody.example/x')).toBe('ERR_NAME_NOT_RESOLVED');
    expect(proxy.netErrorAt('https://rebind.example/')).toBe('ERR_BLOCKED_BY_CLIENT');
    expect(proxy.netErrorAt('https://rebind.example:444/')).toBeNull();
    const { port } = witness;
    witness.close();
    await tunnel(proxy, `127.0.0.1:${port}`);
    expect(proxy.netErrorAt(`http://127.0.0.1:${port}/`)).toBe('ERR_CONNECTION_REFUSED');
    const again = createTcpServer().listen(port, '127.0.0.1');
    await once(again, 'listening');
    open.push({ close: () => again.close() });
    await tunnel(proxy, `127.0.0.1:${port}`);
    expect(proxy.netErrorAt(`http://127.0.0.1:${port}/`)).toBeNull();
  });
});

describe('a request by plain HTTP', () => {
  it('reaches the own server on this computer unchanged, but without the proxy’s headers', async () => {
    let seen: IncomingMessage | null = null;
    let body = '';
    const port = await webServer((incoming, response) => {
      seen = incoming;
      incoming.on('data', (part) => (body += String(part)));
      incoming.on('end', () => response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'x-kept': 'yes' }).end('made'));
    });
    const { proxy } = await proxyFor(ownServer(port));
    const answer = await ask(proxy, `http://127.0.0.1:${port}/form?a=1`, secretOf(proxy), 'typed=text');
    expect(answer).toMatchObject({ status: 201, text: 'made', headers: { 'x-kept': 'yes' } });
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(body).toBe('typed=text');
    const { url, method, headers } = seen as unknown as IncomingMessage;
    expect([url, method, headers.host]).toEqual(['/form?a=1', 'POST', `127.0.0.1:${port}`]);
    expect(Object.keys(headers).filter((name) => name.startsWith('proxy-'))).toEqual([]);
  });

  it('does not follow a redirect, which is up to the page', async () => {
    const witness = await Witness.open();
    const port = await webServer((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${witness.port}/` }).end(),
    );
    const { proxy } = await proxyFor(ownServer(port));
    expect((await ask(proxy, `http://127.0.0.1:${port}/`)).status).toBe(302);
    expect(witness.connections).toBe(0);
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://public.example:PORT/',
    'https://auth.example:PORT/',
    '/only-a-path',
    '*',
    'ftp://127.0.0.1:PORT/',
  ])('to %s is disconnected', async (address) => {
    const witness = await Witness.open();
    const { proxy } = await proxyFor(anywhere, { names: { 'public.example': ['127.0.0.1'] } });
    await expect(ask(proxy, address.replace('PORT', String(witness.port)))).rejects.toThrow(/hang up|ECONNRESET/);
    expect(witness.connections).toBe(0);
  });
});

describe('a tunnel through the system’s proxy', () => {
  /** A proxy that records its requests, and answers with that status. */
  async function systemProxy(status: number, to?: number) {
    const asked: { host: string; agent: string | undefined }[] = [];
    const server = createServer();
    server.on('connect', (incoming, client: Socket) => {
      asked.push({ host: incoming.url ?? '', agent: incoming.headers['user-agent'] });
      client.on('error', () => {});
      if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      const onward = connect(to ?? 0, '127.0.0.1');
      onward.on('error', () => client.destroy());
      open.push({ close: () => [onward.destroy(), client.destroy()] });
      return client.pipe(onward).pipe(client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ close: () => server.close() });
    return { asked, way: `PROXY 127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  it('passes on names, both public ones and ones that only that proxy knows', async () => {
    const witness = await Witness.open();
    const upstream = await systemProxy(200, witness.port);
    const { proxy } = await proxyFor(anywhere, {
      proxies: upstream.way,
      names: { 'public.example': ['93.184.216.34'] },
    });
    for (const host of ['public.example:443', 'known-there.example:8443']) {
      const through = await tunnel(proxy, host, { ...secretOf(proxy), 'user-agent': 'Console' });
      expect(through.status).toBe(200);
      through.socket.write('hello');
      expect(String((await once(through.socket, 'data'))[0])).toBe('heard 5');
    }
    expect(upstream.asked).toEqual([
      { host: 'public.example:443', agent: 'Console' },
      { host: 'known-there.example:8443', agent: 'Console' },
    ]);
  });

  it.each(['10.0.0.1:443', 'till.lan:443', 'router:443', 'rebind.example:443', '[fd00::1]:443'])(
    'to %s is refused before that proxy is contacted',
    async (authority) => {
      const upstream = await systemProxy(200);
      const { proxy } = await proxyFor(anywhere, {
        proxies: upstream.way,
        names: { 'rebind.example': ['192.168.1.1'] },
      });
      expect((await tunnel(proxy, authority)).status).toBe(502);
      expect(upstream.asked).toEqual([]);
    },
  );

  it.each([
    [407, 'ERR_PROXY_AUTH_UNSUPPORTED'],
    [403, 'ERR_TUNNEL_CONNECTION_FAILED'],
    [503, 'ERR_TUNNEL_CONNECTION_FAILED'],
  ])('hides the answer %i of that proxy from the page, and reports %s', async (status, netError) => {
    const upstream = await systemProxy(status);
    const { proxy } = await proxyFor(anywhere, { proxies: `${upstream.way}; DIRECT` });
    const refused = await tunnel(proxy, 'public.example:443');
    expect([refused.status, refused.headers['proxy-authenticate']]).toEqual([502, undefined]);
    expect(proxy.netErrorAt('https://public.example/')).toBe(netError);
  });

  it('uses the next proxy in the list if one does not answer', async () => {
    const witness = await Witness.open();
    const gone = await Witness.open();
    const { port } = gone;
    gone.close();
    const upstream = await systemProxy(200, witness.port);
    const { proxy } = await proxyFor(anywhere, { proxies: `PROXY 127.0.0.1:${port}; ${upstream.way}` });
    expect((await tunnel(proxy, 'public.example:443')).status).toBe(200);
    const { proxy: alone } = await proxyFor(anywhere, { proxies: `PROXY 127.0.0.1:${port}` });
    expect((await tunnel(alone, 'public.example:443')).status).toBe(502);
    expect(alone.netErrorAt('https://public.example/')).toBe('ERR_PROXY_CONNECTION_FAILED');
  });

  it('fails without a supported proxy in the list, and never goes directly', async () => {
    const witness = await Witness.open();
    const host = `named.example:${witness.port}`;
    for (const proxies of ['', 'SOCKS 127.0.0.1:1', 'QUIC 127.0.0.1:1']) {
      const { proxy } = await proxyFor(
        { ...anywhere, privateHosts: [host] },
        { proxies, names: { 'named.example': ['127.0.0.1'] } },
      );
      expect((await tunnel(proxy, host)).status).toBe(502);
      expect(proxy.netErrorAt(`https://${host}/`)).toBe('ERR_NO_SUPPORTED_PROXIES');
    }
    expect(witness.connections).toBe(0);
  });

  it('passes the name to a SOCKS5 proxy, and reports one that requires a sign-in', async () => {
    const heard: Buffer[] = [];
    const socks = (method: number) =>
      createTcpServer((client) => {
        client.on('error', () => {});
        client.once('data', () => {
          client.write(Buffer.from([5, method]));
          client.once('data', (asked) => {
            heard.push(asked);
            client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
            client.write('early');
            client.on('data', (data) => client.write(`heard ${data.length}`));
          });
        });
        open.push({ close: () => client.destroy() });
      });
    const listening = async (method: number) => {
      const server = socks(method).listen(0, '127.0.0.1');
      await once(server, 'listening');
      open.push({ close: () => server.close() });
      return `SOCKS5 127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    const { proxy } = await proxyFor(anywhere, { proxies: await listening(0) });
    const through = await tunnel(proxy, 'public.example:443');
    expect(through.status).toBe(200);
    expect(String((await once(through.socket, 'data'))[0])).toBe('early');
    through.socket.write('hello');
    expect(String((await once(through.socket, 'data'))[0])).toBe('heard 5');
    expect(heard[0]).toEqual(
      Buffer.concat([Buffer.from([5, 1, 0, 3, 14]), Buffer.from('public.example'), Buffer.from([1, 187])]),
    );
    const { proxy: refused } = await proxyFor(anywhere, { proxies: await listening(255) });
    expect((await tunnel(refused, 'public.example:443')).status).toBe(502);
    expect(refused.netErrorAt('https://public.example/')).toBe('ERR_PROXY_AUTH_UNSUPPORTED');
  });
});

describe('the end of the proxy or of a connection', () => {
  it('closes every connection and the port when the proxy closes', async () => {
    const witness = await Witness.open();
    const { proxy } = await proxyFor(ownServer(witness.port));
    const { port } = proxy;
    const through = await tunnel(proxy, `127.0.0.1:${witness.port}`);
    const idle = connect(port, '127.0.0.1');
    await once(idle, 'connect');
    const ends = [once(through.socket, 'close'), once(idle, 'close')];
    idle.on('error', () => {});
    await proxy.close();
    await Promise.all(ends);
    await proxy.close();
    const late = connect(port, '127.0.0.1');
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('loses no data when the server ends the connection', async () => {
    const sent = 5_000_000;
    const server = createTcpServer((socket) => socket.on('error', () => {}).end(Buffer.alloc(sent, 'x')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({ close: () => server.close() });
    const { port } = server.address() as AddressInfo;
    const { proxy } = await proxyFor(ownServer(port));
    const { socket } = await tunnel(proxy, `127.0.0.1:${port}`);
    let received = 0;
    for await (const part of socket) received += (part as Buffer).length;
    expect(received).toBe(sent);
  });

  it.each(['PROXY', 'SOCKS5'])('stops contacting the %s proxy when the page disconnects early', async (kind) => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    open.push({ close: () => silent.close() });
    const asked = once(silent, 'connection') as Promise<[Socket]>;
    const { port } = silent.address() as AddressInfo;
    const { proxy } = await proxyFor(anywhere, { proxies: `${kind} 127.0.0.1:${port}; ${kind} 127.0.0.1:${port}` });
    const page = connect(proxy.port, '127.0.0.1');
    page.write(`CONNECT public.example:443 HTTP/1.1\r\nhost: x\r\n`);
    for (const [name, value] of Object.entries(secretOf(proxy))) page.write(`${name}: ${value}\r\n`);
    page.write('\r\n');
    const [upstream] = await asked;
    const gone = once(upstream.on('error', () => {}).resume(), 'close');
    page.end();
    await gone;
    page.destroy();
    expect(await new Promise((resolve) => silent.getConnections((_error, count) => resolve(count)))).toBe(0);
  });

  it("closes the server's connection when the page disconnects", async () => {
    const witness = await Witness.open();
    const arrived = once(witness.server, 'connection') as Promise<[Socket]>;
    const { proxy } = await proxyFor(ownServer(witness.port));
    const through = await tunnel(proxy, `127.0.0.1:${witness.port}`);
    const [there] = await arrived;
    const gone = once(there, 'close');
    through.socket.destroy();
    await gone;
  });
});
