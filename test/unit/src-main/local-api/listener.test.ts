import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketAddress } from '../../../../src-main/local-api/api-address.ts';
import { openSocket, openTcp } from '../../../../src-main/local-api/listener.ts';
import { addressFileSchema } from '../../../../src-main/local-api/wire/address-file.ts';
import { freePort, hold, LocalApiAtWork, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';
import { until } from '../../../fakes/until.ts';
import { notOnWindows, notOnWindowsNorAsRoot } from '../../../fakes/on-windows.ts';

let folder: string;
const serverFor = () => createHttpServer();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flc-listener-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function listening(server: Server, options: object): Promise<Server> {
  server.listen(options);
  await once(server, 'listening');
  return server;
}

describe('the socket', () => {
  it('is open only to this account, and removed when it is closed', notOnWindows('socketFile'), async () => {
    const before = process.umask();
    const opened = await openSocket(folder, serverFor);
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    const { path } = opened.value;
    expect(path).toBe(join(folder, 'license-api.sock'));
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(process.umask()).toBe(before);
    await opened.value.close();
    expect(existsSync(path)).toBe(false);
  });

  it('replaces the socket of a killed process', notOnWindows('socketFile'), async () => {
    const path = join(folder, 'license-api.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
    const killed = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(path)).toBe(true);
    const opened = await openSocket(folder, serverFor);
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
  });

  it(
    'does not replace the socket of another running program, and the failure names the address',
    notOnWindows('socketFile'),
    async () => {
      const path = join(folder, 'license-api.sock');
      const other = await listening(createServer(), { path });
      const opened = await openSocket(folder, serverFor);
      expect(opened).toMatchObject({ failure: { code: 'local_api_address_taken', facts: { address: path } } });
      expect(existsSync(path)).toBe(true);
      other.close();
    },
  );

  it('does not replace a file that is not a socket', notOnWindows('socketFile'), async () => {
    writeFileSync(join(folder, 'license-api.sock'), 'precious');
    const opened = await openSocket(folder, serverFor);
    expect(opened).toMatchObject({ failure: { code: 'local_api_not_opened', facts: { cause: 'not_a_socket' } } });
    expect(readFileSync(join(folder, 'license-api.sock'), 'utf8')).toBe('precious');
  });

  it(
    'is not opened if its path is too long or its folder is missing, and the failure gives the cause',
    notOnWindows('socketFile'),
    async () => {
      const long = join(folder, 'a'.repeat(100));
      mkdirSync(long);
      expect(await openSocket(long, serverFor)).toMatchObject({
        failure: { code: 'local_api_not_opened', facts: { cause: 'path_too_long' } },
      });
      expect(await openSocket(join(folder, 'missing'), serverFor)).toMatchObject({
        failure: { code: 'local_api_not_opened', facts: { cause: 'folder_not_writable' } },
      });
    },
  );

  it(
    'is not opened in a read-only folder, and the failure gives the cause',
    notOnWindowsNorAsRoot('modeBits'),
    async () => {
      chmodSync(folder, 0o500);
      const opened = await openSocket(folder, serverFor);
      chmodSync(folder, 0o700);
      expect(opened).toMatchObject({
        failure: { code: 'local_api_not_opened', facts: { cause: 'folder_not_writable' } },
      });
    },
  );

  it('is a pipe with an unpredictable name on Windows', () => {
    const names = new Set(Array.from({ length: 100 }, () => socketAddress(folder, 'win32')));
    expect(names.size).toBe(100);
    for (const name of names) expect(name).toMatch(/^\\\\\.\\pipe\\fusion-license-console-[0-9a-f]{32}$/);
  });
});

describe('loopback TCP', () => {
  it('is open only on loopback addresses', async () => {
    const port = await freePort();
    const opened = await openTcp(port, serverFor);
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
    expect(opened.value).toMatchObject({ host: '127.0.0.1', port });
    // All of 127.0.0.0/8 is loopback. Another address of it can be used only if the server does not listen on all of them.
    const beside = await listening(createServer(), { host: '127.0.0.2', port });
    beside.close();
    await opened.value.close();
  });

  it('reports the address that is taken, and leaves no address open', async () => {
    const port = await freePort();
    const other = await listening(createServer(), { host: '127.0.0.1', port });
    expect(await openTcp(port, serverFor)).toMatchObject({
      failure: { code: 'local_api_address_taken', facts: { address: `127.0.0.1:${port}` } },
    });
    other.close();
    await once(other, 'close');
    const six = await listening(createServer(), { host: '::1', port }).catch(() => null);
    if (!six) return;
    expect(await openTcp(port, serverFor)).toMatchObject({
      failure: { code: 'local_api_address_taken', facts: { address: `[::1]:${port}` } },
    });
    six.close();
    await once(six, 'close');
    const free = await openTcp(port, serverFor);
    expect(free.ok).toBe(true);
    if (free.ok) await free.value.close();
  });
});

it('closing does not wait for open connections or tunnel requests', async () => {
  const api = await LocalApiAtWork.start({ tcp: true });
  const secret = api.secret(['read']);
  const held = [
    '',
    'GET /v1/hea',
    requestText('CONNECT evil.example:443'),
    requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } }),
    requestText('GET /v1/health', { headers: { connection: 'keep-alive' } }),
  ];
  const sockets = await Promise.all(
    [api.socket, api.tcp].flatMap((to) => held.map((bytes) => hold({ ...to, allowHalfOpen: true }, bytes))),
  );
  await until(() => api.server.streams.count === 1);
  await api.close();
  await until(() => sockets.every((socket) => socket.readableEnded || socket.destroyed));
  for (const socket of sockets) socket.destroy();
});

describe('the address file', () => {
  it('exists while the API listens, only this account can read it, and it follows changes of the TCP port', async () => {
    const api = await LocalApiAtWork.start({ tcp: true });
    const path = join(api.folder, 'license-api.json');
    const told = () => addressFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(told()).toEqual({
      version: 1,
      socket: api.open.socket,
      tcp: { host: '127.0.0.1', port: api.port },
      pid: process.pid,
    });
    if (process.platform !== 'win32') expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    const { port } = api;
    expect((await api.open.useTcp(null)).ok).toBe(true);
    expect(told().tcp).toBeUndefined();
    const gone = await sendRaw(
      { host: '127.0.0.1', port },
      requestText('GET /v1/health', { host: `localhost:${port}` }),
    );
    expect(gone.text).toBe('');
    expect((await sendRaw(api.socket, requestText('GET /v1/health'))).status).toBe(200);
    await api.close();
    expect(existsSync(path)).toBe(false);
  });

  it('is still right when the TCP port is taken, and the socket stays open', async () => {
    const api = await LocalApiAtWork.start();
    const port = await freePort();
    const other = await listening(createServer(), { host: '127.0.0.1', port });
    expect((await api.open.useTcp(port)).ok).toBe(false);
    expect(api.open.tcp).toBeNull();
    expect(JSON.parse(readFileSync(join(api.folder, 'license-api.json'), 'utf8')).tcp).toBeUndefined();
    expect((await sendRaw(api.socket, requestText('GET /v1/health'))).status).toBe(200);
    other.close();
    await api.close();
  });
});
