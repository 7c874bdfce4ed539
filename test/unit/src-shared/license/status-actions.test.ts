import { describe, expect, test } from 'vitest';
import { attentionsOf } from '../../../../src-renderer/license/attention.ts';
import { statusActions } from '../../../../src-shared/license/status-actions.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const actionsOf = (name: string) => statusActions(consoleStateOf(name));
const open = 'open_server';

describe('the buttons next to the License Status', () => {
  test.each([
    ['not-licensed', []],
    ['licensed', ['check']],
    ['requires-renewal', [open, 'check']],
    ['requires-renewal-pane', ['check']],
    ['expired', ['reacquire', 'check']],
    ['expired-reacquiring', []],
    ['clock-in-doubt-expired', ['check']],
    ['cannot-renew', []],
    ['check-failed', ['check']],
  ])('%s: %j', (name, acts) => {
    expect(actionsOf(name).map(({ act }) => act)).toEqual(acts);
  });

  test.each([
    ['licensed', undefined],
    ['offline', undefined],
    ['token-expires-soon', 'check'],
    ['token-expired', 'check'],
    ['token-expired-refused', undefined],
    ['clock-in-doubt', 'check'],
    ['clock-in-doubt-expired', 'check'],
    ['clock-wrong', undefined],
    ['keychain-locked', undefined],
    ['authorize-again', undefined],
    ['requires-renewal', open],
    ['requires-renewal-pane', 'check'],
    ['expired', 'reacquire'],
    ['everything-wrong', 'reacquire'],
  ])('%s: the next action is %s', (name, act) => {
    expect(actionsOf(name).find(({ look }) => look === 'primary')?.act).toBe(act);
  });

  test.each(Object.keys(consoleStates))('%s: at most one next action, which comes first', (name) => {
    const looks = actionsOf(name).map(({ look }) => look);
    expect(looks.slice(1)).not.toContain('primary');
  });

  test.each(Object.keys(consoleStates))('%s: a notice that asks for a connection is below the check', (name) => {
    const state = consoleStateOf(name);
    const [first] = attentionsOf(state);
    const asks = first?.kind === 'token_expired' || first?.kind === 'token_expires_soon';
    if (asks && first.needsConnection && state.acquisition.state === 'idle')
      expect(actionsOf(name)).toContainEqual({ act: 'check', look: 'primary' });
  });
});
