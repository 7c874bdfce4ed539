import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import type { LocalApiSettings, LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { freePort, requestText, sendRaw } from '../fakes/local-api-at-work.ts';
import { ConsoleApp } from './console-app.ts';
import { storedLicense } from './real-keychain.ts';

const device = 'Store 014';
const built = join(import.meta.dirname, '../../out/test/main');

let server: AuthorizationServer;
let app: ConsoleApp;

const view = async () => (await app.call('local_api.read')).value as LocalApiView;
const change = async (settings: Partial<LocalApiSettings>) =>
  app.call('local_api.change', { ...(await view()).settings, ...settings });
const file = (name: string) => join(app.userData, name);
const mode = (name: string) => (statSync(file(name)).mode & 0o777).toString(8);
const health = async () => sendRaw({ path: file('license-api.sock') }, requestText('GET /v1/health'));

test.describe('the local license API', () => {
  test.describe.configure({ mode: 'serial' });
  test.beforeAll(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });
  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  test('is off until a person switches it on: nothing is open, and a start does not load its server', async () => {
    expect(await view()).toMatchObject({ state: 'off', socket: '', failure: null });
    for (const name of ['license-api.sock', 'license-api.json', 'api-clients.json'])
      expect(existsSync(file(name))).toBe(false);
    const main = readFileSync(join(built, 'main.js'), 'utf8');
    expect(main).not.toContain('x-permission');
    const chunk = readdirSync(join(built, 'chunks')).find((name) => name.startsWith('open-api'));
    expect(readFileSync(join(built, 'chunks', chunk ?? ''), 'utf8')).toContain('x-permission');
  });

  test('listens for this account alone, and says where', async () => {
    expect(await change({ on: true })).toMatchObject({ ok: true });
    expect(await view()).toMatchObject({ state: 'listening', socket: file('license-api.sock') });
    expect([mode('license-api.sock'), mode('license-api.json')]).toEqual(['600', '600']);
    const pid = await app.electron.evaluate(() => process.pid);
    expect(JSON.parse(readFileSync(file('license-api.json'), 'utf8'))).toEqual({
      version: 1,
      socket: file('license-api.sock'),
      pid,
    });
    expect((await health()).json).toMatchObject({ status: 'ok' });
  });

  test('a port that another program uses is reported; the socket stays open, and another port can be used at once', async () => {
    const port = await freePort();
    const other = createServer().listen({ host: '127.0.0.1', port });
    await once(other, 'listening');
    expect(await change({ tcpPort: port })).toMatchObject({
      failure: { code: 'local_api_address_taken', facts: { address: `127.0.0.1:${port}` } },
    });
    expect(await view()).toMatchObject({ state: 'listening', failure: { code: 'local_api_address_taken' } });
    expect((await health()).status).toBe(200);
    other.close();
    const another = await freePort();
    expect(await change({ tcpPort: another })).toMatchObject({ ok: true });
    const answer = await sendRaw(
      { host: '127.0.0.1', port: another },
      requestText('GET /v1/health', { host: `localhost:${another}` }),
    );
    expect(answer.status).toBe(200);
    expect(await change({ tcpPort: null })).toMatchObject({ ok: true });
  });

  test('no answer holds a refresh token or the key that seals the record, and the secret is nowhere on disk', async () => {
    const { secret } = await app.createClient({ name: 'POS server', may: ['read', 'token', 'verify'] });
    const stored = await storedLicense(app.userData);
    const answers: string[] = [];
    for (const path of ['license', 'token', 'jwks', 'health', 'openapi.json', 'peers'])
      answers.push(
        (await sendRaw({ path: file('license-api.sock') }, requestText(`GET /v1/${path}`, { secret }))).text,
      );
    expect(answers[1]).toContain(stored?.accessToken);
    for (const canary of [stored?.refreshToken, stored?.recordKey]) {
      expect(canary?.length).toBeGreaterThan(20);
      for (const answer of answers) expect(answer).not.toContain(canary);
    }
    const written = readdirSync(app.userData)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(file(name), 'utf8'));
    expect(written.length).toBeGreaterThan(2);
    for (const text of written) expect(text).not.toContain(secret.slice(17));
  });

  test('a killed console leaves its socket, and the next one takes its place; a console that quits leaves nothing', async () => {
    await app.kill();
    expect(existsSync(file('license-api.sock'))).toBe(true);
    app = await ConsoleApp.launch({ userData: app.userData });
    await expect.poll(async () => (await view()).state).toBe('listening');
    expect((await health()).status).toBe(200);
    const { secret } = await app.createClient({ name: 'Reader of events', may: ['read'] });
    const headers = { authorization: `Bearer ${secret}`, host: 'localhost' };
    const [events] = (await once(
      get({ socketPath: file('license-api.sock'), path: '/v1/events', headers }),
      'response',
    )) as [IncomingMessage];
    expect(events.statusCode).toBe(200);
    const ended = new Promise((resolve) => events.once('error', resolve).once('close', resolve));
    events.resume();
    await app.close();
    await ended;
    for (const name of ['license-api.sock', 'license-api.json']) expect(existsSync(file(name))).toBe(false);
    app = await ConsoleApp.launchInBackground({ userData: app.userData });
    await expect.poll(() => existsSync(file('license-api.json'))).toBe(true);
    expect((await health()).status).toBe(200);
  });
});
