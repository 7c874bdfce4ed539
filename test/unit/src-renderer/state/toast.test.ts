import { describe, expect, test } from 'vitest';
import { toastStands } from '../../../../src-renderer/state/toast.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const later = (state: ConsoleState): ConsoleState => ({ ...state, revision: state.revision + 1 });
const stands = (since: string, now: string, failed = false): boolean =>
  toastStands({ said: 'Done.', failed, since: consoleStateOf(since) }, later(consoleStateOf(now)));

describe('a toast', () => {
  test.each(Object.keys(consoleStates))('stays with the same page: %s', (name) => {
    expect(stands(name, name)).toBe(true);
  });

  test.each([
    ['licensed', 'offline'],
    ['licensed', 'expired'],
    ['licensed', 'removal-failed'],
    ['removed', 'awaiting'],
    ['removed', 'licensed'],
    ['not-licensed', 'no-connection'],
  ])('ends from %s to %s if it reports a success, and stays if it reports a failure', (since, now) => {
    expect(stands(since, now)).toBe(false);
    expect(stands(since, now, true)).toBe(true);
  });

  test('ends when another server is shown', () => {
    const state = consoleStateOf('licensed');
    const other: ConsoleState = later({ ...state, profile: state.profile && { ...state.profile, id: 'profile-2' } });
    expect(toastStands({ said: 'Done.', failed: false, since: state }, other)).toBe(false);
  });

  test('stays at a snapshot from before it', () => {
    const before = consoleStateOf('licensed');
    const since = later(consoleStateOf('removed'));
    expect(toastStands({ said: 'Done.', failed: false, since }, before)).toBe(true);
  });

  test('stays without a snapshot', () => {
    expect(toastStands({ said: 'Done.', failed: false, since: null }, consoleStateOf('expired'))).toBe(true);
  });
});
