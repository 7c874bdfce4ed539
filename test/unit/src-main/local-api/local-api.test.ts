import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LicenseEvent } from '../../../../src-shared/license/license-event.ts';
import type { LocalApiSettings } from '../../../../src-shared/registers/local-api-view.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';
import { LocalApi, type LocalApiDeps } from '../../../../src-main/local-api/local-api.ts';
import { MemoryLog } from '../../../fakes/memory-log.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { freePort, hold, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';
import { until } from '../../../fakes/until.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';

const off: LocalApiSettings = { on: false, tcpPort: null, expiredPeers: 'refuse' };
const on: LocalApiSettings = { ...off, on: true };
const profileId = 'store-14';

let folder: string;
let atWork: ConsoleAtWork;
let settings: LocalApiSettings;
let writable: boolean;
let served: boolean;
let changes: number;
let onChange: () => void;
let told: string[];
let log: MemoryLog;
let history: [string, LicenseEvent][];
let api: LocalApi;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flc-api-'));
  atWork = await ConsoleAtWork.create();
  settings = off;
  writable = true;
  served = true;
  changes = 0;
  onChange = () => {};
  told = [];
  log = new MemoryLog();
  history = [];
  api = composed();
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

function composed(others: Partial<LocalApiDeps> = {}): LocalApi {
  return new LocalApi({
    servers: {
      of: (id) => (id === profileId && served ? atWork.services : null),
      noteSetting: (name) => void told.push(name),
    },
    notices: { note: (id) => void told.push(id), dismiss: (id) => void told.push(`no ${id}`) },
    profiles: {
      get localApi() {
        return settings;
      },
      saveLocalApi: (changed) => {
        if (!writable) return fail('settings_not_written');
        settings = changed;
        return succeed(null);
      },
    },
    history: { append: (id, event) => void history.push([id, event]) },
    documents: atWork.documents,
    trustedTime: atWork.trustedTime,
    timer: atWork.timer,
    log,
    folder,
    version: '1.2.3',
    onChanged: () => {
      changes += 1;
      onChange();
    },
    ...others,
  });
}

const socket = () => ({ path: api.view(profileId).socket });
const health = () => sendRaw(socket(), requestText('GET /v1/health'));
function secretOf(name: string, may: Parameters<LocalApi['createClient']>[1]['may'] = ['read', 'token', 'verify']) {
  const created = api.createClient(profileId, { name, may });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value;
}

