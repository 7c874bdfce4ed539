import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { removeIfPossible } from '../../files/replace-file.ts';

const lookAgainMs = 5;
/** A turn takes only a moment, so a file that is older than this was left by a process that was killed. */
const longestTurnMs = 2_000;
const prefix = 'taking-place-';

/** The files of the processes that want the turn. Each has a random name that is never used again. */
export interface TurnFiles {
  /** Creates a file for this process and returns its name. */
  put(): string;
  names(): readonly string[];
  /** Was the file left by a process that was killed? */
  isLeft(name: string): boolean;
  remove(name: string): void;
}

type TurnStep = 'look' | 'wait' | 'taken';

/**
 * Runs `ask` while no other process with this folder runs it. `ask` requests the single-instance lock. If two processes request it at the
 * same moment, Electron may grant it to both, and both would write. This blocks the thread until its turn. If the folder cannot be written,
 * or the turn does not come in time, it runs `ask` anyway.
 */
export function runExclusively<T>(folder: string, ask: () => T): T {
  const taking = takeTurn(filesIn(folder));
  try {
    waitFor(taking);
    return ask();
  } finally {
    // Removes this process's file.
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
    // The folder cannot be written or listed.
  }
}

/**
 * Takes the turn step by step, so that a test can let others act in between. After `taken` the caller has the turn until it calls
 * `return`. Each process first creates its file and then lists the folder. Of any two processes, the one that lists later sees the
 * other's file. A process that sees only its own file has the turn. If there are several files, the process with the first name
 * keeps its file and waits. The others remove theirs, and try again when no file is left. File names are never reused, so removing
 * a leftover file cannot remove the file of a process that has just taken the turn.
 */
export function* takeTurn(files: TurnFiles): Generator<TurnStep, void> {
  for (;;) {
    const own = files.put();
    try {
      for (;;) {
        const names = yield* living(files);
        // Another process removed this file as a leftover, which can happen if this process did not run for a while.
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

/** The names of the files of processes that want the turn now. Removes leftover files. */
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
  /** When this process's file was made: by the file system's clock, and by this process's monotonic clock. */
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
    // Folders and links with such a name do not count.
    names: () =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.startsWith(prefix))
        .map(({ name }) => name),
    isLeft(name) {
      const written = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
      if (written === undefined) return true;
      // A file dated in the future is a leftover too.
      return Math.abs(made.at + performance.now() - made.ms - written) > longestTurnMs;
    },
    remove: (name) => removeIfPossible(join(folder, name)),
  };
}
