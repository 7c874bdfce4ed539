import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ChannelDocument,
  writeChannelFile,
} from '../../../../src-main/adapters/command-channel/command-channel-file.ts';
import { waitForHolder } from '../../../../src-main/start/wait-for-holder.ts';
import { failure } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { terminalWords } from '../../../../src-shared/words/terminal-words.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';

let folder: string;
let clock: FakeClock;
let timer: HandTimer;
/** Whether another process has the console's place. */
let isTaken: boolean;
/** How often the process in that place was asked to show its window. */
let askedForWindow: number;
let became: string;
let box: readonly string[];
let logged: unknown[];

const key = 'k'.repeat(43);
const says = (servedBy: ChannelDocument['servedBy'], pid = process.pid, display?: string | null) =>
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

/** The text in the box. `process`: the ID of the process that holds the lock. */
function boxOf(why: keyof typeof terminalWords.noWindow, process: number | null = null): readonly string[] {
  const { title, body } = terminalWords.noWindow[why];
  return [title, typeof body === 'string' ? body : `${body(process)} ${words.support.saveInTerminal}`];
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wait-for-command-'));
  clock = new FakeClock();
  timer = new HandTimer(clock);
  [isTaken, askedForWindow, became, box, logged] = [true, 0, 'waiting', [], []];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a start that finds another process in the console’s place', () => {
  test('ends at once if that is a console, which shows its window', async () => {
    await says('console');
    void start();
    expect({ became, asked: timer.delays }).toEqual({ became: 'ended', asked: [] });
  });

  test('waits 10 seconds for a command to end, and then a box explains why there is no window', async () => {
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

  test('opens the window if that is a command which ends in time', async () => {
    await says('command');
    const waiting = start();
    await timer.advance(5_000);
    isTaken = false;
    await timer.advance(300);
    await waiting;
    expect(became).toBe('started');
  });

  test('waits in the background for as long as a command takes', async () => {
    await says('command');
    const waiting = start(true);
    await timer.advance(3_600_000);
    expect(became).toBe('waiting');
    isTaken = false;
    await timer.advance(300);
    await waiting;
    expect(became).toBe('started');
  });

  test('asks a console that follows the command to show its window', async () => {
    await says('command');
    const waiting = start();
    await timer.advance(2_000);
    await says('console');
    await timer.advance(300);
    await waiting;
    expect({ became, askedForWindow }).toEqual({ became: 'ended', askedForWindow: 1 });
  });

  test('does not ask a console that follows the command if it starts in the background', async () => {
    await says('command');
    const waiting = start(true);
    await says('console');
    await timer.advance(300);
    await waiting;
    expect({ became, askedForWindow }).toEqual({ became: 'ended', askedForWindow: 0 });
  });

  test('takes the place of a console that is just ending', async () => {
    const waiting = start();
    await timer.advance(4_000);
    expect(became).toBe('waiting');
    isTaken = false;
    await timer.advance(300);
    await waiting;
    expect(became).toBe('started');
  });

  test('explains in a box that a process never answers', async () => {
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers') });
  });

  test('names the process that holds the lock and never answers', notOnWindows('links'), async () => {
    symlinkSync(`${hostname()}-4711`, join(folder, 'SingletonLock'));
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers', 4711) });
    expect(box[1]).toContain('4711');
    expect(logged).toEqual([['console_not_answering', { process: '4711' }]]);
  });

  test('does not wait if a folder lies in the place of the lock, and names it in the box and the log', async () => {
    const path = join(folder, 'SingletonLock');
    mkdirSync(path);
    await start();
    const { headline, meaning } = words.failureWords(failure('lock_obstructed', { facts: { path } }));
    expect({ became, box, waits: timer.delays }).toEqual({
      became: 'refused',
      box: [headline, `${meaning} ${words.support.saveInTerminal}`],
      waits: [],
    });
    expect(meaning).toContain(path);
    expect(logged).toEqual([['lock_obstructed', { path }]]);
  });

  test('ends as usual if a console runs, whatever lies in the folder', async () => {
    await says('console');
    mkdirSync(join(folder, 'SingletonCookie'));
    await start();
    expect({ became, logged }).toEqual({ became: 'ended', logged: [] });
  });

  test('names a channel file that cannot be read in the box and the log', async () => {
    mkdirSync(join(folder, 'command-channel.json'));
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, title: box[0] }).toEqual({ became: 'refused', title: boxOf('nobody_can_be_asked')[0] });
    expect(box[1]).toContain('--save=');
    expect(box[1]).toContain('command-channel.json is a folder');
    expect(logged).toEqual([['not_a_file', { file: 'command-channel.json', kind: 'folder' }]]);
  });

  test('explains in a box that a process never answers, also in the background', async () => {
    const waiting = start(true);
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers') });
  });

  test.each([false, true])(
    'takes the place of a console without a display once that ends (in the background: %s)',
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

  test('explains in a box that a console without a display does not end', async () => {
    await says('console', process.pid, null);
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('console_without_display') });
  });

  test('explains in a box that the window is on another display', async () => {
    await says('console', process.pid, ':10');
    await start();
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('console_elsewhere') });
  });

  test('ends in the background if a console runs on another display', async () => {
    await says('console', process.pid, ':10');
    await start(true);
    expect({ became, box }).toEqual({ became: 'ended', box: [] });
  });

  test('waits, as a service without a display, for a console on a display to end', async () => {
    await says('console', process.pid, ':0');
    const waiting = start(true, null);
    await timer.advance(8 * 3_600_000);
    expect(became).toBe('waiting');
    isTaken = false;
    await timer.advance(60_000);
    await waiting;
    expect(became).toBe('started');
  });

  test('ends, as a service without a display, if another one runs', async () => {
    await says('console', process.pid, null);
    await start(true, null);
    expect(became).toBe('ended');
  });

  test('ignores the channel file of a killed command', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await says('command', pid);
    const waiting = start();
    await timer.advance(10_300);
    await waiting;
    expect({ became, box }).toEqual({ became: 'refused', box: boxOf('nobody_answers') });
  });
});
