import { describe, expect, test } from 'vitest';
import { justRemoved } from '../../../../src-renderer/license/removal-toast.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const said = (before: string, now: string): string | null => justRemoved(consoleStateOf(before), consoleStateOf(now));
const sentence = 'The license of Store 014 was removed. The authorization was ended at the Authorization server.';

describe('the toast about a removed license', () => {
  test('names the server and says what happened to the authorization', () => {
    expect(said('licensed', 'removed')).toBe(sentence);
    expect(said('removal-failed', 'removed')).toBe(sentence);
  });

  test.each(['removed-here-only', 'removed-nothing-to-revoke', 'removal-undone', 'removal-waits', 'removal-failed'])(
    'is not shown for %s: the page has a notice with the next action',
    (name) => {
      expect(said('licensed', name)).toBeNull();
    },
  );

  test('is shown once', () => {
    expect(said('removed', 'removed')).toBeNull();
  });

  test('is not shown for another server whose license was removed earlier', () => {
    const before = consoleStateOf('licensed');
    const other: ConsoleState = { ...before, profile: before.profile && { ...before.profile, id: 'profile-2' } };
    expect(justRemoved(other, consoleStateOf('removed'))).toBeNull();
  });

  test('is shown in no other state', () => {
    for (const name of Object.keys(consoleStates)) if (name !== 'removed') expect(said('licensed', name)).toBeNull();
  });
});
