import { describe, expect, test } from 'vitest';
import { toastStands } from '../../../../src-renderer/frame/toast.ts';
import type { ConsoleState } from '../../../../src-shared/console-state.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const later = (state: ConsoleState): ConsoleState => ({ ...state, revision: state.revision + 1 });
const stands = (since: string, now: string, failed = false): boolean =>
  toastStands({ said: 'Done.', failed, since: consoleStateOf(since) }, later(consoleStateOf(now)));

describe('with which page a toast may still be shown', () => {
  test.each(Object.keys(consoleStates))('%s: with the same page', (name) => {
    expect(stands(name, name)).toBe(true);
  });

  test.each([
    ['licensed', 'offline'],
    ['licensed', 'expired'],
    ['licensed', 'removal-failed'],
    ['removed', 'awaiting'],
    ['removed', 'licensed'],
    ['not-licensed', 'no-connection'],
  ])('from %s to %s: what worked is no longer said, a failure is', (since, now) => {
    expect(stands(since, now)).toBe(false);
    expect(stands(since, now, true)).toBe(true);
  });

  test('another server ends what was said of the one before', () => {
    const state = consoleStateOf('licensed');
    const other: ConsoleState = later({ ...state, profile: state.profile && { ...state.profile, id: 'profile-2' } });
    expect(toastStands({ said: 'Done.', failed: false, since: state }, other)).toBe(false);
  });

  test('a snapshot from before the toast ends nothing', () => {
    const before = consoleStateOf('licensed');
    const since = later(consoleStateOf('removed'));
    expect(toastStands({ said: 'Done.', failed: false, since }, before)).toBe(true);
  });

  test('without a snapshot nothing ends it', () => {
    expect(toastStands({ said: 'Done.', failed: false, since: null }, consoleStateOf('expired'))).toBe(true);
  });
});
