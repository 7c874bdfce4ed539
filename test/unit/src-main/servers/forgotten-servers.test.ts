import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryLog } from '../../../../src-main/history/history-log.ts';
import { KnownKeychain } from '../../../../src-main/keychain/known-keychain.ts';
import { ServerProfiles } from '../../../../src-main/servers/server-profiles.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';
import { FakeAuthorizationServer, profile } from '../../../fakes/fake-authorization-server.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { KillSwitch } from '../../../fakes/kill-switch.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { MemoryLineFile } from '../../../fakes/memory-line-file.ts';
import { MemorySecretStore } from '../../../fakes/memory-secret-store.ts';
import { json } from '../../../fakes/scripted-http.ts';
import { TokenSigner } from '../../../fakes/token-signer.ts';
import { settled, until } from '../../../fakes/until.ts';
import { serversWith } from './servers-with.ts';

const { id: _, ...settings } = profile;
const unreachable = () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false }) as const;

/** A disk and a keychain, which outlive the simulated process. */
let files: Map<string, string>;
let entries: Map<string, string>;
let lines: Map<string, MemoryLineFile>;
let forgottenElsewhere: string[];
let clock: FakeClock;
let http: FakeAuthorizationServer;
let serial: number;

beforeEach(async () => {
  files = new Map();
  entries = new Map();
  lines = new Map();
  forgottenElsewhere = [];
  clock = new FakeClock();
  http = new FakeAuthorizationServer(clock, await TokenSigner.create());
  serial = 0;
});

/** A new process on the same disk and keychain. */
function start(kill = new KillSwitch()) {
  const timer = new HandTimer(clock);
  const trustedTime = new TrustedTime(clock);
  const documents = new MemoryDocuments(files, kill);
  const secrets = new MemorySecretStore(entries, kill);
  const profiles = new ServerProfiles(documents, () => `p${++serial}`);
  const history = new HistoryLog({ open: historyFile, trustedTime, onAppended: () => {} });
  const shown: (string | null)[] = [];
  const servers = serversWith({
    profiles,
    history,
    parts: { http, clock, timer, documents, secrets: new KnownKeychain(secrets, documents), trustedTime },
    onEvent: (profileId, event) => history.append(profileId, event),
  });
  servers.window = { showProfile: (taken) => void shown.push(taken?.id ?? null), finishAcquisition: () => {} };
  servers.onForgotten = (id) => forgottenElsewhere.push(id) > 0;
  servers.restore(null);
  return { servers, profiles, timer, secrets, documents, kill, shown };
}
type Running = ReturnType<typeof start>;

function historyFile(name: string): MemoryLineFile {
  const file = lines.get(name) ?? new MemoryLineFile();
  lines.set(name, file);
  return file;
}

async function acquire({ servers, timer }: Running): Promise<void> {
  http.device = { server_name: servers.shown?.profile.serverName };
  await servers.shown?.acquisition.start();
  http.authorize();
  await timer.advance(5_000);
  await until(() => servers.shown?.acquisition.view().state === 'idle', 'a license');
  await settled();
}

/** Two licensed servers, `p1` and `p2`; the first one has everything that can be stored about a server. */
async function twoLicensed(): Promise<Running> {
  const running = start();
  const { servers, documents } = running;
  await servers.settings.add(settings);
  await acquire(running);
  // A second license replaces the first one, whose grant cannot be ended now.
  http.fault = (endpoint) => (endpoint === 'revocation' ? json(503, {}) : undefined);
  await acquire(running);
  http.fault = () => undefined;
  documents.write('acquisition.p1', { version: 1 });
  documents.write('peers.p1', { version: 1, peers: [] });
  entries.set('probe.p1', 'probe');
  await servers.settings.add({ ...settings, serverName: 'Store 015' });
  await acquire(running);
  return running;
}