describe('the settings of the local API', () => {
  it('open nothing before the API begins, and nothing while it is off', async () => {
    await api.change(on);
    expect(api.view(profileId)).toMatchObject({ state: 'off', socket: '' });
    await api.begin();
    const { state, socket: at } = api.view(profileId);
    expect(state).toBe('listening');
    if (process.platform !== 'win32') expect(at).toBe(join(folder, 'license-api.sock'));
    expect((await health()).json).toEqual({ status: 'ok', version: '1.2.3' });
    const before = api.revision;
    expect((await api.change(off)).ok).toBe(true);
    expect(api.view(profileId)).toMatchObject({ state: 'off', socket: '', failure: null });
    expect(api.revision).toBeGreaterThan(before);
    expect(existsSync(join(folder, 'license-api.sock'))).toBe(false);
    expect(existsSync(join(folder, 'license-api.json'))).toBe(false);
    expect(told).toEqual(['localApi', 'localApi']);
    expect(atWork.timer.count).toBe(0);
    expect(log.said).toEqual([
      { level: 'info', area: 'local_api', event: 'listening' },
      { level: 'info', area: 'local_api', event: 'off' },
    ]);
  });

  it('take effect as of the last of many changes', async () => {
    await api.begin();
    const ports = [await freePort(), await freePort()];
    await Promise.all(
      [on, off, { ...on, tcpPort: ports[0] ?? null }, off, on, { ...on, tcpPort: ports[1] ?? null }].map((each) =>
        api.change(each),
      ),
    );
    expect(api.view(profileId)).toMatchObject({
      state: 'listening',
      failure: null,
      tcp: { host: '127.0.0.1', port: ports[1] },
    });
    expect((await health()).status).toBe(200);
    const opened = changes;
    await api.close();
    expect(api.view(profileId).state).toBe('off');
    expect(changes).toBeGreaterThan(opened);
  });

  it('can open TCP without ending streams over the socket', async () => {
    await api.begin();
    await api.change(on);
    const { secret } = secretOf('reader', ['read']);
    const stream = await hold(
      socket(),
      requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } }),
    );
    const port = await freePort();
    expect((await api.change({ ...on, tcpPort: port })).ok).toBe(true);
    const over = await sendRaw(
      { host: '127.0.0.1', port },
      requestText('GET /v1/health', { host: `127.0.0.1:${port}` }),
    );
    expect(over.status).toBe(200);
    expect(stream.closed).toBe(false);
    await api.change(off);
    await until(() => stream.closed);
  });

  it('report the address of a TCP port that is taken, and the socket stays open', async () => {
    await api.begin();
    const port = await freePort();
    const other = createServer().listen({ host: '127.0.0.1', port });
    await once(other, 'listening');
    expect(await api.change({ ...on, tcpPort: port })).toMatchObject({ failure: { code: 'local_api_address_taken' } });
    const { state, tcp, failure } = api.view(profileId);
    expect([state, tcp, failure?.facts]).toEqual(['listening', undefined, { address: `127.0.0.1:${port}` }]);
    expect((await health()).status).toBe(200);
    other.close();
    await once(other, 'close');
    expect((await api.change({ ...on, tcpPort: port })).ok).toBe(true);
    expect(api.view(profileId)).toMatchObject({ failure: null, tcp: { port } });
  });

  it('report a socket that is taken, and open nothing instead', notOnWindows('socketFile'), async () => {
    const path = join(folder, 'license-api.sock');
    const other = createServer().listen({ path });
    await once(other, 'listening');
    await api.begin();
    const port = await freePort();
    expect(await api.change({ ...on, tcpPort: port })).toMatchObject({ failure: { facts: { address: path } } });
    expect(api.view(profileId)).toMatchObject({
      state: 'failed',
      socket: '',
      failure: { code: 'local_api_address_taken' },
    });
    expect(api.view(profileId).tcp).toBeUndefined();
    expect(existsSync(join(folder, 'license-api.json'))).toBe(false);
    other.close();
    await once(other, 'close');
    expect((await api.change(on)).ok).toBe(true);
  });

  it(
    'are tried again each minute while the socket is taken, and the state stays failed until then',
    notOnWindows('socketFile'),
    async () => {
      const path = join(folder, 'license-api.sock');
      const other = createServer().listen({ path });
      await once(other, 'listening');
      await api.begin();
      await api.change(on);
      const seen = new Set<string>();
      const look = () => seen.add(api.view(profileId).state);
      onChange = look;
      await atWork.timer.advance(60_000);
      await until(() => atWork.timer.delays.filter((delayMs) => delayMs === 60_000).length >= 2, 'another try');
      look();
      expect([...seen]).toEqual(['failed']);
      other.close();
      await once(other, 'close');
      await atWork.timer.advance(60_000);
      await until(() => api.view(profileId).state === 'listening', 'the opening');
      expect(api.view(profileId).failure).toBeNull();
      expect((await health()).status).toBe(200);
    },
  );

  it(
    'lead to the state failed and another try after an unexpected error, not to an endless start',
    notOnWindows('socketFile'),
    async () => {
      // This is not a valid path, so opening throws, as if the server's code could not be loaded.
      api = composed({ folder: null as unknown as string });
      settings = on;
      await api.begin();
      expect(api.view(profileId)).toMatchObject({ state: 'failed', failure: { code: 'local_api_not_opened' } });
      expect(log.said).toContainEqual(expect.objectContaining({ level: 'error', area: 'local_api', event: 'fault' }));
      expect(atWork.timer.count).toBe(1);
    },
  );

  it('change nothing if they cannot be written', async () => {
    await api.begin();
    writable = false;
    expect(await api.change(on)).toMatchObject({ failure: { code: 'settings_not_written' } });
    expect(api.view(profileId).state).toBe('off');
    expect(told).toEqual([]);
  });
});

