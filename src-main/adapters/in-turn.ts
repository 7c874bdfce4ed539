import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeIfPossible } from '../files/replace-file.ts';

const lookAgainMs = 5;
/** Nobody has the turn for longer than it takes to ask; a process that was killed meanwhile has left its file. */
const longestTurnMs = 2_000;
const prefix = 'taking-place-';

/** The files of those who want the turn, each under a name that nobody ever uses again. */
export interface TurnFiles {
  /** Makes a file of its own and returns its name. */
  put(): string;
  names(): readonly string[];
  /** It is of a process that was killed. */
  isLeft(name: string): boolean;
  remove(name: string): void;
}

type TurnStep = 'look' | 'wait' | 'taken';

/**
 * Runs `ask` while no other process of this folder does: of two that ask for the console's place at the same moment the runtime
 * may give it to both, and each would then write. Waits for its turn, without letting anything else run; where the folder
 * takes no file it asks all the same.
 */
export function inTurn<T>(folder: string, ask: () => T): T {
  const taking = takeTurn(filesIn(folder));
  try {
    waitFor(taking);
    return ask();
  } finally {
    // It takes its own file away.
    taking.return();
  }
}

function waitFor(taking: Generator<TurnStep, void>): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const givesUpMs = performance.now() + longestTurnMs;
  try {
    while (performance.now() < givesUpMs) {
      const { value, done } = taking.next();
      if (done || value === 'taken') return;
      if (value === 'wait') Atomics.wait(pause, 0, 0, lookAgainMs);
    }
  } catch {
    // No file can be made here, or the folder cannot be looked at.
  }
}

/**
 * Takes the turn step by step, so that a test can let others act in between. After `taken` the turn is its own until its
 * `return` is called. Each first puts a file and then looks: of any two, the one that looks later sees the other. Who is alone has the
 * turn; where several wait, the first by name stays, and the others go until nobody is there. A left file is removed by its own
 * name, which nobody else ever has: so nobody can remove the file of one that has just taken the turn.
 */
export function* takeTurn(files: TurnFiles): Generator<TurnStep, void> {
  for (;;) {
    const own = files.put();
    try {
      for (;;) {
        const names = yield* living(files);
        // Taken for one that was killed, as after a long standstill: others no longer see it.
        if (!names.includes(own)) break;
        if (names.length === 1) yield 'taken';
        if (names.some((name) => name < own)) break;
        yield 'wait';
      }
    } finally {
      files.remove(own);
    }
    do yield 'wait';
    while ((yield* living(files)).length > 0);
  }
}

/** The names of those who want the turn now. What was left is removed. */
function* living(files: TurnFiles): Generator<TurnStep, readonly string[]> {
  const names: string[] = [];
  yield 'look';
  for (const name of files.names()) {
    yield 'look';
    if (files.isLeft(name)) files.remove(name);
    else names.push(name);
  }
  return names;
}

function filesIn(folder: string): TurnFiles {
  /** When the own file was made, by the clock of its file system and by this process's own. */
  let made = { at: 0, ms: 0 };
  return {
    put() {
      const name = `${prefix}${randomBytes(8).toString('hex')}`;
      const path = join(folder, name);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      closeSync(openSync(path, 'wx', 0o600));
      made = { at: statSync(path).mtimeMs, ms: performance.now() };
      return name;
    },
    // A folder or a link with such a name does not count: only a file stands for a turn.
    names: () =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.startsWith(prefix))
        .map(({ name }) => name),
    isLeft(name) {
      const written = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
      if (written === undefined) return true;
      // One that lies in the future is of no turn of now either.
      return Math.abs(made.at + performance.now() - made.ms - written) > longestTurnMs;
    },
    remove: (name) => removeIfPossible(join(folder, name)),
  };
}
