import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTurn } from '../../../src-main/adapters/in-turn.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'in-turn-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/** Asks as a process of its own: makes a file that nobody else may have made, and takes it away after a moment. */
const asking = `
  import { closeSync, openSync, rmSync } from 'node:fs';
  import { inTurn } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/adapters/in-turn.ts'))};
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let times = 0; times < 20; times += 1)
    inTurn(process.argv[1], () => {
      closeSync(openSync(process.argv[1] + '/alone', 'wx'));
      Atomics.wait(pause, 0, 0, 2);
      rmSync(process.argv[1] + '/alone');
    });
`;

describe('whoever asks in turn', () => {
  it('is alone, whatever other processes do', async () => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', asking, folder];
    await Promise.all([1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, args)));
    expect(readdirSync(folder)).toEqual([]);
  }, 60_000);

  it('is answered, and leaves the turn, also where asking fails', () => {
    expect(inTurn(folder, () => 'mine')).toBe('mine');
    expect(() =>
      inTurn(folder, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes the turn of one that was killed in it', () => {
    const left = join(folder, 'taking-place');
    writeFileSync(left, '');
    utimesSync(left, 1_000, 1_000);
    expect(inTurn(folder, () => existsSync(left))).toBe(true);
    expect(existsSync(left)).toBe(false);
  });

  it('asks all the same where there is no folder yet, and where none can be made', () => {
    expect(inTurn(join(folder, 'made', 'anew'), () => 1)).toBe(1);
    writeFileSync(join(folder, 'file'), '');
    expect(inTurn(join(folder, 'file', 'below'), () => 2)).toBe(2);
  });
});
