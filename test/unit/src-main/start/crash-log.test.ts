import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const { app, place } = vi.hoisted(() => ({ app: { listeners: {} as EventEmitter }, place: { folder: '' } }));
vi.mock('electron', () => ({
  app: {
    getPath: () => place.folder,
    on: (name: string, listener: (...args: unknown[]) => void) => app.listeners.on(name, listener),
  },
}));

beforeEach(async () => {
  place.folder = mkdtempSync(join(tmpdir(), 'crash-log-'));
  app.listeners = new EventEmitter();
  vi.resetModules();
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(place.folder, { recursive: true, force: true });
});

const crashLog = () => import('../../../../src-main/start/crash-log.ts');
const lines = () =>
  readFileSync(join(place.folder, 'logs', 'console.log'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('the end of a process is logged, except a clean exit, and is not an error if the console killed it', async () => {
  const onProcess = vi.spyOn(process, 'on').mockReturnValue(process);
  (await crashLog()).logCrashes();
  expect(onProcess.mock.calls.map(([name]) => name)).toEqual(['unhandledRejection']);
  const page = (url: string) => ({ getURL: () => url });
  app.listeners.emit('render-process-gone', {}, page('fusion-console://app/'), { reason: 'crashed', exitCode: 11 });
  app.listeners.emit('render-process-gone', {}, page('https://auth.example/'), { reason: 'killed', exitCode: 9 });
  app.listeners.emit('child-process-gone', {}, { type: 'Utility', name: 'Keychain', reason: 'oom', exitCode: 1 });
  app.listeners.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 });
  const gone = { area: 'console', event: 'process_gone' };
  expect(lines()).toEqual([
    expect.objectContaining({
      ...gone,
      level: 'error',
      type: 'page',
      name: 'console',
      reason: 'crashed',
      exitCode: 11,
    }),
    expect.objectContaining({ ...gone, level: 'info', type: 'page', name: 'pane', reason: 'killed' }),
    expect.objectContaining({ ...gone, level: 'error', type: 'Utility', name: 'Keychain', reason: 'oom' }),
  ]);
});

it('an uncaught error goes to standard error and the log, which gets at most 50 equal lines', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { noteUncaught } = await crashLog();
  for (let nth = 0; nth < 200; nth += 1) noteUncaught('uncaught_exception', new Error('broken'));
  expect(written).toHaveBeenCalledTimes(200);
  expect(lines()).toHaveLength(50);
  const stack = expect.stringMatching(/^Error: broken\n +at /) as string;
  expect(lines()[0]).toMatchObject({ level: 'error', event: 'uncaught_exception', stack });
});