/** The names of everything that is stored, and what it holds. Settings are compared separately. */
const stored = (): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries([...files].filter(([name]) => !name.startsWith('settings'))),
  ...Object.fromEntries([...entries].map(([name, value]) => [`keychain entry ${name}`, value])),
  ...Object.fromEntries([...lines].map(([name, file]) => [name, file.lines.length])),
});
const of = (id: string) => Object.fromEntries(Object.entries(stored()).filter(([name]) => name.endsWith(`.${id}`)));
const knownIn = (name: string) => JSON.parse(files.get(name) ?? '{}') as { profiles: object; forgetting?: string[] };

function expectForgotten(id: string): void {
  const left = Object.entries(of(id)).filter(([, what]) => what !== 0);
  expect(left).toEqual([]);
  expect(Object.keys(knownIn('settings').profiles)).not.toContain(id);
  expect(knownIn('settings').forgetting).toBeUndefined();
  // A copy from before the end is used only if the settings cannot be read. It says that the server is being forgotten.
  const { profiles, forgetting = [] } = knownIn('settings.copy');
  expect(Object.keys(profiles).filter((kept) => !forgetting.includes(kept))).not.toContain(id);
  expect(forgottenElsewhere).toContain(id);
}

describe('forgetting a server', () => {
  it('deletes all its stored data, and leaves the data of the other server as it was', async () => {
    const { servers, shown, profiles } = await twoLicensed();
    files.set('peers.p1.unreadable', 'no JSON');
    files.set('peers.p2.unreadable', 'no JSON');
    expect(Object.keys(of('p1')).toSorted()).toEqual([
      'acquisition.p1',
      'authorization-server.p1',
      'history.p1',
      'keychain entry license.p1',
      'keychain entry open-grants.p1',
      'keychain entry probe.p1',
      'keychain.license.p1',
      'license.p1',
      'peers.p1',
    ]);
    const other = of('p2');
    expect(await servers.forgetProfile('p1', 'leave_open')).toEqual({ ok: true, value: null });
    expectForgotten('p1');
    expect([...files.keys()].filter((name) => name.includes('.p1'))).toEqual([]);
    expect(files.has('peers.p2.unreadable')).toBe(true);
    expect(of('p2')).toEqual(other);
    expect(servers.all.map(({ profileId }) => profileId)).toEqual(['p2']);
    expect(shown.at(-1)).toBe('p2');
    expect(profiles.current?.id).toBe('p2');
    expect(http.openGrants.length).toBeGreaterThan(1);
    expect(await servers.forgetProfile('p1', 'leave_open')).toMatchObject({ failure: { code: 'server_unknown' } });
  });

  it('shows another server in its place, or none after the last one', async () => {
    const { servers, shown, profiles } = await twoLicensed();
    await servers.forgetProfile('p2', 'leave_open');
    expect(shown.at(-1)).toBe('p1');
    await servers.forgetProfile('p1', 'leave_open');
    expect(shown.at(-1)).toBeNull();
    expect([servers.shown, profiles.current]).toEqual([null, null]);
    expect(start().servers.all).toEqual([]);
  });

  it('deletes nothing if it holds a license and nobody decided about that', async () => {
    const { servers } = await twoLicensed();
    const before = stored();
    expect(await servers.forgetProfile('p1', 'none')).toMatchObject({
      failure: { code: 'server_holds_license', facts: { server: 'Store 014' } },
    });
    expect(stored()).toEqual(before);
  });

  it('removes its license first, so that the authorization ends at the server', async () => {
    const { servers } = await twoLicensed();
    const before = http.openGrants.length;
    expect((await servers.forgetProfile('p1', 'remove')).ok).toBe(true);
    expect(http.openGrants).toHaveLength(before - 1);
    expectForgotten('p1');
  });

  it('keeps the server and its license if the license cannot be removed', async () => {
    const { servers } = await twoLicensed();
    http.fault = (endpoint) => (endpoint === 'revocation' ? unreachable() : undefined);
    const before = of('p1');
    expect(await servers.forgetProfile('p1', 'remove')).toMatchObject({ failure: { code: 'revocation_failed' } });
    expect(servers.of('p1')?.license.view()).not.toBeNull();
    expect(Object.keys(of('p1'))).toEqual(Object.keys(before));
    expect(entries.get('license.p1')).toBe(before['keychain entry license.p1']);
  });

  it.each<FailureCode>(['secret_store_locked', 'secret_store_timeout', 'secret_store_missing', 'secret_store_refused'])(
    'leaves everything as it was if the keychain fails with %s, at any entry',
    async (code) => {
      const running = await twoLicensed();
      const { servers, secrets, timer, profiles } = running;
      for (const entry of ['probe.p1', 'open-grants.p1', 'license.p1']) {
        const before = stored();
        secrets.failing((operation, name) => (operation === 'remove' && name === entry ? code : null));
        expect(await servers.forgetProfile('p1', 'leave_open')).toMatchObject({ failure: { code } });
        expect(stored()).toEqual(before);
        expect(knownIn('settings').forgetting).toBeUndefined();
        secrets.failing(null);
      }
      expect(profiles.all.map(({ id }) => id)).toEqual(['p1', 'p2']);
      await timer.advance(100);
      expect((await servers.of('p1')?.refresh.refreshNow())?.ok).toBe(true);
      expect((await servers.forgetProfile('p1', 'leave_open')).ok).toBe(true);
      expectForgotten('p1');
    },
  );

  it('works on a computer without a keychain if there is no license', async () => {
    const { servers, secrets } = start();
    await servers.settings.add(settings);
    secrets.failing('secret_store_locked');
    expect(await servers.forgetProfile('p1', 'none')).toMatchObject({ failure: { code: 'secret_store_locked' } });
    secrets.failing('secret_store_missing');
    expect((await servers.forgetProfile('p1', 'none')).ok).toBe(true);
    expectForgotten('p1');
  });

  it('keeps the server if the disk is full', async () => {
    const { servers, documents } = await twoLicensed();
    const before = stored();
    documents.writable = false;
    expect(await servers.forgetProfile('p1', 'leave_open')).toMatchObject({
      failure: { code: 'settings_not_written' },
    });
    expect(stored()).toEqual(before);
    expect(servers.of('p1')?.license.view()).not.toBeNull();
  });

  it('keeps the server at the next start too, if keychain and then disk failed', async () => {
    const { servers, secrets, documents, profiles } = await twoLicensed();
    secrets.failing((operation) => {
      if (operation === 'remove') documents.writable = false;
      return operation === 'remove' ? 'secret_store_locked' : null;
    });
    expect((await servers.forgetProfile('p1', 'leave_open')).ok).toBe(false);
    documents.writable = true;
    profiles.savePane({ splitPercent: 60 });
    const next = start();
    expect(next.profiles.forgetting).toEqual([]);
    expect(next.servers.of('p1')?.license.view()).not.toBeNull();
  });

  it('is not reversed by settings that are saved afterwards', async () => {
    const { servers, profiles } = await twoLicensed();
    await servers.forgetProfile('p1', 'leave_open');
    expect(profiles.save('p1', settings)).toMatchObject({ failure: { code: 'server_unknown' } });
    expect(servers.settings.rename('p1', 'Store 020')).toMatchObject({ failure: { code: 'server_unknown' } });
    expectForgotten('p1');
  });

  it('is not reversed by an answer that arrives afterwards', async () => {
    const { servers, timer } = await twoLicensed();
    const server = servers.of('p1');
    let answer = () => {};
    const asked = new Promise<void>((resolve) => (answer = resolve));
    const send = http.send.bind(http);
    http.send = async (request) => {
      await asked;
      return send(request);
    };
    const contacted = server?.license.contactServer();
    const saved = servers.settings.save({ ...settings, scope: 'other' }, 'p1');
    expect((await servers.forgetProfile('p1', 'leave_open')).ok).toBe(true);
    answer();
    await contacted;
    expect(await saved).toMatchObject({ failure: { code: 'server_unknown' } });
    await timer.advance(10 * 60_000);
    expectForgotten('p1');
    expect(servers.all.map(({ profileId }) => profileId)).toEqual(['p2']);
  });

  it('cancels its open User Code', async () => {
    const { servers, timer } = await twoLicensed();
    await servers.shown?.acquisition.start();
    expect((await servers.forgetProfile('p2', 'leave_open')).ok).toBe(true);
    http.authorize();
    await timer.advance(60_000);
    expectForgotten('p2');
  });

  it('never frees its id, even if the source of ids repeats itself', async () => {
    const running = await twoLicensed();
    const kill = new KillSwitch(5);
    const again = start(kill);
    void again.servers.forgetProfile('p1', 'leave_open');
    await until(() => kill.dead, 'the end');
    serial = 0;
    const next = start();
    expect(next.profiles.forgetting).toEqual(['p1']);
    await next.servers.settings.add({ ...settings, serverName: 'Store 016' });
    expect(next.profiles.all.map(({ id }) => id)).toEqual(['p2', 'p1-2']);
    expect(running.profiles.all).toHaveLength(2);
  });
});

