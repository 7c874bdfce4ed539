import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runExclusively, takeTurn, type TurnFiles } from '../../../../../src-main/adapters/disk/run-exclusively.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'in-turn-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs as a separate process: creates a file that must not exist yet, and removes it after a moment. */
const asking = `
  import { closeSync, openSync, rmSync } from 'node:fs';
  import { runExclusively } from ${JSON.stringify(join(import.meta.dirname, '../../../../../src-main/adapters/disk/run-exclusively.ts'))};
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let times = 0; times < 20; times += 1)
    runExclusively(process.argv[1], () => {
      closeSync(openSync(process.argv[1] + '/alone', 'wx'));
      Atomics.wait(pause, 0, 0, 2);
      rmSync(process.argv[1] + '/alone');
    });
`;

describe('a task that runs exclusively', () => {
  it('never runs at the same time as in another process', {
    timeout: 60_000,
    ...notOnWindows('sourceLoader'),
  }, async () => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', asking, folder];
    await Promise.all([1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, args)));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('returns its result or throws, and leaves no file in either case', () => {
    expect(runExclusively(folder, () => 'mine')).toBe('mine');
    expect(() =>
      runExclusively(folder, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes turn files of killed processes, also with dates in the future', () => {
    const left = ['taking-place-0', 'taking-place-f'].map((name) => join(folder, name));
    for (const [index, path] of left.entries()) {
      writeFileSync(path, '');
      utimesSync(path, index * 9e9, index * 9e9);
    }
    expect(runExclusively(folder, () => left.some((path) => existsSync(path)))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('runs even if the folder is missing or cannot be created', () => {
    expect(runExclusively(join(folder, 'missing', 'folder'), () => 1)).toBe(1);
    writeFileSync(join(folder, 'file'), '');
    expect(runExclusively(join(folder, 'file', 'below'), () => 2)).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)('runs even if the folder cannot be written or listed', () => {
    for (const mode of [0o500, 0o300]) {
      chmodSync(folder, mode);
      expect(runExclusively(folder, () => mode)).toBe(mode);
    }
  });

  const squatters: readonly [string, (path: string) => void][] = [
    ['a folder', (path) => mkdirSync(path)],
    ['a folder that is not empty', (path) => mkdirSync(join(path, 'below'), { recursive: true })],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a link to nothing', (path) => symlinkSync(`${path}-not-there`, path)],
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
    ['a read-only file', (path) => writeFileSync(path, 'somebody’s', { mode: 0o400 })],
  ];
  it.each(squatters)('is not delayed by %s with the name of a turn file', notOnWindows('links'), (_what, squat) => {
    for (const name of ['taking-place', 'taking-place-0']) squat(join(folder, name));
    // A file of that name counts as a turn until it is old.
    const isFile = lstatSync(join(folder, 'taking-place-0')).isFile();
    if (isFile) utimesSync(join(folder, 'taking-place-0'), 1_000, 1_000);
    expect(runExclusively(folder, () => 'mine')).toBe('mine');
    expect(readdirSync(folder)).toEqual(isFile ? ['taking-place'] : ['taking-place', 'taking-place-0']);
  });
});

describe('several processes that take turns, step by step in any order', () => {
  /** Their files, in memory. Files of a killed process stay. */
  class Folder {
    readonly #owners = new Map<string, number>();
    readonly killed = new Set<number>();
    readonly #name: (of: number) => string;

    constructor(name: (of: number) => string) {
      this.#name = name;
      this.#owners.set('left before', -1);
      this.killed.add(-1);
    }

    of(owner: number): TurnFiles {
      return {
        put: () => {
          const name = this.#name(owner);
          expect(this.#owners.has(name)).toBe(false);
          this.#owners.set(name, owner);
          return name;
        },
        names: () => [...this.#owners.keys()],
        isLeft: (name) => this.killed.has(this.#owners.get(name) ?? -1),
        remove: (name) => void this.#owners.delete(name),
      };
    }
  }

  const runs = fc.record({
    count: fc.integer({ min: 2, max: 4 }),
    names: fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 8 }),
    steps: fc.array(fc.record({ who: fc.nat(3), killed: fc.nat(60).map((n) => n === 0) }), { maxLength: 150 }),
  });

  it('never have the turn at the same time, and each that survives gets it in the end', () => {
    fc.assert(
      fc.property(runs, ({ count, names, steps }) => {
        let named = 0;
        // Unique names, in an order that the run chooses.
        const folder = new Folder((of) => `${names[named++ % names.length]} ${of} ${named}`);
        const taking = Array.from({ length: count }, (_, who) => takeTurn(folder.of(who)));
        const had = new Set<number>();
        let holder: number | null = null;
        const act = (who: number): void => {
          if (folder.killed.has(who) || had.has(who)) return;
          if (holder === who) {
            taking[who]?.return();
            had.add(who);
            holder = null;
          } else if (taking[who]?.next().value === 'taken') {
            expect(holder).toBeNull();
            holder = who;
          }
        };
        for (const { who: asked, killed } of steps) {
          const who = asked % count;
          if (!killed) act(who);
          else if (!had.has(who)) {
            folder.killed.add(who);
            if (holder === who) holder = null;
          }
        }
        for (let round = 0; round < 500; round += 1) for (let who = 0; who < count; who += 1) act(who);
        expect(had.size + folder.killed.size - 1).toBe(count);
        expect(
          folder
            .of(0)
            .names()
            .filter((name) => !folder.of(0).isLeft(name)),
        ).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('give the turn to only one of two that find the same file of a killed process', () => {
    const folder = new Folder((of) => `${of}`);
    const [one, other] = [takeTurn(folder.of(1)), takeTurn(folder.of(2))];
    const steps = (taking: typeof one, most: number) => {
      const done: unknown[] = [];
      while (done.length < most && done.at(-1) !== 'taken') done.push(taking.next().value);
      return done;
    };
    // Both stop where they have just found the leftover file, and neither has removed it yet.
    expect([...steps(other, 2), ...steps(one, 2)]).toEqual(['look', 'look', 'look', 'look']);
    expect(steps(other, 50)).toContain('taken');
    expect(steps(one, 50)).not.toContain('taken');
    other.return();
    expect(steps(one, 50)).toContain('taken');
  });
});
