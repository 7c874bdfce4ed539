import { describe, expect, test } from 'vitest';
import { attentionsOf } from '../../../src-renderer/license/attention.ts';
import { consoleStateOf } from '../../gallery/console-states.ts';

describe('what deserves attention, most urgent first', () => {
  test.each([
    ['not-licensed', []],
    ['licensed', []],
    ['requires-renewal', []],
    ['expired', []],
    ['offline', ['offline']],
    ['token-expires-soon', ['token_expires_soon']],
    ['token-expired', ['token_expired']],
    ['authorize-again', ['authorize_again']],
    ['clock-wrong', ['clock_wrong']],
    ['keychain-locked', ['keychain']],
    ['keychain-missing', ['keychain']],
    ['keychain-locked-not-licensed', []],
    ['without-xms', ['without_xms']],
    ['everything-wrong', ['clock_wrong', 'keychain', 'token_expired']],
  ])('%s: %j', (name, kinds) => {
    expect(attentionsOf(consoleStateOf(name)).map(({ kind }) => kind)).toEqual(kinds);
  });
});
