import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, expect, it, vi } from 'vitest';
import { throughProxy } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/upstream.ts';

/** The certificates that the system trusts in addition. Newer versions of Node.js can read them. */
const trusted = vi.hoisted(() => [] as string[]);
vi.mock('node:tls', async (original) => ({ ...(await original<object>()), getCACertificates: () => trusted }));

const servers: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function httpsProxy() {
  const certificate = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
  });
  const server = createServer({ key: certificate.private, cert: certificate.cert });
  const asked: (string | undefined)[] = [];
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url);
    socket.on('error', () => {});
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.on('data', (data) => socket.write(`heard ${data.length}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { asked, certificate: certificate.cert, way: { kind: 'https', host: 'localhost', port } as const };
}

const to = { hostname: 'public.example', port: 443, gone: new AbortController().signal };

it('an HTTPS proxy with a trusted certificate gets the name of the host', async () => {
  const { asked, certificate, way } = await httpsProxy();
  trusted.push(certificate);
  const reached = await throughProxy(way, to, undefined);
  if (!('socket' in reached)) throw new Error(reached.netError);
  reached.socket.write('hello');
  expect(String((await once(reached.socket, 'data'))[0])).toBe('heard 5');
  expect(asked).toEqual(['public.example:443']);
  reached.socket.destroy();
});

it('an HTTPS proxy without a trusted certificate gets nothing', async () => {
  const { asked, way } = await httpsProxy();
  expect(await throughProxy(way, to, undefined)).toEqual({ netError: 'ERR_PROXY_CONNECTION_FAILED' });
  expect(asked).toEqual([]);
});

/** A proxy that offers these kinds of sign-in. It accepts one name and password. */
async function askingProxy(offers: string) {
  const server = createHttpServer();
  const given: (string | undefined)[] = [];
  const right = `Basic ${Buffer.from('mel:pässword').toString('base64')}`;
  server.on('connect', ({ headers }, socket: Socket) => {
    given.push(headers['proxy-authorization']);
    const passes = headers['proxy-authorization'] === right;
    socket.end(passes ? 'HTTP/1.1 200 OK\r\n\r\n' : `HTTP/1.1 407 No\r\nproxy-authenticate: ${offers}\r\n\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { given, right, place: `127.0.0.1:${port}`, way: { kind: 'http', host: '127.0.0.1', port } as const };
}

/** What a person entered, and what the proxies asked for. */
function known(entered: { name: string; password: string } | null) {
  const wanted: unknown[] = [];
  return { wanted, of: async () => entered, note: (...given: unknown[]) => wanted.push(given) };
}

it.each(['Basic realm="x"', 'Negotiate, Basic realm="x"', 'basic realm="x"'])(
  'a proxy that offers %s gets the name and password that a person entered for it, only when it asks',
  async (offers) => {
    const { given, right, way } = await askingProxy(offers);
    const { of, note, wanted } = known({ name: 'mel', password: 'pässword' });
    const reached = await throughProxy(way, to, { of, wanted: note, onForgotten: () => {} });
    expect('socket' in reached).toBe(true);
    if ('socket' in reached) reached.socket.destroy();
    expect(given).toEqual([undefined, right]);
    expect(wanted).toEqual([]);
  },
);

it.each([null, { name: 'mel', password: 'wrong' }])(
  'a proxy that refuses %j leads to another question',
  async (entered) => {
    const { given, place, way } = await askingProxy('Basic realm="x"');
    const { of, note, wanted } = known(entered);
    expect(await throughProxy(way, to, { of, wanted: note, onForgotten: () => {} })).toEqual({
      netError: 'ERR_PROXY_AUTH_REQUESTED',
    });
    expect(given).toHaveLength(entered ? 2 : 1);
    expect(wanted).toEqual([[place, entered]]);
  },
);

it.each(['Negotiate', 'NTLM', 'Digest realm="Basic"'])('a proxy that offers only %s gets nothing', async (offers) => {
  const { given, way } = await askingProxy(offers);
  const { of, note, wanted } = known({ name: 'mel', password: 'pässword' });
  expect(await throughProxy(way, to, { of, wanted: note, onForgotten: () => {} })).toEqual({
    netError: 'ERR_PROXY_AUTH_UNSUPPORTED',
  });
  expect([given, wanted]).toEqual([[undefined], []]);
});