describe('the clients of the local API', () => {
  beforeEach(async () => {
    await api.begin();
    await api.change(on);
  });

  it('can call with their secret until they are revoked, and the history records both', async () => {
    const { client, secret } = secretOf('Back office');
    const license = () => sendRaw(socket(), requestText('GET /v1/license', { secret }));
    const before = api.revision;
    expect((await license()).json).toMatchObject({ status: 'not_licensed' });
    expect(api.view(profileId).clients).toEqual([{ ...client, lastUsedAt: atWork.trustedTime.evaluate().judgedAt }]);
    expect(api.revision).toBeGreaterThan(before);
    expect(api.revokeClient(profileId, client.id).ok).toBe(true);
    expect((await license()).status).toBe(401);
    const said = ['store-14', { kind: 'settings_changed', settings: ['apiClients'] }];
    expect(history).toEqual([said, said]);
  });

  it('are revoked when their server is forgotten, and the history of that server does not begin again', async () => {
    const { secret } = secretOf('Back office');
    secretOf('Till');
    history.length = 0;
    served = false;
    expect(api.serverForgotten(profileId)).toBe(true);
    expect((await sendRaw(socket(), requestText('GET /v1/license', { secret }))).status).toBe(401);
    expect(api.view(profileId).clients).toEqual([]);
    expect(history).toEqual([]);
  });

  it('get an event for a refreshed token, and are disconnected when they are revoked', async () => {
    await atWork.acquire();
    const { client, secret } = secretOf('reader', ['read']);
    const stream = await hold(socket());
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    stream.write(requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } }));
    await until(() => text.includes('event: status'));
    atWork.clock.advance(1_000);
    await atWork.services.refresh.refreshNow();
    api.standingChanged();
    await until(() => text.includes('event: token_refreshed'));
    api.revokeClient(profileId, client.id);
    await until(() => stream.closed);
  });

  it('can call after a restart', async () => {
    const { secret } = secretOf('one');
    await api.close();
    api = composed();
    await api.begin();
    expect((await sendRaw(socket(), requestText('GET /v1/jwks', { secret }))).status).toBe(503);
  });

  it('are gone if their file cannot be read, and a notice reports that', async () => {
    await api.close();
    atWork.documents.write('api-clients', { version: 9 });
    api = composed();
    await api.begin();
    expect(told).toContain('api_clients_unreadable');
    expect(api.view(profileId).clients).toEqual([]);
  });

  it('are reported as lost until one is created, and over a restart', async () => {
    await api.close();
    atWork.documents.write('api-clients', { version: 9 });
    api = composed();
    await api.begin();
    expect(api.clientsFailure?.code).toBe('api_clients_lost');
    await api.close();
    api = composed();
    await api.begin();
    expect(api.clientsFailure?.code).toBe('api_clients_lost');
    secretOf('POS server');
    expect(api.clientsFailure).toBeNull();
    expect(told.filter((id) => id.includes('clients'))).toEqual([
      'api_clients_unreadable',
      'no api_clients_unreadable',
    ]);
  });

  it('are not reported as lost while another program holds their file, and a notice says so until it is released', async () => {
    secretOf('POS server');
    await api.close();
    const read = atWork.documents.read.bind(atWork.documents);
    atWork.documents.read = () => ({ state: 'unreadable' });
    api = composed();
    expect(api.clientsFailure).toBeNull();
    atWork.clock.advance(1_000);
    expect(api.clientsFailure?.code).toBe('file_unreadable');
    atWork.clock.advance(1_000);
    const before = api.revision;
    atWork.documents.read = read;
    expect(api.clientsFailure).toBeNull();
    expect(api.revision).toBeGreaterThan(before);
    expect(api.view(profileId).clients).toMatchObject([{ name: 'POS server' }]);
    expect(told.filter((id) => id.includes('withheld'))).toEqual(['api_clients_withheld', 'no api_clients_withheld']);
  });
});

describe('the answers of the local API', () => {
  it('never contain a refresh token or a record key, before and after a refresh and after the removal', async () => {
    await api.begin();
    await api.change({ ...on, tcpPort: await freePort() });
    await atWork.acquire();
    const { secret } = secretOf('everything');
    const canaries = new Set<string>();
    const answers: string[] = [];
    const askAll = async () => {
      if (atWork.kept) canaries.add(atWork.kept.refreshToken).add(atWork.kept.recordKey);
      const token = '{"token":"a.b.c"}';
      const proof = '{"method":"GET","url":"https://hub.example/"}';
      const requests = [
        ...['license', 'token', 'jwks', 'health', 'openapi.json', 'nothing'].map((name) =>
          requestText(`GET /v1/${name}`, { secret }),
        ),
        requestText('POST /v1/verify', { secret, body: token }),
        requestText('POST /v1/proof', { secret, body: proof }),
      ];
      for (const request of requests) answers.push((await sendRaw(socket(), request)).text);
    };
    await askAll();
    expect(answers[1]).toContain(`"access_token":"${atWork.kept?.accessToken}"`);
    atWork.clock.advance(1_000);
    await atWork.services.refresh.refreshNow();
    await askAll();
    await atWork.services.license.remove(true);
    await askAll();
    expect(answers.at(-7)).toContain('not_licensed');
    expect(canaries.size).toBe(3);
    for (const canary of canaries) for (const answer of answers) expect(answer).not.toContain(canary);
    const kept = [...atWork.documents.files.values()].join();
    expect(kept).not.toContain(secret.slice(17));
  });
});
