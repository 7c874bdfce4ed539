import { afterAll, describe, expect, it } from 'vitest';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { cutOffRemoval } from '../../../fakes/cut-off-removal.ts';
import { KillSwitch } from '../../../fakes/kill-switch.ts';
import { settled, until } from '../../../fakes/until.ts';

interface Scenario {
  readonly name: string;
  readonly licensedBefore: boolean;
  /** What a person does; the promise may never resolve in a process that dies. */
  readonly act: (console: ConsoleAtWork) => Promise<void>;
  /** After the next start. */
  readonly holds: (console: ConsoleAtWork, what: string) => Promise<void>;
}

/** What a person answers if the license is for another device. */
type Answer = 'keep' | 'undo';

async function acquire(console: ConsoleAtWork, answer: Answer = 'keep'): Promise<void> {
  const { licensedTimes, kill } = console;
  const { acquisition } = console.services;
  const isAsked = () => acquisition.view().state === 'confirming_server';
  await acquisition.start();
  console.server.authorize();
  await console.timer.advance(5_000);
  await until(() => console.licensedTimes > licensedTimes || isAsked() || kill.dead, 'a license');
  if (isAsked()) await acquisition[answer]();
  if (kill.dead) return await new Promise<never>(() => {});
  await console.services.license.exclusively(async () => {});
}

const licensed = (console: ConsoleAtWork) => console.services.license.view() !== null;

/** Record and tokens agree. */
function isWhole(console: ConsoleAtWork, what: string): void {
  const payload = console.kept?.accessToken.split('.')[1] ?? '';
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  const details = console.services.license.view()?.details;
  expect(details?.serverId, what).toBe(claims.server_id);
  expect(details?.tokenIssuedAt, what).toBe(claims.iat * 1000);
}

async function isKeptOrExplained(console: ConsoleAtWork, what: string): Promise<void> {
  expect(licensed(console), what).toBe(true);
  isWhole(console, what);
  if (console.canRefresh) return;
  await console.services.refresh.refreshNow();
  expect(console.services.license.record?.lastFailure?.code, what).toBe('invalid_grant');
  expect(licensed(console), what).toBe(true);
}

async function isGone(console: ConsoleAtWork, what: string): Promise<void> {
  expect(console.kept, what).toBeNull();
  expect(console.services.license.view(), what).toBeNull();
  expect(console.documents.files.has('license.p1'), what).toBe(false);
  // And it can be acquired again.
  await acquire(console);
  expect(licensed(console), what).toBe(true);
}