describe('the console ends while a server is being forgotten', () => {
  const copyOf = <V>(map: Map<string, V>) => new Map(map);

  it('leaves it with all its data at any step, or the next start finishes', async () => {
    await twoLicensed();
    const [disk, keychain] = [copyOf(files), copyOf(entries)];
    const histories = [...lines].map(([name, file]) => [name, [...file.lines]] as const);
    const putBack = () => {
      files = copyOf(disk);
      entries = copyOf(keychain);
      lines = new Map(histories.map(([name, kept]) => [name, new MemoryLineFile(kept)]));
      forgottenElsewhere = [];
    };
    putBack();
    const counting = start();
    const earlier = counting.kill.steps.length;
    await counting.servers.forgetProfile('p1', 'leave_open');
    const steps = counting.kill.steps.slice(earlier);
    expect(steps.length).toBeGreaterThan(10);
    for (const [place, step] of steps.entries())
      for (const after of [false, true]) {
        putBack();
        const before = of('p1');
        const kill = new KillSwitch(earlier + place, after);
        const killed = start(kill);
        void killed.servers.forgetProfile('p1', 'leave_open');
        await until(() => kill.dead, step);
        const next = start();
        const isKnown = next.servers.of('p1') !== null;
        expect(next.servers.of('p2')?.license.view(), step).not.toBeNull();
        await next.servers.finishForgetting();
        if (isKnown) expect(of('p1'), step).toEqual(before);
        else expectForgotten('p1');
      }
  });

  it('leaves the rest to a later start if the keychain is locked at the next one', async () => {
    await twoLicensed();
    const kill = new KillSwitch(8);
    void start(kill).servers.forgetProfile('p1', 'leave_open');
    await until(() => kill.dead, 'the end');
    const locked = start();
    locked.secrets.failing('secret_store_locked');
    await locked.servers.finishForgetting();
    expect(locked.profiles.forgetting).toEqual(['p1']);
    expect(entries.has('license.p1')).toBe(true);
    await start().servers.begin();
    await settled();
    expectForgotten('p1');
  });

  it('leaves a file that cannot be deleted now to the next start', async () => {
    const { servers } = await twoLicensed();
    const history = lines.get('history.p1');
    if (!history) throw new Error('no history');
    history.withheld = true;
    expect((await servers.forgetProfile('p1', 'leave_open')).ok).toBe(true);
    expect(servers.all.map(({ profileId }) => profileId)).toEqual(['p2']);
    expect(knownIn('settings').forgetting).toEqual(['p1']);
    history.withheld = false;
    await start().servers.finishForgetting();
    expectForgotten('p1');
  });
});
