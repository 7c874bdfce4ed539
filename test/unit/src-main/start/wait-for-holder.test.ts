import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServedBy } from '../../../../src-main/adapters/command-channel/command-channel-file.ts';
import { writeChannelFile } from '../../../../src-main/adapters/command-channel/command-channel-file.ts';
import { waitForHolder } from '../../../../src-main/start/wait-for-holder.ts';
import { terminalWords } from '../../../../src-shared/words/terminal-words.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

let folder: string;
let clock: FakeClock;
let timer: HandTimer;
/** Has another process the console's place? */
let isTaken: boolean;
/** How often who has the place was asked to show its window. */
let askedForWindow: number;
let became: string;
let box: readonly string[];
let logged: unknown[];

const key = 'k'.repeat(43);
const says = (servedBy: ServedBy, pid = process.pid, display?: string | null) =>
  writeChannelFile(folder, {
    version: 1,
    address: 'a',
    key,
    pid,
    servedBy,
    ...(display === undefined ? {} : { display }),
  });

function start(isInBackground = false, display: string | null = ':0'): Promise<void> {
  return waitForHolder({
    isInBackground,
    display,
    folder,
    clock,
    timer,
    takeLock: (quietly) => {
      if (isTaken && !quietly) askedForWindow += 1;
      return !isTaken;
    },
    start: () => void (became = 'started'),
    quit: () => void (became = 'ended'),
    log: (...line) => void logged.push(line),
    refuse: (...said) => {
      became = 'refused';
      box = said;
    },
  });
}

const boxOf = (why: keyof typeof terminalWords.noWindow) => Object.values(terminalWords.noWindow[why]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wait-for-command-'));
  clock = new FakeClock();
  timer = new HandTimer(clock);
  [isTaken, askedForWindow, became, box, logged] = [true, 0, 'waiting', [], []];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a start that finds the console’s place taken', () => {
  test('by a console: that one shows itself, this one ends at once', async () => {
    await says('console');
    void start();
    expect({ became, asked: timer.delays }).toEqual({ became: 'ended', asked: [] });
  });

  test('by a command: a person waits 10 seconds for its end, then a box says why there is no window', async () => {
    await says('command');
    const waiting = start();
    await timer.advance(9_900);
    expect(became).toBe('waiting');
    await timer.advance(500);
    await waiting;
    expect({ became, box }).toEqual({
      became: 'refused',
      box: boxOf('command'),
    });
    expect(askedForWindow).toBe(0);
  });

  test('by a command that ends in time: the window opens', async () => {
    await says('command');
    const waiting = start();
    await timer.advance(5_000);
    isTaken = false;
    await timer.advance(300);
    await waiting;
    expect(became).toBe('started');
  });

  test('by a command, and nobody waits for the window: as long as the command takes', async () => {
    await says('command');
    const waiting = start(true);
    await timer.advance(3_600_000);
    expect(became).toBe('waiting');
    isTaken = false;
    await timer.advance(300);
    await waiting;
    expect(became).toBe('started');
  });

  test('by a command, after which a console came: that one is told to show itself', async () => {
    await says('command');
    const waiting = start();
    await timer.advance(2_000);
    await says('console');
    await timer.advance(300);
    await waiting;
    expect({ became, askedForWindow }).toEqual({ became: 'ended', askedForWindow: 1 });
  });

  test('the same without a window: it is not told', async () => {
    await says('command');
    const waiting = start(true);
    await says('console');
    await timer.advance(300);
    await waiting;
    expect({ became, askedForWindow }).toEqual({ became: 'ended', askedForWindow: 0 });
  });

  test('by a console that is ending, and says nothing any more: this one takes its place', async () => {
    const waiting = start();
    await timer.advance(4_000);
    expect(became).toBe('waiting');
    isTaken = false;
    await timer.advance(300);
    await waiting;
    expect(became).toBe('started');
  });

  test('by a process that never says what it is: a person is told why there is no window', async () => {
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers') });
  });

  test('by a process behind a channel file that cannot be read: the box and the log name the file', async () => {
    mkdirSync(join(folder, 'command-channel.json'));
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, title: box[0] }).toEqual({ became: 'refused', title: boxOf('nobody_can_be_asked')[0] });
    expect(box[1]).toContain('command-channel.json is a folder');
    expect(logged).toEqual([['not_a_file', { file: 'command-channel.json', kind: 'folder' }]]);
  });

  test('the same in the background: this one ends in words too', async () => {
    const waiting = start(true);
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers') });
  });

  test.each([false, true])(
    'by a console without a display, which gives its place up: the window opens (in the background: %s)',
    async (background) => {
      await says('console', process.pid, null);
      const waiting = start(background);
      expect(became).toBe('waiting');
      isTaken = false;
      await timer.advance(300);
      await waiting;
      expect(became).toBe('started');
    },
  );

  test('by a console without a display that does not end: a box says so', async () => {
    await says('console', process.pid, null);
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('console_without_display') });
  });

  test('by a console on another display: a box says where the window is', async () => {
    await says('console', process.pid, ':10');
    await start();
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('console_elsewhere') });
  });

  test('by a console on another display, and this one starts in the background there: it ends', async () => {
    await says('console', process.pid, ':10');
    await start(true);
    expect({ became, box }).toEqual({ became: 'ended', box: [] });
  });

  test('by a console on a display, and this one is a service without one: it waits for that one to end', async () => {
    await says('console', process.pid, ':0');
    const waiting = start(true, null);
    await timer.advance(8 * 3_600_000);
    expect(became).toBe('waiting');
    isTaken = false;
    await timer.advance(60_000);
    await waiting;
    expect(became).toBe('started');
  });

  test('by a console without a display, and this one is a second service without one: it ends', async () => {
    await says('console', process.pid, null);
    await start(true, null);
    expect(became).toBe('ended');
  });

  test('what a command said that was killed does not count', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await says('command', pid);
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers') });
  });
});
