import { beforeEach, describe, expect, test } from 'vitest';
import {
  ConsoleCommands,
  type ConsoleCommandsDeps,
  type ServedChannel,
} from '../../../../src-main/commands/console-commands.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { MemoryLog } from '../../../fakes/memory-log.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';
import { settled } from '../../../fakes/until.ts';

let clock: FakeClock;
let log: MemoryLog;
let answer: () => Promise<Result<null>>;
let tries: number;
let closed: number;
let left: number;
let damaged: boolean;

const channel: ServedChannel = {
  keepOpen: () => {
    tries += 1;
    return answer();
  },
  leave: () => void (left += 1),
  close: async () => void (closed += 1),
};
const full = (detail: string) => async () => fail('console_not_answering', { detail });

/** No command runs, so their services are not needed. */
function commands(): ConsoleCommands {
  const over = {
    clock,
    log,
    channel: () => (damaged ? Promise.reject(new Error('no such module')) : Promise.resolve(channel)),
  };
  return new ConsoleCommands(over as unknown as ConsoleCommandsDeps);
}

/** A minute of changes, one per second, as during an acquisition. */
async function busyMinute(served: ConsoleCommands): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    clock.advance(1_000);
    served.look();
    await settled();
  }
}

beforeEach(() => {
  clock = new FakeClock();
  log = new MemoryLog();
  answer = async () => succeed(null);
  [tries, closed, left, damaged] = [0, 0, 0, false];
});

describe('the channel of the commands', () => {
  test('no longer names this process when the console is about to end, and is not opened again', async () => {
    const served = commands();
    served.beforeQuit();
    served.serve();
    await settled();
    served.beforeQuit();
    clock.advance(120_000);
    served.look();
    await settled();
    expect({ tries, left, closed }).toEqual({ tries: 1, left: 1, closed: 0 });
  });

  test('is not opened before it is served', async () => {
    const served = commands();
    clock.advance(120_000);
    served.look();
    await settled();
    expect(tries).toBe(0);
  });

  test('is tried again about once a minute if it cannot be opened, and each reason is logged once', async () => {
    answer = full('ENOSPC');
    const served = commands();
    served.serve();
    await settled();
    for (let minute = 0; minute < 30; minute += 1) await busyMinute(served);
    expect(tries).toBeGreaterThan(25);
    expect(tries).toBeLessThanOrEqual(37);
    const line = { area: 'commands', event: 'channel_not_opened' };
    expect(log.said).toEqual([{ level: 'warn', ...line, detail: 'ENOSPC' }]);
    answer = full('EMFILE');
    await busyMinute(served);
    answer = async () => succeed(null);
    await busyMinute(served);
    await busyMinute(served);
    expect(log.said).toEqual([
      { level: 'warn', ...line, detail: 'ENOSPC' },
      { level: 'warn', ...line, detail: 'EMFILE' },
      { level: 'info', area: 'commands', event: 'channel_opened' },
    ]);
  });

  test('is tried again in a damaged installation, with one line in the log', async () => {
    damaged = true;
    const served = commands();
    served.serve();
    await busyMinute(served);
    expect(log.lines).toHaveLength(1);
    damaged = false;
    await busyMinute(served);
    expect(tries).toBeGreaterThan(0);
  });

  test('is closed, and not opened again, if the console ends while it opens', async () => {
    let open: (opened: Result<null>) => void = () => {};
    answer = () => new Promise((resolve) => (open = resolve));
    const served = commands();
    served.serve();
    await settled();
    const closing = served.close();
    open(succeed(null));
    await closing;
    expect(closed).toBe(1);
    clock.advance(120_000);
    served.look();
    await settled();
    expect(tries).toBe(1);
  });
});

describe('a command in the log', () => {
  test('has its name, its exit code and the stack of an error, but no word that a person typed', async () => {
    const terminal = new MemoryTerminal();
    expect(await commands().run(['status', '--server=Canary'], terminal)).toBe(1);
    expect(await commands().run(['canary'], terminal)).toBe(2);
    const stack = expect.stringMatching(/^TypeError: .+\n +at /) as string;
    const [status, unknown] = ['status', 'unknown'].map((event) => ({ area: 'commands', event, op: 1 }));
    expect(log.said).toEqual([
      { level: 'info', ...status, phase: 'start' },
      { level: 'error', area: 'commands', event: 'fault', stack },
      { level: 'warn', ...status, phase: 'failed', exitCode: 1, durationMs: 0 },
      { level: 'info', ...unknown, op: 2, phase: 'start' },
      { level: 'warn', ...unknown, op: 2, phase: 'failed', exitCode: 2, durationMs: 0 },
    ]);
    expect(log.text.toLowerCase()).not.toContain('canary');
  });
});
