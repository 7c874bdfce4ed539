import { describe, expect, it } from 'vitest';
import type { ConsoleState } from '../../../../../src-shared/window/console-state.ts';
import type { CheckResult, PreflightView } from '../../../../../src-shared/support/preflight.ts';
import { handoverWords } from '../../../../../src-shared/words/handover-words.ts';
import { type consoleStates, consoleStateOf } from '../../../../gallery/console-states.ts';

function offlineIn(state: keyof typeof consoleStates): string {
  const { license }: ConsoleState = consoleStateOf(state);
  return license ? handoverWords.offline(license) : '';
}

describe('how long the server can be offline', () => {
  it('is until the token ends, and longer after each connection', () => {
    expect(offlineIn('licensed')).toMatch(
      /^This server can be offline until Sunday, 29 November 2026, \d\d:\d\d\. Every connection to the internet extends this, up to the License Renewal Date\.$/,
    );
  });

  it('is until the License Renewal Date if that comes first, which no connection extends', () => {
    const { license }: ConsoleState = consoleStateOf('licensed');
    if (!license) expect.unreachable();
    const renewalDate = { endsAt: license.details.tokenExpiresAt - 1, date: '2026-11-28' };
    const said = handoverWords.offline({ ...license, details: { ...license.details, renewalDate } });
    expect(said).toBe('This server can be offline until 28 November 2026. Renew the license by then.');
  });

  it('is not promised if the license or its token has expired', () => {
    expect(offlineIn('token-expired')).toBe('The license token has expired. Connect this server to the internet.');
    expect(offlineIn('expired')).toBe('The license has expired. It must be removed and re-acquired.');
  });

  it('names no renewal date if there is none', () => {
    const { license }: ConsoleState = consoleStateOf('licensed');
    if (!license) expect.unreachable();
    const { renewalDate: _left, ...details } = license.details;
    expect(handoverWords.offline({ ...license, details })).toMatch(/extends this\.$/);
  });
});

describe('what the checks found', () => {
  const result = (state: CheckResult['state'], check: CheckResult['check'] = 'clock'): CheckResult => ({
    check,
    state,
    says: [`It is ${state}.`],
  });
  const done = (...results: CheckResult[]): PreflightView => ({ askedBy: 'person', state: 'done', results });

  it('are “not checked” until a run has ended', () => {
    expect(handoverWords.checks(null)).toEqual(['Not checked.']);
    expect(handoverWords.checks({ askedBy: 'person', state: 'running', results: [result('ok')] })).toEqual([
      'Not checked yet.',
    ]);
    for (const state of ['cancelled', 'failed'] as const)
      expect(handoverWords.checks({ askedBy: 'person', state, results: [result('ok')] })[0]).toMatch(/^Not checked: /);
  });

  it('are what works, and at most four things that do not', () => {
    expect(handoverWords.checks(done(result('ok'), result('skipped', 'keys')))).toEqual([
      'Nothing is wrong.',
      'These work: Clock.',
    ]);
    expect(handoverWords.checks(done(result('failed'), result('ok', 'storage')))).toEqual([
      '1 of 2 needs attention.',
      'Clock: It is failed.',
      'These work: Disk.',
    ]);
    const many = handoverWords.checks(done(...Array.from({ length: 9 }, () => result('attention'))));
    expect([many[0], many.length, many.at(-1)]).toEqual(['9 of 9 need attention.', 6, 'And 5 more.']);
  });

  it('have their time', () => {
    expect(handoverWords.checks({ ...done(result('ok')), endedAt: Date.UTC(2026, 10, 26, 11, 5) })[0]).toMatch(
      /^Nothing is wrong\. Checked 26 Nov 2026, \d\d:\d\d\.$/,
    );
  });
});
