import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAuthorizationServer } from '../authorization-server/authorization-server.ts';
import { makeLicensedProfile } from './licensed-profile.ts';
import { type Launch, type Measured, measureLaunch } from './measured-launch.ts';
import { median, spread } from './statistics.ts';
import { verdict } from './verdict.ts';

const goals = { time: 1.25, memory: 1.35 };
const repository = join(import.meta.dirname, '../..');

/**
 * From launch to "license status painted", and the memory of all processes: the console with a license, without one (its pane open, as at a
 * start) and on its first run, divided by an app that only opens a bare window. All are interleaved in one run. If another checkout is
 * given, it must be built already, and is measured in turn with this one.
 */
export async function benchStart(electron: string, runs: number, other?: string): Promise<void> {
  const server = await startAuthorizationServer();
  const folder = mkdtempSync(join(tmpdir(), 'license-console-bench-'));
  try {
    const bareWindow: Variant = () => ({
      electron,
      app: join(import.meta.dirname, 'bare-window'),
      args: [`--user-data-dir=${fresh(folder)}`],
      selector: 'h1',
    });
    const variants = new Map<string, Variant>([['bare window', bareWindow]]);
    const builds = [{ app: repository, mark: '' }, ...(other === undefined ? [] : [{ app: other, mark: ' (other)' }])];
    for (const { app, mark } of builds) {
      const licensed = fresh(folder);
      await makeLicensedProfile(electron, app, server, licensed);
      for (const [name, state] of states(server.issuer, licensed))
        variants.set(name + mark, () => {
          const { userData, args, selector } = state(folder);
          return { electron, app, args: [`--user-data-dir=${userData}`, ...args], selector };
        });
    }
    report(await measureInterleaved(variants, runs));
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Variant = () => Launch;

interface ConsoleStart {
  readonly userData: string;
  readonly args: readonly string[];
  readonly selector: string;
}

/** The states in which the console is measured. Each start has its own data folder. */
function states(issuer: string, licensed: string): readonly (readonly [string, (folder: string) => ConsoleStart])[] {
  return [
    [
      'with a license',
      (folder) => ({ userData: copyOf(licensed, folder), args: [], selector: '[data-license-status="licensed"]' }),
    ],
    [
      'without one, pane open',
      (folder) => ({
        userData: fresh(folder),
        args: [`--authorization-server=${issuer}`],
        selector: '[data-license-status="not_licensed"]',
      }),
    ],
    ['first run', (folder) => ({ userData: fresh(folder), args: [], selector: 'h1' })],
  ];
}

async function measureInterleaved(
  variants: ReadonlyMap<string, Variant>,
  runs: number,
): Promise<Map<string, Measured[]>> {
  const measured = new Map<string, Measured[]>([...variants.keys()].map((name) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const [name, launch] of variants) {
      const result = await measureLaunch(launch());
      // The first round warms up the disk's cache and does not count.
      if (run > 0) measured.get(name)?.push(result);
      process.stderr.write(
        `${run === 0 ? 'warm-up' : `run ${run}/${runs}`}  ${name}: ${Math.round(result.paintedMs)} ms, ${Math.round(result.pssMiB)} MiB\n`,
      );
    }
  }
  return measured;
}

function report(measured: ReadonlyMap<string, readonly Measured[]>): void {
  const bare = measured.get('bare window') ?? [];
  const bareTime = median(bare.map(({ paintedMs }) => paintedMs));
  const bareMemory = median(bare.map(({ pssMiB }) => pssMiB));
  console.log(
    '\nLaunch to license status painted, and PSS of all processes; median (spread), ratio to the bare window',
  );
  for (const [name, results] of measured) {
    const times = results.map(({ paintedMs }) => paintedMs);
    const weights = results.map(({ pssMiB }) => pssMiB);
    const time = median(times) / bareTime;
    const memory = median(weights) / bareMemory;
    console.log(
      `${name.padEnd(32)} ${Math.round(median(times))} ms (${spread(times)})  ${time.toFixed(2)} x    ${Math.round(median(weights))} MiB (${spread(weights)})  ${memory.toFixed(2)} x` +
        (name === 'bare window'
          ? ''
          : `    goal ${goals.time} x, ${goals.memory} x: ${verdict(time <= goals.time && memory <= goals.memory)}`),
    );
  }
}

function fresh(folder: string): string {
  return mkdtempSync(join(folder, 'user-data-'));
}

function copyOf(profile: string, folder: string): string {
  const copy = fresh(folder);
  cpSync(profile, copy, { recursive: true, filter: (path) => !/Singleton/.test(path) });
  return copy;
}
