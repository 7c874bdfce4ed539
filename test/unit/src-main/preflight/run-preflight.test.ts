import { beforeEach, describe, expect, it } from 'vitest';
import type { ComputerScene } from '../../../../src-main/preflight/preflight-scene.ts';
import { runLimitMs, runPreflight } from '../../../../src-main/preflight/run-preflight.ts';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import { checksOfComputer, checksOfServer } from '../../../../src-shared/support/preflight.ts';
import { fail, failure, succeed } from '../../../../src-shared/result.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { settled } from '../../../fakes/until.ts';

let at: CommandsAtWork;
let scene: ComputerScene;

beforeEach(async () => {
  at = await CommandsAtWork.create();
  scene = at.preflightScene();
});

const run = (signal?: AbortSignal) => {
  const { timer } = at.console;
  return runPreflight(scene, scene.servers.all, signal ? { timer, signal } : { timer });
};
const ids = (results: readonly { readonly check: string }[]) => results.map(({ check }) => check);

describe('a run of the checks', () => {
  it('has every applicable check in order, and none fails on a healthy computer', async () => {
    await at.console.acquire();
    const { computer, servers } = await run();
    expect(ids(computer)).toEqual([...checksOfComputer]);
    // The connection is direct, so no proxy is checked.
    expect(ids(servers[0]?.results ?? [])).toEqual(checksOfServer.filter((id) => id !== 'proxy'));
    expect([...computer, ...(servers[0]?.results ?? [])].filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it('reports each result once, as soon as the check has ended', async () => {
    const heard: string[] = [];
    const { timer } = at.console;
    const { computer, servers } = await runPreflight(scene, scene.servers.all, {
      timer,
      onResult: ({ check }, profileId) => heard.push(`${profileId ?? 'computer'} ${check}`),
    });
    const expected = servers.flatMap(({ profileId, results }) => ids(results).map((id) => `${profileId} ${id}`));
    expect(heard.toSorted()).toEqual([...expected, ...ids(computer).map((id) => `computer ${id}`)].toSorted());
    // Those of a server come in order, and what needs their answers comes after them.
    expect(heard.filter((each) => !each.startsWith('computer'))).toEqual(expected);
    expect(heard.slice(-2)).toEqual(['computer clock', 'computer machine']);
  });

  it('sends one trial request for all stages: for the metadata, and for the keys', async () => {
    const before = at.console.server.requests.length;
    await run();
    expect(at.console.server.requests.slice(before).map(({ endpoint }) => endpoint)).toEqual(['metadata', 'keys']);
  });

  describe('of a server that a laptop helps', () => {
    const noName = failure('network_unreachable', { facts: { cause: 'name_unknown', host: 'auth.example.com' } });

    async function wayOf(): Promise<Readonly<Record<string, { readonly state: string; readonly says: string }>>> {
      const { servers } = await run();
      const rows = servers[0]?.results ?? [];
      return Object.fromEntries(rows.map(({ check, state, says }) => [check, { state, says: says.join(' ') }]));
    }
    beforeEach(async () => {
      const [server] = scene.servers.all;
      await at.laptop.pair(server?.profileId ?? '', '10.0.0.7', 'BCDF GHJK');
      scene = { ...scene, network: { evidence: async () => ({ throughLaptop: true }) } };
    });

    it('says that only the laptop reaches it, and nothing of this computer that the laptop did', async () => {
      at.ownWay = { ok: false, failure: noName };
      const rows = await wayOf();
      expect(rows['connection']).toMatchObject({ state: 'attention' });
      expect(rows['connection']?.says).toContain(
        'can be reached only through the laptop 10.0.0.7. This computer has no connection of its own. Without the laptop: ',
      );
      expect(Object.keys(rows)).not.toContain('name');
      expect(Object.keys(rows)).not.toContain('proxy');
      expect(rows['keys']).toMatchObject({ state: 'ok' });
    });

    it('says that both ways work', async () => {
      const { connection } = await wayOf();
      expect(connection?.state).toBe('ok');
      expect(connection?.says).toContain('through the laptop 10.0.0.7, and directly from this computer.');
    });

    it('describes the own way if the request went there', async () => {
      scene = { ...scene, network: { evidence: async () => ({}) } };
      const rows = await wayOf();
      expect(rows['connection']?.says).not.toContain('laptop');
      expect(rows).toHaveProperty('name');
    });

    it('asks for the evidence and the keys by the way of that profile', async () => {
      const asked: (string | undefined)[] = [];
      const { checkKeys } = scene.servers;
      scene = {
        ...scene,
        network: {
          evidence: async (_url, profileId) => {
            asked.push(profileId);
            return {};
          },
        },
        servers: {
          ...scene.servers,
          checkKeys: (profileId, uri) => {
            asked.push(profileId);
            return checkKeys(profileId, uri);
          },
        },
      };
      await run();
      const id = scene.servers.all[0]?.profileId;
      expect(asked).toEqual([id, id]);
    });
  });

  describe('of the clock', () => {
    const dayMs = 86_400_000;
    const offline = () => ({ ok: false as const, failure: failure('network_unreachable'), maybeDelivered: false });
    const clockOf = async () => {
      const { computer, servers } = await run();
      const certificate = servers[0]?.results.find(({ check }) => check === 'certificate');
      return { clock: computer.find(({ check }) => check === 'clock'), certificate };
    };
    const notYetValid = () => {
      const now = at.console.clock.wallNow();
      const facts = { host: 'auth.example.com', valid_from: String(now + dayMs), judged_at: String(now) };
      return {
        ok: false as const,
        failure: failure('certificate_date_invalid', { facts }),
        maybeDelivered: false,
      };
    };

    it('says that there is nothing to compare it with, where no server ever gave the time', async () => {
      at.console.server.fault = offline;
      const { clock } = await clockOf();
      expect(clock).toMatchObject({ state: 'skipped', says: [expect.stringMatching(/nothing to compare it with\.$/)] });
    });

    it('says that it is later than the last trusted time, where only that of an earlier run is known', async () => {
      at.console.server.fault = offline;
      at.console.trustedTime.restore(at.console.clock.wallNow() - dayMs);
      const { clock } = await clockOf();
      expect(clock).toMatchObject({ state: 'ok', says: [expect.stringContaining('later than the last trusted time')] });
    });

    it('finds it behind a certificate that is valid from tomorrow, and names the clock alone', async () => {
      at.console.server.fault = notYetValid;
      const { clock, certificate } = await clockOf();
      expect(clock).toMatchObject({
        state: 'failed',
        failure: { code: 'clock_wrong', remedy: 'set_clock', facts: { command: 'start-the-time-service' } },
        fixer: 'store',
        says: [
          expect.stringMatching(/^This computer's clock is behind\. It says /),
          expect.stringMatching(/^The certificate of auth\.example is only valid from /),
        ],
      });
      expect(certificate).toMatchObject({ state: 'skipped' });
    });

    it('finds it behind the day on which the program was built', async () => {
      at.console.server.fault = offline;
      scene = { ...scene, builtAt: at.console.clock.wallNow() + dayMs };
      expect((await clockOf()).clock).toMatchObject({
        state: 'failed',
        says: [expect.any(String), expect.stringMatching(/^This program was built on /)],
      });
    });

    it("says how far it is from a laptop's, as a warning only, since the laptop's may be the wrong one", async () => {
      at.console.server.fault = offline;
      await at.laptop.pair('other', '10.0.0.7', 'BCDF GHJK');
      const view = at.laptop.view();
      if (view?.state !== 'paired') expect.unreachable();
      at.laptop.become({ ...view, clockAheadMs: 2 * 3_600_000 });
      const { clock } = await clockOf();
      expect(clock).toMatchObject({
        state: 'attention',
        failure: { remedy: 'set_clock' },
        fixer: 'store',
        says: [expect.stringMatching(/^This computer's clock is 2 h behind the laptop's\. .* set this clock to /)],
      });
      expect(at.console.trustedTime.markAt).toBeNull();
    });

    it('believes the servers: after they confirmed the clock, the certificate is wrong', async () => {
      await at.console.acquire();
      at.console.server.fault = notYetValid;
      const { clock, certificate } = await clockOf();
      expect(clock).toMatchObject({ state: 'ok', says: ['It agrees with the latest trusted time.'] });
      expect(certificate).toMatchObject({ state: 'failed', failure: { code: 'certificate_date_invalid' } });
    });
  });

  it('says who can fix a failure', async () => {
    at.console.server.fault = () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false });
    scene = { ...scene, storage: { freeBytes: async () => 0, tryWriting: async () => fail('settings_not_written') } };
    const { computer, servers } = await run();
    expect(computer.find(({ check }) => check === 'storage')).toMatchObject({ state: 'failed', fixer: 'store' });
    expect(servers[0]?.results.find(({ check }) => check === 'connection')).toMatchObject({
      state: 'failed',
      fixer: 'network',
    });
  });

  it('warns that the disk is almost full', async () => {
    scene = { ...scene, storage: { freeBytes: async () => 1_000_000, tryWriting: async () => succeed(null) } };
    const { computer } = await run();
    expect(computer.find(({ check }) => check === 'storage')).toMatchObject({
      state: 'attention',
      advice: 'free_disk_space',
      fixer: 'store',
    });
  });

  it('names an unusable proxy script once, and no other failure that it causes', async () => {
    const proxyOf = async () => (await run()).servers[0]?.results.find(({ check }) => check === 'proxy');
    scene = { ...scene, proxyScript: async () => ({ address: 'http://wpad.example/x', trouble: null }) };
    expect(await proxyOf()).toBeUndefined();
    scene = { ...scene, proxyScript: async () => ({ address: 'http://wpad.example/x', trouble: 'not_loaded' }) };
    expect(await proxyOf()).toMatchObject({
      state: 'attention',
      says: [expect.stringContaining('http://wpad.example/x'), expect.any(String)],
      fixer: 'network',
    });
    at.console.server.fault = () => ({ ok: false, failure: failure('proxy_refused'), maybeDelivered: false });
    expect(await proxyOf()).toMatchObject({ state: 'failed', failure: { code: 'proxy_refused' } });
  });

  it('says that nobody has looked at the proxy script, where a proxy is used or something fails', async () => {
    const proxyOf = async () => (await run()).servers[0]?.results.find(({ check }) => check === 'proxy');
    scene = { ...scene, proxyScript: async () => ({ address: '', trouble: null, isUnseen: true }) };
    expect(await proxyOf()).toBeUndefined();
    scene = { ...scene, network: { evidence: async () => ({ proxy: '10.0.0.1:3128' }) } };
    const unseen =
      'The network may name a script that chooses the proxy (WPAD). The console cannot look at that script.';
    expect(await proxyOf()).toMatchObject({ state: 'ok', says: [expect.stringContaining('10.0.0.1:3128'), unseen] });
    at.console.server.fault = () => ({ ok: false, failure: failure('proxy_refused'), maybeDelivered: false });
    expect(await proxyOf()).toMatchObject({ state: 'failed', says: expect.arrayContaining([unseen]) });
    scene = { ...scene, network: { evidence: async () => ({}) } };
    at.console.server.fault = () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false });
    expect(await proxyOf()).toMatchObject({ state: 'ok', says: ['Connections go out without a proxy.', unseen] });
  });

  it('loads the proxy script of this computer once in each run, also for several servers', async () => {
    let loaded = 0;
    const proxyScript = async () => {
      loaded += 1;
      return { address: 'http://wpad.example/x', trouble: 'not_loaded' } as const;
    };
    scene = { ...scene, proxyScript };
    const [server] = scene.servers.all;
    if (!server) expect.unreachable();
    const runOfTwo = () => runPreflight(scene, [server, server], { timer: at.console.timer });
    const { servers } = await runOfTwo();
    expect(servers.map(({ results }) => ids(results).includes('proxy'))).toEqual([true, true]);
    expect(loaded).toBe(1);
    await runOfTwo();
    expect(loaded).toBe(2);
  });

  it('warns if another program starts at sign-in, but not if none does', async () => {
    scene = { ...scene, startsAnother: () => '/opt/old/console' };
    expect((await run()).computer.find(({ check }) => check === 'start')).toMatchObject({
      state: 'attention',
      says: ['Another program starts when this account signs in: /opt/old/console', expect.any(String)],
      advice: 'start_at_sign_in',
    });
    scene = { ...scene, background: () => ({ ...at.preflightScene().background(), startsAtLogin: 'off' }) };
    expect((await run()).computer.find(({ check }) => check === 'start')).toBeUndefined();
  });

  it('reports a virtual machine, and warns only if its disk came from another computer', async () => {
    scene = { ...scene, virtualMachine: async () => 'QEMU' };
    expect((await run()).computer.find(({ check }) => check === 'machine')).toMatchObject({
      state: 'ok',
      says: [expect.stringContaining('A virtual machine (QEMU).')],
    });
    const otherComputer = () => failure('license_of_another_computer', { facts: { computer: 'OFFICE' } });
    const copied = { license: { otherComputer } } as unknown as LicensedServer;
    scene = { ...scene, servers: { ...scene.servers, all: [copied] } };
    const { computer } = await runPreflight(scene, [], { timer: at.console.timer });
    expect(computer.find(({ check }) => check === 'machine')).toMatchObject({
      state: 'attention',
      says: [expect.stringContaining('another computer, OFFICE'), expect.any(String)],
      failure: { code: 'license_of_another_computer', remedy: 'authorize_again' },
      fixer: 'store',
    });
  });

  it('names other copies of the console with their account, a few of them one by one, and none where none was seen', async () => {
    const copyOf = (process: number, account: string | null) => ({
      process,
      program: `/opt/${process}/console`,
      account,
    });
    const found = async (copies: ReturnType<typeof copyOf>[] | null) => {
      scene = { ...scene, otherCopies: async () => copies };
      return (await run()).computer.find(({ check }) => check === 'copies');
    };
    expect(await found([copyOf(7, null), copyOf(8, 'manager\u202E')])).toMatchObject({
      state: 'attention',
      says: [
        'Another copy of the console runs in this account, with settings of its own: /opt/7/console (process 7).',
        'Another copy of the console runs in the account manager: /opt/8/console (process 8).',
        expect.stringContaining('quit the ones that nobody uses'),
      ],
    });
    const many = await found([1, 2, 3, 4, 5].map((process) => copyOf(process, 'manager')));
    expect(many?.says.slice(3)).toEqual(['2 more copies are running.', expect.any(String)]);
    expect(await found([])).toMatchObject({ state: 'ok' });
    expect(await found(null)).toMatchObject({ state: 'skipped' });
  });

  it('ends a check that hangs after a minute, and has all others by then', async () => {
    scene = { ...scene, storage: { freeBytes: async () => null, tryWriting: () => new Promise(() => {}) } };
    const heard: string[] = [];
    const { timer } = at.console;
    const running = runPreflight(scene, scene.servers.all, { timer, onResult: ({ check }) => heard.push(check) });
    await settled();
    expect(new Set(heard)).toEqual(
      new Set([...checksOfServer.filter((id) => id !== 'proxy'), ...checksOfComputer.filter((id) => id !== 'storage')]),
    );
    await timer.advance(runLimitMs);
    const { computer } = await running;
    expect(ids(computer)).toEqual([...checksOfComputer]);
    expect(computer.filter(({ state }) => state === 'failed')).toMatchObject([
      { check: 'storage', failure: { code: 'check_not_ended' } },
    ]);
    expect(timer.count).toBe(0);
  });

  it('shows what it finds on this computer while a server does not answer, and ends within a minute', async () => {
    at.console.server.waits = new Promise(() => {});
    const heard: string[] = [];
    const { timer } = at.console;
    const running = runPreflight(scene, scene.servers.all, { timer, onResult: ({ check }) => heard.push(check) });
    await settled();
    const needServer: readonly string[] = ['clock', 'machine'];
    expect(heard).toEqual(
      expect.arrayContaining(['keychain', ...checksOfComputer.filter((id) => !needServer.includes(id))]),
    );
    expect(heard).not.toContain('network');
    await timer.advance(runLimitMs);
    const { computer, servers } = await running;
    const ofServer = servers[0]?.results ?? [];
    expect(ids(ofServer)).toEqual([...checksOfServer]);
    expect(ofServer.filter(({ state }) => state === 'failed')).toMatchObject([
      {
        check: 'network',
        failure: { code: 'check_not_ended' },
        says: [expect.any(String), expect.stringMatching(/Check again/)],
      },
    ]);
    expect(ofServer.find(({ check }) => check === 'keys')).toMatchObject({
      state: 'skipped',
      says: [expect.stringMatching(/took all the time\. Check again\.$/)],
    });
    // Those that need the servers still have time.
    expect(ids(computer)).toEqual([...checksOfComputer]);
    expect(computer.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(timer.count).toBe(0);
  });

  it('gives up keys that do not come, and names them alone', async () => {
    const checkKeys: typeof scene.servers.checkKeys = (_id, _uri, signal) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(fail('signing_keys_unavailable'))));
    scene = { ...scene, servers: { ...scene.servers, checkKeys } };
    const running = run();
    await settled();
    await at.console.timer.advance(runLimitMs);
    const { servers } = await running;
    expect(servers[0]?.results.filter(({ state }) => state === 'failed')).toMatchObject([
      { check: 'keys', failure: { code: 'signing_keys_unavailable' } },
    ]);
  });

  it('names a check that throws as failed, and goes on with the next one', async () => {
    scene = {
      ...scene,
      background: () => {
        throw new Error('the system said something new');
      },
    };
    const { computer } = await run();
    expect(computer.find(({ check }) => check === 'background')).toMatchObject({
      state: 'failed',
      failure: { code: 'internal_error' },
    });
    expect(computer.find(({ check }) => check === 'api')).toMatchObject({ state: 'ok' });
  });

  it('ends at once when it is cancelled: unfinished checks count as not checked', async () => {
    const cancelled = new AbortController();
    scene = { ...scene, servers: { ...scene.servers, checkKeys: () => new Promise(() => {}) } };
    const running = run(cancelled.signal);
    await settled();
    cancelled.abort();
    const { computer, servers } = await running;
    const states = [...computer, ...(servers[0]?.results ?? [])].map(({ check, state }) => ({ check, state }));
    const early = checksOfComputer.filter((id) => id !== 'clock' && id !== 'machine');
    expect(states.filter(({ state }) => state !== 'skipped')).toEqual(
      [...early, 'keychain'].map((check) => ({ check, state: 'ok' })),
    );
    expect(at.console.timer.count).toBe(0);
  });
});
