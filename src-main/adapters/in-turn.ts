import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const lookAgainMs = 5;
/** Nobody has the turn for longer than it takes to ask; whoever was killed meanwhile has left the file. */
const longestTurnMs = 2_000;

/**
 * Runs `ask` while no other process of this folder does: of two that ask for the console's place at the same moment the runtime
 * may give it to both, and each would then write. Waits for its turn, without letting anything else run; where the folder
 * takes no file it asks all the same.
 */
export function inTurn<T>(folder: string, ask: () => T): T {
  const path = join(folder, 'taking-place');
  const hasTurn = takeTurn(path);
  try {
    return ask();
  } finally {
    if (hasTurn) rmSync(path, { force: true });
  }
}

function takeTurn(path: string): boolean {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const givesUpMs = performance.now() + longestTurnMs;
  while (performance.now() < givesUpMs) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      closeSync(openSync(path, 'wx', 0o600));
      return true;
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') return false;
      if (isLeft(path)) rmSync(path, { force: true });
      else Atomics.wait(pause, 0, 0, lookAgainMs);
    }
  }
  return false;
}

/** By the file system's own clock and this computer's: one that lies in the future is of no turn of now either. */
function isLeft(path: string): boolean {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && Math.abs(Date.now() - written) > longestTurnMs;
}
