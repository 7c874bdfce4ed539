import { chmodSync, chownSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  LicenseApiError,
  LicenseClient,
  type LicenseClientOptions,
} from '../../../../src-main/local-api/license-client.ts';
import { json, ScriptedLicenseApi } from '../../../fakes/scripted-license-api.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';
import { socketPath } from '../../../fakes/socket-path.ts';

const secret = 'flc_abcdefghijkl_c2VjcmV0';
let api: ScriptedLicenseApi;
const clients: LicenseClient[] = [];

beforeEach(async () => {
  api = new ScriptedLicenseApi();
  await api.start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const client of clients.splice(0)) client.close();
  await api.remove();
});

function clientOf(options: LicenseClientOptions = {}): LicenseClient {
  const client = new LicenseClient({ secret, profileFolder: api.folder, ...options });
  clients.push(client);
  return client;
}

/** The code of a call's rejection. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => 'it was answered',
    (thrown: unknown) => thrown,
  );
  return error instanceof LicenseApiError ? error.code : String(error);
}

describe('the calls of the license client', () => {
  const peer = { proof: 'p', method: 'POST', url: 'https://hub.example/sell' };
  const calls: readonly [string, (client: LicenseClient) => Promise<unknown>, string, unknown?][] = [
    ['health', (client) => client.health(), 'GET /v1/health'],
    ['license', (client) => client.license(), 'GET /v1/license'],
    ['token', (client) => client.token(), 'GET /v1/token'],
    ['jwks', (client) => client.jwks(), 'GET /v1/jwks'],
    ['verify', (client) => client.verify('a.b.c'), 'POST /v1/verify', { token: 'a.b.c' }],
    ['verify, bound', (client) => client.verify('a.b.c', peer), 'POST /v1/verify', { token: 'a.b.c', proof: peer }],
    [
      'prove',
      (client) => client.prove({ method: 'GET', url: 'https://hub.example', nonce: 'n' }),
      'POST /v1/proof',
      { method: 'GET', url: 'https://hub.example', nonce: 'n' },
    ],
  ];
  it.each(calls)('%s sends its request and returns the answer', async (_name, call, line, body) => {
    api.answer = (_request, response) => json(response, 200, { any: 'thing' });
    expect(await call(clientOf())).toEqual({ any: 'thing' });
    const [seen] = api.seen;
    expect(`${seen?.method} ${seen?.path}`).toBe(line);
    expect(seen?.headers).toMatchObject({ authorization: `Bearer ${secret}`, host: 'localhost' });
    expect(seen?.body ? JSON.parse(seen.body) : undefined).toEqual(body);
    expect(seen?.headers['content-type']).toBe(body ? 'application/json' : undefined);
  });

  it('share one open connection, and up to 8 if several calls run at once', async () => {
    const client = clientOf();
    for (let times = 0; times < 5; times += 1) await client.health();
    expect(api.connections).toHaveLength(1);
    await Promise.all(Array.from({ length: 40 }, () => client.health()));
    expect(api.connections).toHaveLength(8);
  });
});

describe('the address and the secret of the API', () => {
  it('the address comes from the address file, which is read again after the console restarts at another address', async () => {
    const client = clientOf();
    await client.health();
    await api.stop();
    expect(await codeOf(client.health())).toBe('console_not_running');
    await api.start();
    expect(await client.health()).toEqual({ status: 'ok', version: '1.2.3' });
  });

  it('an option or the environment can name a socket or a loopback port', async () => {
    const socket = api.nextSocket();
    await api.stop();
    await api.start(socket);
    await clientOf({ address: socket, profileFolder: '/nowhere' }).health();
    vi.stubEnv('FUSION_LICENSE_API', socket);
    await clientOf({ profileFolder: '/nowhere' }).health();
    await api.stop();
    await api.start(0);
    vi.stubEnv('FUSION_LICENSE_API', `http://127.0.0.1:${api.port}`);
    await clientOf().health();
    await clientOf({ address: `http://localhost:${api.port}/` }).health();
    expect(api.seen.slice(2).map(({ headers }) => headers.host)).toEqual(Array(2).fill(`127.0.0.1:${api.port}`));
  });

  it('the secret comes from the environment, and an error explains if it is missing or malformed', () => {
    expect(() => new LicenseClient({ profileFolder: api.folder })).toThrow(/FUSION_LICENSE_API_SECRET.*Registers/);
    vi.stubEnv('FUSION_LICENSE_API_SECRET', 'two\r\nlines');
    expect(() => new LicenseClient()).toThrow(expect.objectContaining({ code: 'secret_missing' }) as Error);
    expect(() => new LicenseClient()).toThrow(/contains a space or a line break/);
    vi.stubEnv('FUSION_LICENSE_API_SECRET', secret);
    expect(() => clientOf()).not.toThrow();
  });

  it.each([
    'http://192.168.1.5:47215',
    'http://license.example:47215',
    'http://127.0.0.1.license.example:47215',
    'http://user@127.0.0.1:47215',
    'http://127.0.0.1:47215/v1',
    'http://127.0.0.1',
    'https://127.0.0.1:47215',
    '//server/pipe/license',
    '\\\\server\\pipe\\license',
    'license-api.sock',
    'ftp://127.0.0.1:1',
    '/tmp/a\0b',
  ])('the address %j is refused', (address) => {
    if (process.platform !== 'win32' && address.startsWith('//')) return;
    expect(() => new LicenseClient({ secret, address })).toThrow(
      expect.objectContaining({ code: 'address_refused' }) as Error,
    );
  });

  it(
    'an address file that other accounts can read or write, or that names another computer, is refused',
    notOnWindows('modeBits'),
    async () => {
      const socket = socketPath(api.folder, 'api-1.sock');
      const good = { version: 1, socket, pid: process.pid };
      const client = clientOf();
      for (const mode of [0o644, 0o620, 0o606]) {
        api.writeAddress(good);
        chmodSync(api.addressFile, mode);
        expect(await codeOf(client.health()), mode.toString(8)).toBe('address_refused');
      }
      api.writeAddress({ ...good, socket: '\\\\server\\pipe\\license' });
      expect(await codeOf(client.health())).toBe('address_refused');
      api.writeAddress('{ "version": 1, "sock');
      expect(await codeOf(client.health())).toBe('console_not_running');
      api.writeAddress({ version: 1, pid: 1 });
      expect(await codeOf(client.health())).toBe('console_not_running');
      expect(api.connections).toHaveLength(0);
      api.writeAddress(good);
      expect(await codeOf(client.health())).toBe('it was answered');
    },
  );

  it('an address file that is a link or belongs to another account is refused', notOnWindows('links'), async () => {
    const elsewhere = join(api.folder, 'elsewhere.json');
    const good = JSON.stringify({ version: 1, socket: join(api.folder, 'api-1.sock'), pid: 1 });
    writeFileSync(elsewhere, good, { mode: 0o600 });
    api.writeAddress(good);
    const link = new ScriptedLicenseApi();
    symlinkSync(elsewhere, link.addressFile);
    expect(await codeOf(clientOf({ profileFolder: link.folder }).health())).toBe('address_refused');
    await link.remove();
    // Only root can give a file away.
    if (process.getuid?.() !== 0) return;
    chownSync(api.addressFile, 65_534, 65_534);
    expect(await codeOf(clientOf().health())).toBe('address_refused');
  });
});

describe('an error of the license client', () => {
  it("has the code, status and detail of the API's problem", async () => {
    api.answer = (_request, response) =>
      json(response, 409, {
        type: 'urn:fusion-license-console:problem:token_expired',
        title: 'The license token expired',
        status: 409,
        detail: 'Connect this server to the internet.',
        code: 'token_expired',
      });
    const error: unknown = await clientOf()
      .token()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LicenseApiError);
    expect(error).toMatchObject({
      code: 'token_expired',
      status: 409,
      detail: 'Connect this server to the internet.',
      message: 'The license token expired: Connect this server to the internet.',
    });
  });

  it('comes after the timeout, both before and during the answer', async () => {
    const client = clientOf({ timeoutMs: 1_000 });
    api.answer = () => {};
    expect(await codeOf(client.license())).toBe('timed_out');
    api.answer = (_request, response) => void response.writeHead(200).write('{"server_name":');
    expect(await codeOf(client.license())).toBe('timed_out');
    api.answer = (_request, response) => json(response, 200, {});
    expect(await codeOf(client.license())).toBe('it was answered');
  });

  it('comes for an answer that is too large or not from the API', async () => {
    const client = clientOf();
    api.answer = (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    };
    expect(await codeOf(client.license())).toBe('answer_too_large');
    api.answer = (_request, response) => void response.writeHead(200).end('<!doctype html>');
    expect(await codeOf(client.license())).toBe('answer_malformed');
    api.answer = (_request, response) => json(response, 502, { message: 'bad gateway' });
    expect(await codeOf(client.license())).toBe('answer_malformed');
    api.answer = (_request, response) => void response.writeHead(301, { location: 'http://evil.example' }).end();
    expect(await codeOf(client.license())).toBe('answer_malformed');
  });

  it('comes after a second try if a connection was lost, a reused one or a new one', async () => {
    const client = clientOf();
    await Promise.all(Array.from({ length: 3 }, () => client.health()));
    // Each kept connection breaks at the next request on it.
    const kept = new Set(api.connections);
    api.answer = (_request, response) => {
      if (response.socket && kept.has(response.socket)) response.socket.destroy();
      else json(response, 200, { fresh: true });
    };
    expect(await client.verify('a.b.c')).toEqual({ fresh: true });
    expect(api.seen.filter(({ path }) => path === '/v1/verify')).toHaveLength(2);
    api.answer = (_request, response) => void response.socket?.destroy();
    expect(await codeOf(clientOf().verify('a.b.c'))).toBe('connection_lost');
    expect(api.seen.filter(({ path }) => path === '/v1/verify')).toHaveLength(4);
    expect(await codeOf(client.verify('a.b.c'))).toBe('connection_lost');
    expect(api.seen.filter(({ path }) => path === '/v1/verify')).toHaveLength(6);
    // The console closed it to make room before it had read the request.
    let refusals = 0;
    api.answer = (_request, response) => {
      refusals += 1;
      if (refusals === 1) response.socket?.destroy();
      else json(response, 200, { fresh: true });
    };
    expect(await clientOf().verify('a.b.c')).toEqual({ fresh: true });
  });

  it('comes when nothing listens at the socket of a killed console', async () => {
    await api.stop();
    writeFileSync(join(api.folder, 'dead.sock'), '');
    api.writeAddress({ version: 1, socket: socketPath(api.folder, 'dead.sock'), pid: process.pid });
    expect(await codeOf(clientOf().health())).toBe('console_not_running');
  });

  it('never contains the secret', async () => {
    const client = clientOf({ timeoutMs: 60 });
    const errors: unknown[] = [];
    for (const answer of [() => {}, (_: unknown, response: Parameters<typeof json>[0]) => json(response, 401, {})]) {
      api.answer = answer;
      errors.push(await client.license().catch((thrown: unknown) => thrown));
    }
    await api.stop();
    errors.push(await client.license().catch((thrown: unknown) => thrown));
    expect(errors).toHaveLength(3);
    const { inspect } = await import('node:util');
    for (const error of errors) expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('c2VjcmV0');
  });

  it('comes for a call after the client was closed', async () => {
    const client = clientOf();
    client.close();
    expect(await codeOf(client.health())).toBe('closed');
  });
});
