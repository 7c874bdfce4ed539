import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logAtOnce, logFile } from '../../../../src-main/adapters/disk/file-log.ts';
import { endFailedStart, type LastWords } from '../../../../src-main/start/failed-start.ts';
import { failure } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

/** A start that fails, and what it reports, in order. */
function failing(changes: Partial<LastWords> = {}) {
  const said: unknown[][] = [];
  const timer = new HandTimer(new FakeClock());
  const last: LastWords = {
    hasScreen: true,
    timer,
    failure: failure('console_not_started'),
    thrown: 'Error: no\n at main.js:1:2',
    writeError: (text) => void said.push(['error', text]),
    writeLog: (...line) => void said.push(['log', ...line]),
    leavePlace: () => void said.push(['leaves']),
    ready: () => Promise.resolve(),
    showBox: (...box) => void said.push(['box', ...box]),
    exit: (code) => void said.push(['exit', code]),
    ...changes,
  };
  return { said, timer, ended: endFailedStart(last), kinds: () => said.map(([kind]) => kind) };
}
const refuse = (): never => {
  throw new Error('refused');
};

describe('a start that fails', () => {
  it('prints the reason, logs it, releases its lock, shows a box and ends with an exit code', async () => {
    const { said, ended, timer } = failing();
    await ended;
    expect(said).toEqual([
      [
        'error',
        expect.stringMatching(
          /^Error: no\n at main\.js:1:2\n.+could not start\. .+ \(console_not_started\)\n.+--save=.+\n$/,
        ),
      ],
      ['log', 'console_not_started', undefined],
      ['leaves'],
      [
        'box',
        'Fusion License Console could not start',
        expect.stringMatching(/license is kept.+diagnose --save=.+\n\nCode console_not_started$/s),
      ],
      ['exit', 1],
    ]);
    expect(timer.count).toBe(0);
  });

  it('does not name the diagnostics if only the command line is wrong', async () => {
    const { said, ended } = failing({ failure: failure('switch_refused', { facts: { names: '--x' } }) });
    await ended;
    expect(JSON.stringify(said)).not.toContain('--save');
  });

  it('shows no box without a screen', async () => {
    const { ended, kinds } = failing({ hasScreen: false });
    await ended;
    expect(kinds()).toEqual(['error', 'log', 'leaves', 'exit']);
  });

  it.each(['writeError', 'writeLog', 'leavePlace', 'showBox', 'ready'] as const)(
    'ends even if %s throws',
    async (step) => {
      const { said, ended } = failing({ [step]: refuse });
      await ended;
      expect(said.at(-1)).toEqual(['exit', 1]);
      expect(said).toHaveLength(4);
    },
  );

  it('ends after 10 seconds without a box if the runtime never becomes ready', async () => {
    const { timer, ended, kinds } = failing({ ready: () => new Promise(() => {}) });
    await timer.advance(9_999);
    expect(kinds()).toEqual(['error', 'log', 'leaves']);
    await timer.advance(1);
    await ended;
    expect(kinds()).toEqual(['error', 'log', 'leaves', 'exit']);
  });
});

describe('the log line of a failed start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'failed-start-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is one line, added to the log, without possible tokens', () => {
    const path = logFile(folder);
    for (const stack of ['Error: no\n at main.js:1:2', `Error: ${'eyJ0eXAi'.repeat(9)}`])
      logAtOnce(path, 'error', 'console_not_started', { stack });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    const line = { level: 'error', area: 'console', event: 'console_not_started' };
    expect(lines.map((text) => JSON.parse(text) as unknown)).toEqual(
      ['Error: no\n at main.js:1:2', 'Error: [removed]'].map((stack) => expect.objectContaining({ ...line, stack })),
    );
  });

  it('causes an exception if it cannot be written', () => {
    writeFileSync(join(folder, 'logs'), '');
    expect(() => logAtOnce(logFile(folder), 'error', 'x', {})).toThrow('EEXIST');
  });
});
