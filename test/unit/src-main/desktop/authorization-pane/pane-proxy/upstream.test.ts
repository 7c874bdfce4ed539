import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';
import { afterEach, expect, it, vi } from 'vitest';
import { throughProxy } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/upstream.ts';

/** The certificates that the system trusts in addition. Newer versions of Node.js can read them. */
const trusted = vi.hoisted(() => [] as string[]);
vi.mock('node:tls', async (original) => ({ ...(await original<object>()), getCACertificates: () => trusted }));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
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
  const reached = await throughProxy(way, to);
  if (!('socket' in reached)) throw new Error(reached.noWay);
  reached.socket.write('hello');
  expect(String((await once(reached.socket, 'data'))[0])).toBe('heard 5');
  expect(asked).toEqual(['public.example:443']);
  reached.socket.destroy();
});

it('an HTTPS proxy without a trusted certificate gets nothing', async () => {
  const { asked, way } = await httpsProxy();
  expect(await throughProxy(way, to)).toEqual({ noWay: 'ERR_PROXY_CONNECTION_FAILED' });
  expect(asked).toEqual([]);
});
