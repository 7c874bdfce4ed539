import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LocalApiSettings } from '../../../src-shared/local-api-view.ts';
import { succeed } from '../../../src-shared/result.ts';
import { ApiClients } from '../../../src-main/local-api/api-clients.ts';
import { LocalApi } from '../../../src-main/local-api/local-api.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { HandTimer } from '../../fakes/hand-timer.ts';
import { freePort } from '../../fakes/local-api-at-work.ts';
import { MemoryDocuments } from '../../fakes/memory-documents.ts';
import { FakeServedLicense } from '../../fakes/served-license.ts';
import { until } from '../../fakes/until.ts';

const on: LocalApiSettings = { on: true, tcpPort: null, expiredPeers: 'refuse' };
const lookMs = 60_000;

let folder: string;
let settings: LocalApiSettings;
let timer: HandTimer;
let served: FakeServedLicense;
let changes: number;
let api: LocalApi;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flc-api-'));
  settings = on;
  const clock = new FakeClock();
  timer = new HandTimer(clock);
  served = new FakeServedLicense();
  changes = 0;
  api = new LocalApi({
    settings: () => settings,
    saveSettings: (changed) => {
      settings = changed;
      return succeed(null);
    },
    clients: new ApiClients({
      documents: new MemoryDocuments(),
      now: () => clock.wallNow(),
      onUnreadable: () => {},
    }),
    served: (id) => (id === served.profileId ? served : null),
    peers: () => ({ peers: [], at: 0 }),
    folder,
    version: '1.2.3',
    timer,
    onChanged: () => {
      changes += 1;
    },
    onSettings: () => {},
    onClients: () => {},
    onFault: () => {},
  });
  await api.begin();
});
afterEach(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const view = () => api.view(served.profileId);
const path = () => join(folder, 'license-api.sock');
const addressFile = () => join(folder, 'license-api.json');

it('an address that cannot be told is said, and told as soon as it can be', async () => {
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
