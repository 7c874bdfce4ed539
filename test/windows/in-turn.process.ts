import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runExclusively } from '../../src-main/adapters/disk/run-exclusively.ts';
import { processArguments, say } from './own-process.ts';

/** In its turn, creates a file that must not exist yet, and removes it after a moment. */
const [folder = ''] = processArguments();
const pause = new Int32Array(new SharedArrayBuffer(4));
try {
  for (let times = 0; times < 20; times += 1)
    runExclusively(folder, () => {
      closeSync(openSync(join(folder, 'alone'), 'wx'));
      Atomics.wait(pause, 0, 0, 2);
      rmSync(join(folder, 'alone'));
    });
  say('done');
} catch (thrown) {
  say(`done ${String(thrown)}`);
}
