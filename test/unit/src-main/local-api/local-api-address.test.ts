import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalApiSettings } from '../../../../src-shared/registers/local-api-view.ts';
import { succeed } from '../../../../src-shared/result.ts';
import { LocalApi } from '../../../../src-main/local-api/local-api.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { freePort, hold, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { FakeServedLicense } from '../../../fakes/served-license.ts';
import { until } from '../../../fakes/until.ts';
import { MemoryLog } from '../../../fakes/memory-log.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';

const on: LocalApiSettings = { on: true, tcpPort: null, expiredPeers: 'refuse' };
const lookMs = 60_000;

let folder: string;
let settings: LocalApiSettings;
let clock: FakeClock;
let timer: HandTimer;
let documents: MemoryDocuments;
let served: FakeServedLicense;
let changes: number;
let api: LocalApi;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flc-api-'));
  settings = on;
  clock = new FakeClock();
  documents = new MemoryDocuments();
  timer = new HandTimer(clock);
  served = new FakeServedLicense();
  changes = 0;
  api = composed();
  await api.begin();
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

function composed(): LocalApi {
  return new LocalApi({
    servers: { of: (id) => (id === served.profileId ? served : null), noteSetting: () => {} },
    profiles: {
      get localApi() {
        return settings;
      },
      saveLocalApi: (changed) => {
        settings = changed;
        return succeed(null);
      },
    },
    history: { append: () => {} },
    notices: { note: () => {}, dismiss: () => {} },
    documents,
    trustedTime: new TrustedTime(clock),
    log: new MemoryLog(),
    folder,
    version: '1.2.3',
    timer,
    onChanged: () => {
      changes += 1;
    },
  });
}

const view = () => api.view(served.profileId);
const path = () => view().socket;
const addressFile = () => join(folder, 'license-api.json');
const health = () => sendRaw({ path: path() }, requestText('GET /v1/health'));

it('a failure to write the address file is shown, and the file is written as soon as possible', async () => {
  const inTheWay = join(folder, `license-api.json.${process.pid}.new`);
  mkdirSync(inTheWay);
  const port = await freePort();
  expect(await api.change({ ...on, tcpPort: port })).toMatchObject({ failure: { code: 'local_api_not_opened' } });
  expect(view()).toMatchObject({ state: 'listening', failure: { code: 'local_api_not_opened' }, tcp: { port } });
  rmSync(inTheWay, { recursive: true });
  await timer.advance(lookMs);
  await until(() => view().failure === null);
  expect(JSON.parse(readFileSync(addressFile(), 'utf8'))).toMatchObject({ socket: path(), tcp: { port } });
});

it('a start that cannot write the address file still listens, and writes the file later', async () => {
  await api.close();
  const inTheWay = join(folder, `license-api.json.${process.pid}.new`);
  mkdirSync(inTheWay);
  api = composed();
  await api.begin();
  expect(view()).toMatchObject({ state: 'listening', failure: { code: 'local_api_not_opened' } });
  expect((await health()).status).toBe(200);
  rmSync(inTheWay, { recursive: true });
  await timer.advance(lookMs);
  await until(() => view().failure === null);
  expect(existsSync(addressFile())).toBe(true);
});

it.each([
  ['another run', '{"version":1,"socket":"/elsewhere","pid":1}'],
  ['an unknown run', '{"version":1,"sock'],
])('closing the API leaves the address file of %s in place', async (_whose, text) => {
  writeFileSync(addressFile(), text);
  await api.close();
  expect(readFileSync(addressFile(), 'utf8')).toBe(text);
  rmSync(addressFile());
});

it('a deleted socket is there again within a minute', notOnWindows('socketFile'), async () => {
  const { client, secret } = create();
  const reading = requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } });
  const before = await hold({ path: path() }, reading);
  rmSync(path());
  await timer.advance(lookMs);
  await until(() => existsSync(path()));
  expect((await health()).status).toBe(200);
  expect(view()).toMatchObject({ state: 'listening', failure: null, clients: [{ id: client.id }] });
  await until(() => before.closed);
  await timer.advance(3 * lookMs);
  expect((await health()).status).toBe(200);
});

it('a socket that another program put in its place is replaced', notOnWindows('socketFile'), async () => {
  rmSync(path());
  const other = createServer((socket) => void socket.destroy()).listen({ path: path() });
  await once(other, 'listening');
  await timer.advance(lookMs);
  while ((await health()).status !== 200);
  expect(view()).toMatchObject({ state: 'listening', failure: null });
  other.close();
});

it('a deleted or damaged address file is written again, without disturbing the clients', async () => {
  const { secret } = create();
  const reader = await hold(
    { path: path() },
    requestText('GET /v1/events', { secret, headers: { connection: 'keep-alive' } }),
  );
  await once(reader, 'data');
  const told = readFileSync(addressFile(), 'utf8');
  const before = changes;
  await timer.advance(10 * lookMs);
  expect(changes).toBe(before);
  for (const spoil of [() => rmSync(addressFile()), () => writeFileSync(addressFile(), '{"version":1,"sock')]) {
    spoil();
    await timer.advance(lookMs);
    await until(() => existsSync(addressFile()) && readFileSync(addressFile(), 'utf8') === told);
  }
  expect(reader.closed).toBe(false);
  reader.destroy();
});

it('while the clients cannot be read, a call gets a server error, not 401, and later it works', async () => {
  const { secret } = create();
  await api.close();
  const read = documents.read.bind(documents);
  documents.read = () => ({ state: 'unreadable' });
  api = composed();
  await api.begin();
  const license = () => sendRaw({ path: path() }, requestText('GET /v1/license', { secret }));
  expect((await license()).status).toBe(500);
  documents.read = read;
  clock.advance(1_000);
  expect((await license()).status).toBe(200);
  expect((await sendRaw({ path: path() }, requestText('GET /v1/license', { secret: `${secret}a` }))).status).toBe(401);
});

function create() {
  const created = api.createClient(served.profileId, { name: 'POS server', may: ['read'] });
  if (!created.ok) throw new Error(created.failure.code);
  return created.value;
}
