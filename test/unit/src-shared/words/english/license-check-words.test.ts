import { describe, expect, test } from 'vitest';
import { attentionsOf } from '../../../../../src-renderer/license/attention.ts';
import { type FailureCode, failureCodes, hasTrait } from '../../../../../src-shared/failure-codes.ts';
import type { CheckFinding } from '../../../../../src-shared/license/license-check.ts';
import { failure } from '../../../../../src-shared/result.ts';
import { words } from '../../../../../src-shared/words/words.ts';
import { consoleStateOf } from '../../../../gallery/console-states.ts';

const at = new Date(2026, 10, 26, 14, 5).getTime();
const date = { endsAt: at, date: '2028-03-31' };
const said = (finding: CheckFinding, nowAt = at) => words.check.said({ state: 'done', at, finding }, nowAt);
const saidOf = (code: FailureCode) => said({ kind: 'failed', failure: failure(code) });

describe('what a check found, in words', () => {
  test.each([
    [{ kind: 'unchanged', awaitsRenewal: true }, 'Checked at 14:05. The license has not been renewed yet.'],
    [{ kind: 'unchanged', awaitsRenewal: false }, 'Checked at 14:05. The license is unchanged.'],
    [{ kind: 'renewed', date }, 'The license was renewed. The new renewal date is 31 March 2028.'],
    [{ kind: 'renewed' }, 'The license was renewed. It no longer has a renewal date.'],
    [{ kind: 'date_changed', date }, 'Checked at 14:05. The renewal date has changed: 31 March 2028.'],
    [
      { kind: 'token_fresh', expiresAt: at + 3_600_000 },
      'Checked at 14:05. The console has a new license token. It expires on Thursday, 26 November 2026, 15:05.',
    ],
    [
      { kind: 'fields_changed', fields: ['features', 'hubUrl'] },
      'Checked at 14:05. The license has changed: Features, Hub Server URL.',
    ],
    [
      { kind: 'failed', failure: failure('network_unreachable') },
      'Could not check at 14:05: The Authorization server cannot be reached. Connect this server to the internet, then check again.',
    ],
  ] as const)('%j: %s', (finding, expected) => {
    expect(said(finding)).toBe(expected);
  });

  test('a check in progress', () => {
    expect(words.check.said({ state: 'checking' }, at)).toBe('Checking the license…');
  });

  test('on a later day it includes the day', () => {
    expect(said({ kind: 'unchanged', awaitsRenewal: false }, at + 86_400_000)).toBe(
      'Checked at 26 Nov, 14:05. The license is unchanged.',
    );
  });
});

describe('a check that failed', () => {
  test.each(failureCodes)('%s: says that the check failed, why, and a next step', (code) => {
    expect(saidOf(code)).toMatch(/^Could not check at 14:05: .+[.!?] (Connect|Wait|The message) .+\.$/);
    expect(saidOf(code)).toContain(words.failureWords(failure(code)).headline);
    expect(saidOf(code)).not.toContain('just now');
  });

  const ofRefresh = failureCodes.filter((code) => code !== 'clock_wrong' && code !== 'not_licensed');
  test.each(ofRefresh)('%s: "below" is a notice with the same reason', (code) => {
    const licensed = consoleStateOf('licensed');
    const keychain = hasTrait(code, 'keychain') ? failure(code) : null;
    const refresh = { ...licensed.refresh, lastFailure: failure(code), lastFailureAt: at };
    expect(attentionsOf({ ...licensed, keychain, refresh })).not.toEqual([]);
  });
});

test('a refresh a moment ago is not called "just now" next to a failure', () => {
  const refresh = { refreshing: false, lastRefreshedAt: at, nextRefreshAt: at + 3_600_000 };
  expect(words.license.refreshLine(refresh, at + 1_000)).toContain('just now');
  const failed = words.license.refreshLine({ ...refresh, lastFailure: failure('server_error') }, at + 1_000);
  expect(failed).toMatch(/^Refreshed at 14:05, /);
});
