import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { createFileLog as CreateFileLog } from '../../../../../src-main/adapters/disk/file-log.ts';

let folder: string;
let path: string;
/** Loads the log library again for each test, since it remembers its file and its size. */
let createFileLog: typeof CreateFileLog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'file-log-'));
  vi.resetModules();
  const fileLog = await import('../../../../../src-main/adapters/disk/file-log.ts');
  path = fileLog.logFile(folder);
  createFileLog = fileLog.createFileLog;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log file', () => {
  it('contains one JSON object per line, also for events before it was opened', async () => {
    const log = createFileLog(path);
    log.info('console', 'started', { version: '1.2.3' });
    await log.settle();
    log.error('window', 'call_failed', new Error('two\nlines, 100 %d %c'), { call: 'x' });
    expect(linesIn(path)).toEqual([
      expect.objectContaining({ level: 'info', area: 'console', event: 'started', version: '1.2.3' }),
      expect.objectContaining({ level: 'error', stack: expect.stringMatching(/^Error: two\nlines, 100 %d %c\n/) }),
    ]);
  });

  it('is renamed to console.old.log at 1 MiB and replaces the older one', async () => {
    const log = createFileLog(path);
    await log.settle();
    const detail = 'word '.repeat(4_000);
    for (let nth = 0; nth < 200; nth += 1) log.info('files', `in_use_${nth}`, { nth, detail });
    const old = join(dirname(path), 'console.old.log');
    for (const file of [path, old]) expect(statSync(file).size).toBeLessThan(1024 * 1024 + 40_000);
    const kept = [...linesIn(old), ...linesIn(path)].map(({ nth }) => nth as number);
    expect(kept.at(-1)).toBe(199);
    expect(kept).toEqual(kept.map((_nth, at) => 200 - kept.length + at));
    expect(kept[0]).toBeGreaterThan(0);
  });

  it.each([
    ['its folder is a file', () => writeFileSync(join(folder, 'logs'), '')],
    ['it is a folder', () => mkdirSync(path, { recursive: true })],
  ])('causes no exception and no output if it cannot be written, because %s', async (_why, spoil) => {
    spoil();
    const printed = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const log = createFileLog(path);
    log.info('console', 'started');
    await log.settle();
    log.warn('files', 'in_use');
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