const scenarios: readonly Scenario[] = [
  {
    name: 'acquire',
    licensedBefore: false,
    act: (console) => acquire(console),
    holds: async (console, what) => {
      if (console.kept) {
        isWhole(console, what);
        expect(console.canRefresh, what).toBe(true);
        expect(console.services.acquisition.view(), what).toEqual({ state: 'idle' });
        return;
      }
      const wasIssued = console.server.grants.length > 0;
      const view = console.services.acquisition.view();
      const said = view.state === 'failed' ? view.failure.code : view.state;
      if (wasIssued) expect(said, what).toBe('acquisition_interrupted');
      else expect(['idle', 'acquisition_interrupted'], what).toContain(said);
      await isGone(console, what);
      expect((await console.restart()).acquisition.view(), what).toEqual({ state: 'idle' });
    },
  },
  {
    name: 're-acquire, another device',
    licensedBefore: true,
    act: async (console) => {
      console.server.device = { server_id: 'store-015', server_name: 'Store 015' };
      await acquire(console);
    },
    holds: async (console, what) => {
      isWhole(console, what);
      // The old grant ends only after the new one is stored.
      expect(console.canRefresh, what).toBe(true);
      const { acquisition, license } = console.services;
      if (acquisition.view().state !== 'confirming_server') return;
      // The license of the other device waits for the answer, and is not used before that.
      expect(license.view()?.details.serverId, what).toBe('store-014');
      expect((await acquisition.keep()).ok, what).toBe(true);
      expect(license.view()?.details.serverId, what).toBe('store-015');
      isWhole(console, what);
    },
  },
  {
    name: 're-acquire, another device, undone',
    licensedBefore: true,
    act: async (console) => {
      console.server.device = { server_id: 'store-015', server_name: 'Store 015' };
      await acquire(console, 'undo');
    },
    holds: async (console, what) => {
      const { acquisition, license } = console.services;
      if (acquisition.view().state === 'confirming_server') await acquisition.undo();
      expect(license.view()?.details.serverId, what).toBe('store-014');
      isWhole(console, what);
      expect(console.canRefresh, what).toBe(true);
      expect(await license.pending.read(), what).toEqual({ ok: true, value: null });
    },
  },
  {
    name: 'refresh',
    licensedBefore: true,
    act: async (console) => {
      console.clock.advance(60_000);
      await console.services.refresh.refreshNow();
    },
    holds: isKeptOrExplained,
  },
  {
    name: 'refresh at a server that does not rotate',
    licensedBefore: true,
    act: async (console) => {
      console.server.rotates = false;
      console.clock.advance(60_000);
      await console.services.refresh.refreshNow();
    },
    holds: async (console, what) => {
      isWhole(console, what);
      expect(console.canRefresh, what).toBe(true);
    },
  },
  {
    name: 'remove',
    licensedBefore: true,
    act: async (console) => {
      await console.services.license.remove(false);
    },
    holds: async (console, what) => {
      if (!licensed(console)) {
        expect(console.server.openGrants, what).toHaveLength(0);
        return isGone(console, what);
      }
      isWhole(console, what);
      expect(console.canRefresh, what).toBe(true);
    },
  },
  {
    name: 'remove here only',
    licensedBefore: true,
    act: async (console) => {
      await console.services.license.remove(true);
    },
    holds: async (console, what) => {
      if (!licensed(console)) return isGone(console, what);
      isWhole(console, what);
      expect(console.canRefresh, what).toBe(true);
    },
  },
  {
    name: 'the start after an interrupted removal',
    licensedBefore: true,
    act: async (console) => {
      cutOffRemoval(console);
      console.services.license.restore();
      await console.services.license.reconcile();
    },
    holds: isGone,
  },
  {
    name: 'the start after the record was lost',
    licensedBefore: true,
    act: async (console) => {
      console.documents.files.clear();
      console.services.license.restore();
      await console.services.license.reconcile();
    },
    holds: isKeptOrExplained,
  },
  {
    name: 'acquire, refresh, remove, acquire in a row',
    licensedBefore: false,
    act: async (console) => {
      await acquire(console);
      console.clock.advance(60_000);
      await console.services.refresh.refreshNow();
      await console.services.license.remove(false);
      await acquire(console);
    },
    holds: async (console, what) => {
      if (licensed(console)) await isKeptOrExplained(console, what);
      else await isGone(console, what);
    },
  },
];

/** Runs a scenario in a process that dies at a step. Returns whether it got that far. */
async function runKilled(
  scenario: Scenario,
  diesAt: number,
  after: boolean,
): Promise<{ died: boolean; console: ConsoleAtWork; step: string }> {
  const console = await ConsoleAtWork.create();
  if (scenario.licensedBefore) await console.acquire();
  const kill = new KillSwitch(diesAt, after);
  console.boot(kill);
  let ended = false;
  const acted = scenario.act(console).then(
    () => (ended = true),
    () => (ended = true),
  );
  await until(() => ended || kill.dead, scenario.name);
  if (!kill.dead) await acted;
  await settled();
  return { died: kill.dead, console, step: kill.steps.at(-1) ?? '' };
}

let runs = 0;

describe('S1: a process that dies before or after the effect of any step', () => {
  it.each(scenarios)(
    '$name: the license is kept, or the person is asked once to authorize again, with a reason',
    async (scenario) => {
      for (const after of [false, true]) {
        for (let step = 0; ; step += 1) {
          const killed = await runKilled(scenario, step, after);
          if (!killed.died) break;
          runs += 1;
          const what = `${scenario.name}, died ${after ? 'after' : 'before'} step ${step}: ${killed.step}`;
          await killed.console.restart();
          await scenario.holds(killed.console, what);
        }
      }
    },
  );

  it.each(scenarios.filter(({ name }) => !name.includes('in a row')))(
    '$name: the same holds if the next starts die too',
    async (scenario) => {
      for (let step = 0; ; step += 1) {
        const { died, console } = await runKilled(scenario, step, true);
        if (!died) break;
        for (const nextStep of [0, 1, 2]) {
          runs += 1;
          const kill = new KillSwitch(nextStep, nextStep === 1);
          const { license } = console.boot(kill);
          let ended = false;
          void license.reconcile().then(
            () => (ended = true),
            () => (ended = true),
          );
          await until(() => ended || kill.dead, 'the next start');
          await settled();
        }
        await console.restart();
        await scenario.holds(console, `${scenario.name}, died at step ${step} and at the three next starts`);
      }
    },
  );

  afterAll(() => {
    expect(runs).toBeGreaterThanOrEqual(200);
  });
});
