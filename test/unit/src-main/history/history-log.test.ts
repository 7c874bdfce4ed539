import { beforeEach, describe, expect, it } from 'vitest';
import { historyGenerationBytes, HistoryLog } from '../../../../src-main/history/history-log.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { retryDelayMs } from '../../../../src-main/refresh/refresh-schedule.ts';
import { everyEvent } from '../../../fakes/every-event.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { hearTwice } from '../../../fakes/heard-date.ts';
import { MemoryLineFile } from '../../../fakes/memory-line-file.ts';

const removed = { kind: 'removed', revoked: true } as const;
const failed = { kind: 'refresh_failed', code: 'network_unreachable' } as const;
let clock: FakeClock;
let trustedTime: TrustedTime;
let files: Map<string, MemoryLineFile>;
let changes: number;
let log: HistoryLog;

/** The file of a server, made at its first use. */
function fileOf(name: string): MemoryLineFile {
  const file = files.get(name) ?? new MemoryLineFile();
  files.set(name, file);
  return file;
}

function startLog(): HistoryLog {
  return new HistoryLog({
    open: fileOf,
    trustedTime,
    onAppended: () => {
      changes += 1;
    },
  });
}

beforeEach(() => {
  clock = new FakeClock();
  trustedTime = new TrustedTime(clock);
  files = new Map();
  changes = 0;
  log = startLog();
});

describe('the history of a server', () => {
  it('is deleted when the server is forgotten, also what waits to be written; the others stay', () => {
    for (const id of ['p1', 'p2']) log.append(id, removed);
    fileOf('history.p1').full = true;
    log.append('p1', removed);
    fileOf('history.p1').full = false;
    expect(log.forget('p1')).toBe(true);
    expect(log.read('p1').entries).toEqual([]);
    expect(log.read('p2').entries).toHaveLength(1);
    fileOf('history.p2').withheld = true;
    expect(log.forget('p2')).toBe(false);
  });

  it('holds what was appended, oldest first, also after a restart', () => {
    for (const event of everyEvent) log.append('p1', event);
    const kept = startLog().read('p1');
    expect(kept.entries.map(({ event }) => event)).toEqual(everyEvent);
    expect(kept).toMatchObject({ skipped: 0, readable: true });
  });

  it('is separate from that of another server', () => {
    log.append('p1', removed);
    log.append('p2', failed);
    expect(log.read('p1').entries).toEqual([{ at: clock.realAt, event: removed }]);
    expect([...files.keys()]).toEqual(['history.p1', 'history.p2']);
  });

  it('raises its revision and reports every entry', () => {
    expect(log.revision).toBe(0);
    log.append('p1', removed);
    log.append('p2', removed);
    expect(log.revision).toBe(2);
    expect(changes).toBe(2);
  });

  it('has trusted time, and the computer’s time only if its clock was wrong', () => {
    hearTwice(trustedTime, clock.realAt);
    log.append('p1', removed);
    clock.wallErrorMs = 60_000;
    log.append('p1', removed);
    clock.wallErrorMs = -366 * 86_400_000;
    log.append('p1', removed);
    const { realAt } = clock;
    expect(log.read('p1').entries).toEqual([
      { at: realAt, event: removed },
      { at: realAt + 60_000, event: removed },
      { at: realAt, wallAt: realAt - 366 * 86_400_000, event: removed },
    ]);
  });
});

describe('weeks without a connection', () => {
  it('fit into one of the two files, together with what came before: 90 days of tries at their usual pace', () => {
    const endsAt = clock.realAt + 90 * 86_400_000;
    log.append('p1', removed);
    for (let failures = 1, seed = 1; clock.realAt < endsAt; failures += 1) {
      seed = (seed * 16_807) % 2_147_483_647;
      clock.advance(retryDelayMs(failures, seed / 2_147_483_647));
      log.append('p1', failed);
    }
    const { lines } = fileOf('history.p1');
    console.log(
      `90 days offline: ${lines.length} lines, ${lines.join('\n').length} of ${historyGenerationBytes} bytes`,
    );
    expect(lines.length).toBeGreaterThan(4000);
    expect(lines.join('\n').length).toBeLessThan(historyGenerationBytes);
    expect(log.read('p1').entries[0]?.event).toEqual(removed);
  });
});

describe('damaged lines of the history', () => {
  it('are skipped and counted, and remain in the file', () => {
    log.append('p1', failed);
    const file = fileOf('history.p1');
    file.lines.push('{"version":1,"at":17', '\0\0\0', '[]', 'junk');
    log.append('p1', removed);
    const kept = startLog().read('p1');
    expect(kept.entries.map(({ event }) => event)).toEqual([failed, removed]);
    expect(kept.skipped).toBe(4);
    expect(file.lines).toHaveLength(6);
  });
});

describe('a full disk', () => {
  it('causes no exception, and the entries are shown while they wait', () => {
    const file = fileOf('history.p1');
    log.append('p1', failed);
    file.full = true;
    log.append('p1', removed);
    log.append('p1', failed);
    expect(file.lines).toHaveLength(1);
    expect(log.read('p1').entries.map(({ event }) => event)).toEqual([failed, removed, failed]);
    expect(log.revision).toBe(3);
  });

  it('gets the entries in their order once there is space again', () => {
    const file = fileOf('history.p1');
    file.full = true;
    log.append('p1', failed);
    log.append('p1', removed);
    file.full = false;
    log.append('p1', failed);
    expect(file.lines).toHaveLength(3);
    expect(
      startLog()
        .read('p1')
        .entries.map(({ event }) => event),
    ).toEqual([failed, removed, failed]);
  });

  it('keeps only the last 200 of 1,000 entries waiting in memory', () => {
    const file = fileOf('history.p1');
    file.full = true;
    for (let count = 0; count < 1000; count += 1) log.append('p1', failed);
    expect(log.read('p1').entries).toHaveLength(200);
    expect(file.offered).toBeLessThanOrEqual(1001);
  });

  it('is different from an unreadable file, which is reported as such', () => {
    log.append('p1', failed);
    fileOf('history.p1').withheld = true;
    expect(log.read('p1')).toEqual({ entries: [], skipped: 0, readable: false });
  });
});
