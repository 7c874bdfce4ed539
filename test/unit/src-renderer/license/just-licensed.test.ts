import { array, assert, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attentionsOf } from '../../../../src-renderer/license/attention.ts';
import { type AcquisitionStory, continueStory, noStory } from '../../../../src-renderer/license/just-licensed.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import { shownStatus } from '../../../../src-shared/license/shown-status.ts';
import { statusTone } from '../../../../src-shared/license/status-tone.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const names = Object.keys(consoleStates);
const follow = (states: readonly ConsoleState[]): AcquisitionStory =>
  states.reduce((story, state) => continueStory(story, state), noStory);
const after = (...walk: string[]): boolean => follow(walk.map(consoleStateOf)).licensedIn !== null;
const onOtherServer = (state: ConsoleState): ConsoleState => ({
  ...state,
  profile: state.profile && { ...state.profile, id: 'profile-2' },
});

describe('the note that the steps just ended in a license', () => {
  test('is shown after the last step', () => {
    expect(after('not-licensed', 'requesting-code', 'awaiting', 'storing', 'licensed')).toBe(true);
  });

  test('is not shown at a start with a license, after a cancel, or if the old license is kept', () => {
    expect(after('licensed')).toBe(false);
    expect(after('not-licensed', 'awaiting', 'not-licensed')).toBe(false);
    expect(after('expired', 'expired-reacquiring', 'expired')).toBe(false);
  });

  test('is no longer shown once new steps begin', () => {
    expect(after('awaiting', 'licensed', 'expired-reacquiring')).toBe(false);
  });

  test.each(['expired', 'requires-renewal', 'token-expired', 'keychain-locked', 'clock-wrong', 'everything-wrong'])(
    'is not shown for a license that is %s at once',
    (name) => {
      expect(after('awaiting', name)).toBe(false);
    },
  );

  test('does not come back after it ended', () => {
    expect(after('awaiting', 'licensed', 'offline', 'licensed')).toBe(false);
    expect(after('awaiting', 'licensed', 'requires-renewal', 'licensed')).toBe(false);
  });

  test('ends when another server is shown, even in the middle of the steps', () => {
    const [awaiting, licensed] = [consoleStateOf('awaiting'), consoleStateOf('licensed')];
    expect(follow([awaiting, licensed, onOtherServer(licensed)]).licensedIn).toBeNull();
    expect(follow([awaiting, onOtherServer(licensed)]).licensedIn).toBeNull();
    expect(follow([awaiting, licensed, onOtherServer(licensed), licensed]).licensedIn).toBeNull();
  });

  test('is shown after any sequence of states only with a good status, without a warning, and after steps', () => {
    const step = record({ name: constantFrom(...names), other: boolean() });
    assert(
      property(array(step, { maxLength: 8 }), (walk) => {
        const states = walk.map(({ name, other }) =>
          other ? onOtherServer(consoleStateOf(name)) : consoleStateOf(name),
        );
        const { licensedIn } = follow([consoleStateOf('awaiting'), consoleStateOf('licensed'), ...states]);
        if (licensedIn === null) return;
        const last = states.at(-1) ?? licensedIn;
        expect(statusTone(shownStatus(last), last.license)).toBe('good');
        expect(attentionsOf(last).filter(({ tone }) => tone !== 'info')).toEqual([]);
        expect(last.acquisition.state).toBe('idle');
        expect(last.profile?.id).toBe(licensedIn.profile?.id);
      }),
      { numRuns: 2000 },
    );
  });
});
