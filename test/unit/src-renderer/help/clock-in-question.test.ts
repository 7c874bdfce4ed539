import { expect, it } from 'vitest';
import { isClockInQuestion } from '../../../../src-renderer/help/clock-in-question.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import type { PreflightView } from '../../../../src-shared/support/preflight.ts';
import { failure } from '../../../../src-shared/result.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

const quiet = consoleStateOf('not-licensed');
const dates = failure('certificate_date_invalid');
const checked = (...results: PreflightView['results']): PreflightView => ({
  askedBy: 'console',
  state: 'done',
  results,
});

it.each<[string, Partial<ConsoleState>, boolean]>([
  ['nothing', {}, false],
  ['a wrong clock', { clock: { state: 'wrong', localAt: 0, trustedAt: 1 } }, true],
  ['a clock in doubt', { clock: { state: 'right', doubt: { localAt: 0, trustedAt: 1 } } }, true],
  ['a check that found the clock wrong', { preflight: checked({ check: 'clock', state: 'failed', says: [] }) }, true],
  [
    'a check of the clock without a finding',
    { preflight: checked({ check: 'clock', state: 'skipped', says: [] }) },
    false,
  ],
  [
    'a check of a certificate that leads to the clock',
    { preflight: checked({ check: 'certificate', state: 'failed', says: [], failure: dates }) },
    true,
  ],
  ['a server that cannot be reached for a date', { connection: { state: 'offline', failure: dates } }, true],
  [
    'a server that cannot be reached for another reason',
    { connection: { state: 'offline', failure: failure('network_unreachable') } },
    false,
  ],
  ['an acquisition that failed for a date', { acquisition: { state: 'failed', failure: dates } }, true],
  ['a refresh that failed for a date', { refresh: { ...quiet.refresh, lastFailure: dates } }, true],
  [
    "a laptop's clock that differs",
    {
      laptop: {
        state: 'paired',
        profileId: 'p',
        address: 'a',
        words: ['a', 'b', 'c'],
        endsAt: 0,
        way: 'unconfirmed',
        clockAheadMs: 3_600_000,
      },
    },
    true,
  ],
])('whether the clock is in question after %s', (_name, part, isIt) => {
  expect(isClockInQuestion({ ...quiet, preflight: null, ...part })).toBe(isIt);
});
