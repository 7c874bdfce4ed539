import { describe, expect, test } from 'vitest';
import { causesOf } from '../../../../src-main/notifications/notification-causes.ts';
import { attentionsOf } from '../../../../src-renderer/license/attention.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';
import { type ConsoleStateName, consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

function after(state: ConsoleStateName, code: FailureCode) {
  const { refresh, ...rest } = consoleStateOf(state);
  return attentionsOf({ ...rest, refresh: { ...refresh, lastFailure: failure(code) } });
}

describe('the attention list of the License page, most urgent first', () => {
  test.each([
    ['not-licensed', []],
    ['licensed', []],
    ['requires-renewal', []],
    ['expired', []],
    ['offline', ['offline']],
    ['token-expires-soon', ['token_expires_soon']],
    ['token-expired', ['token_expired']],
    ['token-expires-soon-refused', ['refresh_failed', 'token_expires_soon']],
    ['token-expired-refused', ['refresh_failed', 'token_expired']],
    ['authorize-again', ['authorize_again']],
    ['cannot-renew', ['cannot_renew']],
    ['cannot-renew-soon', ['cannot_renew']],
    ['cannot-renew-ended', ['cannot_renew']],
    ['clock-wrong', ['clock_wrong']],
    ['clock-in-doubt', ['clock_in_doubt']],
    ['clock-in-doubt-expired', ['clock_in_doubt']],
    ['clock-unconfirmed', ['clock_unconfirmed']],
    ['clock-unconfirmed-soon', ['clock_unconfirmed']],
    ['clock-unconfirmed-elsewhere', ['clock_unconfirmed']],
    ['keychain-locked', ['keychain']],
    ['keychain-missing', ['keychain']],
    ['keychain-full', ['keychain']],
    ['keychain-password-changed', ['keychain']],
    ['keychain-changed-backend', ['keychain']],
    ['keychain-full-not-licensed', []],
    ['tokens-missing', ['keychain']],
    ['keychain-locked-not-licensed', []],
    ['without-xms', ['without_xms']],
    ['everything-wrong', ['clock_wrong', 'keychain', 'token_expired']],
  ])('is for %s: %j', (name, kinds) => {
    expect(attentionsOf(consoleStateOf(name)).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('starts with a refusal of the server, and then asks for no connection', () => {
    const found = attentionsOf(consoleStateOf('token-expired-refused'));
    expect(found).toMatchObject([
      { tone: 'critical', failure: { code: 'token_audience_mismatch' } },
      { needsConnection: false, failure: null },
    ]);
  });

  test.each([
    'network_unreachable',
    'request_timeout',
    'captive_portal',
    'proxy_refused',
    'certificate_untrusted',
    'certificate_date_invalid',
    'certificate_invalid',
    'unexpected_content',
  ] as const)('does not ask to act on %s while the token is valid', (code) => {
    expect(after('licensed', code)).toMatchObject([{ kind: 'offline', tone: 'info' }]);
  });

  const answered = ['server_error', 'too_many_requests', 'response_invalid', 'signing_keys_unavailable'] as const;

  test.each(answered)('%s: the server answered, so there is no talk of a missing connection', (code) => {
    expect(after('licensed', code)).toMatchObject([{ kind: 'server_trouble', tone: 'info', failure: { code } }]);
    for (const state of ['token-expires-soon', 'token-expired'] as const)
      expect(after(state, code)).toMatchObject([{ needsConnection: false, failure: { code } }]);
    expect(after('token-expired', 'network_unreachable')).toMatchObject([{ needsConnection: true }]);
  });

  test.each(Object.keys(consoleStates))('has the same tone as the notifications for the same cause: %s', (name) => {
    const state = consoleStateOf(name);
    const { serverName = '', edition = 'store', id: profileId = '' } = state.profile ?? {};
    const told = causesOf({ ...state, profileId, serverName, edition, judgedAt: 0, localApi: null });
    const kinds = { keychain_trouble: 'keychain', refresh_refused: 'refresh_failed' } as const;
    const shown = new Map(attentionsOf(state).map(({ kind, tone }) => [kind as string, tone]));
    for (const { cause, tone } of told.filter((one) => !one.cause.startsWith('renewal')))
      expect([cause, shown.get(cause in kinds ? kinds[cause as keyof typeof kinds] : cause)]).toEqual([cause, tone]);
  });
});
