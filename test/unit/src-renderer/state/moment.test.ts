import { describe, expect, test } from 'vitest';
import { endsMoment } from '../../../../src-renderer/state/moment.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import { shownStatus } from '../../../../src-shared/license/shown-status.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const names = Object.keys(consoleStates);
const ends = (since: string, now: string): boolean => endsMoment(consoleStateOf(since), consoleStateOf(now));

describe('a temporary message', () => {
  test.each([
    ['a new license', 'licensed', 'expired'],
    ['a new license', 'licensed', 'requires-renewal'],
    ['a new license', 'licensed', 'token-expired'],
    ['a new license', 'licensed', 'offline'],
    ['a new license', 'licensed', 'keychain-locked'],
    ['a new license', 'licensed', 'clock-wrong'],
    ['a new license', 'licensed', 'clock-in-doubt'],
    ['a new license', 'licensed', 'authorize-again'],
    ['a new license', 'licensed', 'removal-failed'],
    ['a new license', 'licensed', 'not-licensed'],
    ['a code', 'awaiting', 'awaiting-digits-trouble'],
    ['a code', 'awaiting', 'storing'],
    ['a code', 'awaiting', 'denied'],
    ['a code', 'awaiting', 'code-expired'],
    ['a code', 'awaiting', 'not-licensed'],
    ['a code', 'awaiting', 'pane-hangs'],
    ['a start', 'not-licensed', 'no-connection'],
  ])('ends after %s, at the change from %s to %s', (_what, since, now) => {
    expect(ends(since, now)).toBe(true);
  });

  test.each([
    ['licensed', 'two-servers'],
    ['licensed', 'history-calm'],
    ['licensed', 'closing'],
    ['token-expired', 'token-expired'],
    ['not-licensed', 'not-licensed-pane-closed'],
  ])('stays at a change that means nothing new to a person: from %s to %s', (since, now) => {
    expect(ends(since, now)).toBe(false);
  });

  test.each(names)('lasts in the state %s while nothing changes, and ends with its server', (name) => {
    const state = consoleStateOf(name);
    expect(endsMoment(state, structuredClone(state))).toBe(false);
    const other: ConsoleState = { ...state, profile: { ...profile, id: 'profile-2' } };
    expect(endsMoment(state, other)).toBe(true);
  });

  test('stays when a problem is solved', () => {
    expect(ends('offline', 'licensed')).toBe(false);
    expect(ends('keychain-locked', 'licensed')).toBe(false);
  });

  test('ends at every change of the shown status', () => {
    for (const since of names)
      for (const now of names)
        if (shownStatus(consoleStateOf(since)) !== shownStatus(consoleStateOf(now)))
          expect([since, now, ends(since, now)]).toEqual([since, now, true]);
  });
});

const profile = consoleStateOf('licensed').profile as NonNullable<ConsoleState['profile']>;
