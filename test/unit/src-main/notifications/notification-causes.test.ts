import { describe, expect, test } from 'vitest';
import { alertsOf, causesOf } from '../../../../src-main/notifications/notification-causes.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { levelOf } from '../../../../src-main/notifications/notification-rules.ts';
import { actionOf, alertCauses } from '../../../../src-shared/notifications/alert.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { localApiTrouble } from '../../../../src-shared/registers/local-api-view.ts';
import { failure } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { apiTrouble, standing } from '../../../fakes/standing.ts';

const at = Date.parse('2026-03-10T12:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const endingIn = (ms: number) => ({ details: { renewalDate: { endsAt: at + ms } } });
const tokenEndingIn = (ms: number) => ({ details: { tokenIssuedAt: at - 9 * day, tokenExpiresAt: at + ms } });
const lastFailure = (code: FailureCode) => ({ refresh: { refreshing: false, lastFailure: failure(code) } });
const withoutRefreshToken = { refresh: { refreshing: false, withoutRefreshToken: true } } as const;
/** The computer was paused offline: its clock is ahead of the time at which the license is evaluated, and no server answers. */
const ahead = (ms: number) =>
  ({ clock: { state: 'right', doubt: { localAt: at + ms, trustedAt: at, unanswered: true } } }) as const;
const wrongClock = { clock: { state: 'wrong', localAt: at - 400 * day, trustedAt: at } } as const;

describe('the causes of a notification', () => {
  test.each([
    ['none, while all is well', {}, []],
    ['none, without a license', { licensed: false, keychain: failure('secret_store_locked') }, []],
    ['none, while only the connection is missing', lastFailure('network_unreachable'), []],
    ['the renewal date comes near', endingIn(29 * day), ['renewal_near']],
    ['the renewal date has passed', endingIn(-1), ['renewal_expired']],
    ['a third of the token is left', tokenEndingIn(2 * day), ['token_expires_soon']],
    ['the token has expired', tokenEndingIn(-1), ['token_expired']],
    ['the authorization is gone', lastFailure('invalid_grant'), ['authorize_again']],
    [
      'the authorization is gone, and the token too',
      { ...lastFailure('invalid_grant'), ...tokenEndingIn(-1) },
      ['authorize_again'],
    ],
    ['no refresh token was issued, and the token is fine', withoutRefreshToken, []],
    [
      'no refresh token was issued, and a third of the token is left',
      { ...withoutRefreshToken, ...tokenEndingIn(2 * day) },
      ['cannot_renew'],
    ],
    [
      'no refresh token was issued, and the token has expired',
      { ...withoutRefreshToken, ...tokenEndingIn(-1) },
      ['cannot_renew'],
    ],
    ['the client is refused', lastFailure('invalid_client'), ['refresh_refused']],
    ['the client may not do that', lastFailure('unauthorized_client'), ['refresh_refused']],
    ['the clock is wrong', wrongClock, ['clock_wrong']],
    [
      'none, if a renewal date has passed only by a time in doubt',
      { ...endingIn(-1), clock: { state: 'right', doubt: { localAt: at - day, trustedAt: at } } } as const,
      [],
    ],
    [
      'a renewal date that has passed by this clock as well',
      { ...endingIn(-1), clock: { state: 'right', doubt: { localAt: at, trustedAt: at + day } } } as const,
      ['renewal_expired'],
    ],
    [
      'none, if the token has expired by a clock that a server was not asked about yet',
      { clock: { state: 'right', doubt: { localAt: at + 10 * day, trustedAt: at } } } as const,
      [],
    ],
    ['the token has expired by a clock that no server confirms', ahead(10 * day), ['clock_unconfirmed']],
    ['the token expires soon by such a clock', ahead(8 * day), ['clock_unconfirmed']],
    [
      'the renewal date has passed by such a clock',
      { ...endingIn(2 * day), ...ahead(3 * day) },
      ['renewal_near', 'clock_unconfirmed'],
    ],
    ['none, if nothing ends by such a clock', ahead(day), []],
    [
      'the token has expired by trusted time too: one alert says so',
      { ...tokenEndingIn(-1), ...ahead(10 * day) },
      ['token_expired'],
    ],
    ['the keychain is locked', { keychain: failure('secret_store_locked') }, ['keychain_trouble']],
    ['the local license API cannot be opened', { localApi: apiTrouble('local_api_address_taken') }, ['local_api_down']],
    [
      'none, if the local license API is down without a license',
      { licensed: false, localApi: apiTrouble('local_api_not_opened') },
      [],
    ],
    [
      'several at once',
      {
        ...wrongClock,
        keychain: failure('secret_store_locked'),
        details: { ...endingIn(-1).details, ...tokenEndingIn(-1).details },
      },
      ['clock_wrong', 'keychain_trouble', 'renewal_expired', 'token_expired'],
    ],
  ])('%s', (_what, changes, causes) => {
    expect(causesOf(standing(at, changes)).map(({ cause }) => cause)).toEqual(causes);
  });

  test('include the instant at which something stops working', () => {
    const [renewal] = causesOf(standing(at, endingIn(2 * day)));
    const [token] = causesOf(standing(at, tokenEndingIn(2 * day)));
    const [keychain] = causesOf(standing(at, { keychain: failure('secret_store_missing') }));
    const [clock] = causesOf(standing(at, wrongClock));
    expect([renewal, token, keychain, clock].map((alert) => alert?.stopsAt)).toEqual([
      at + 2 * day,
      at + 2 * day,
      at + 9 * day,
      undefined,
    ]);
  });

  test('by a clock that no server confirms, have the level that they have by this clock', () => {
    const levels = [7.5 * day, 8.5 * day, 10 * day].map((ms) => {
      const [alert] = causesOf(standing(at, ahead(ms)));
      return alert && [alert.tone, levelOf(alert, at), alert.stopsAt];
    });
    expect(levels).toEqual([
      ['caution', 1, at + 9 * day],
      ['caution', 2, at + 9 * day],
      ['critical', 3, at + 9 * day],
    ]);
  });

  test('by a clock that no server confirms, have one entry for each server', () => {
    const found = alertsOf(
      [9, 7, 8].map((days, nth) =>
        standing(at, { ...ahead(20 * day), profileId: `p${nth}`, details: { tokenExpiresAt: at + days * day } }),
      ),
    );
    expect(found.map(({ cause, profileId }) => [cause, profileId])).toEqual([
      ['clock_unconfirmed', 'p1'],
      ['clock_unconfirmed', 'p2'],
      ['clock_unconfirmed', 'p0'],
    ]);
  });

  test('have one entry for the local license API of three servers, which cannot wait', () => {
    const localApi = apiTrouble('local_api_address_taken');
    const found = alertsOf(['p1', 'p2', 'p3'].map((profileId) => standing(at, { profileId, localApi })));
    expect(found).toMatchObject([{ cause: 'local_api_down', tone: 'critical', code: 'local_api_address_taken' }]);
    expect(found.map((alert) => levelOf(alert, at))).toEqual([2]);
    const off = { on: false, tcpPort: 47_215, expiredPeers: 'refuse' } as const;
    expect(localApiTrouble({ settings: off, failure: failure('local_api_address_taken') })).toBeNull();
    expect(localApiTrouble({ settings: off, failure: null }, failure('api_clients_lost'))).toBeNull();
  });

  test('says that clients were lost while the local license API listens, since one may be the POS server', () => {
    const on = { on: true, tcpPort: 47_215, expiredPeers: 'refuse' } as const;
    expect(localApiTrouble({ settings: on, failure: null }, failure('api_clients_lost'))).toMatchObject({
      failure: { code: 'api_clients_lost' },
    });
    expect(localApiTrouble({ settings: on, failure: null })).toBeNull();
  });

  test('have one entry each for clock and keychain of three servers, that of the first to stop', () => {
    const changes = { ...wrongClock, keychain: failure('secret_store_locked') };
    const found = alertsOf([
      standing(at, { ...changes, profileId: 'p1' }),
      standing(at, { ...changes, profileId: 'p2', serverName: 'Store 015', details: { tokenExpiresAt: at + 8 * day } }),
      standing(at, { ...changes, profileId: 'p3', licensed: false }),
    ]);
    expect(found.map(({ cause, serverName }) => [cause, serverName])).toEqual([
      ['clock_wrong', 'Store 014'],
      ['keychain_trouble', 'Store 015'],
    ]);
  });

  test('have the most urgent first', () => {
    const found = alertsOf([
      standing(at, { profileId: 'p1', ...endingIn(20 * day) }),
      standing(at, { profileId: 'p2', ...endingIn(10 * day) }),
      standing(at, { profileId: 'p3', ...tokenEndingIn(-1) }),
    ]);
    expect(found.map(({ profileId }) => profileId)).toEqual(['p3', 'p2', 'p1']);
  });
});

test('an offline computer that was paused without notice tells people when its token expires by its clock, and not before it has asked', async () => {
  const clock = new FakeClock(at);
  const time = new TrustedTime(clock);
  let endUnanswered = () => {};
  time.addSource('p1', {
    endpoint: 'https://auth.example/token',
    answers: false,
    ask: () => new Promise<boolean>((resolve) => (endUnanswered = () => resolve(false))),
  });
  time.observe({ at: clock.realAt, isPost: true });
  const found = () => {
    const { clock: status, judgedAt } = time.evaluate();
    const details = { tokenIssuedAt: at - 3 * day, tokenExpiresAt: at + 2.5 * day, tokenWarningSeconds: 86_400 };
    return causesOf({ ...standing(judgedAt, { details }), clock: status }).map(({ cause, tone }) => [cause, tone]);
  };
  // The virtual machine is saved for three days.
  clock.sleep(3 * day);
  time.look();
  expect(found()).toEqual([]);
  endUnanswered();
  await time.settle();
  expect(found()).toEqual([['clock_unconfirmed', 'critical']]);
  clock.advance(12 * hour);
  expect(found()).toEqual([['clock_unconfirmed', 'critical']]);
  // Once connected, the trusted time is right, and the usual alert takes over.
  time.observe({ at: clock.realAt, isPost: true });
  expect(found()).toEqual([['token_expired', 'critical']]);
});

describe('a new license that waits for an answer', () => {
  test.each([null, standing(at).license])('is an alert, whether the server holds a license or not', (license) => {
    const found = alertsOf([{ ...standing(at), license, waits: true }]);
    expect(found.map(({ cause, tone }) => [cause, tone])).toEqual([['license_waits', 'caution']]);
    expect(alertsOf([{ ...standing(at), license }])).toEqual([]);
  });
});

describe('the words of a notification', () => {
  test.each(alertCauses)('name the server, what happens to selling, and what to do: %s', (cause) => {
    const alert = {
      profileId: 'p1',
      serverName: 'Store 014',
      cause,
      tone: 'caution',
      code: 'secret_store_locked',
    } as const;
    for (const stopsAt of [at + 2 * day, at - hour]) {
      const { title, body, action } = words.alerts.cause({ ...alert, stopsAt }, at);
      expect(title.length).toBeLessThanOrEqual(70);
      expect(title).not.toMatch(/[.!]$/);
      expect(body).toMatch(/You can keep selling|registers/);
      expect(body.length).toBeLessThanOrEqual(230);
      expect(body).toMatch(/\.$/);
      expect(`${title} ${body}`).not.toMatch(/undefined|NaN|!|\bgrant\b|\bOAuth\b|must\b/);
      expect(action.length).toBeGreaterThan(3);
      if (cause !== 'clock_wrong') expect(title).toContain('Store 014');
    }
  });

  test('give the reason for a token that is not refreshed, if that is not the connection', () => {
    const alert = { profileId: 'p1', serverName: 'Store 014', tone: 'caution', stopsAt: at + 2 * day } as const;
    const said = (cause: 'token_expires_soon' | 'token_expired', code?: FailureCode) => {
      const { title, body } = words.alerts.cause({ ...alert, cause, ...(code ? { code } : {}) }, at);
      return `${title}. ${body}`;
    };
    expect(said('token_expires_soon', 'secret_store_locked')).toContain(
      'The license is not refreshed: The keychain is locked.',
    );
    expect(said('token_expired', 'secret_store_locked')).toContain(
      'The license is not refreshed: The keychain is locked.',
    );
    expect(said('token_expires_soon', 'secret_store_locked')).not.toContain('internet');
    for (const cause of ['token_expires_soon', 'token_expired'] as const) {
      expect(said(cause, 'server_error')).toContain('not refreshed: The Authorization server has a problem.');
      expect(said(cause, 'server_error')).not.toContain('internet');
    }
    expect(said('token_expires_soon', 'network_unreachable')).toContain('Connect this server to the internet');
    expect(said('token_expires_soon')).toContain('Connect this server to the internet');
    expect(said('token_expired', 'request_timeout')).toContain('Connect this server to the internet');
  });

  test.each([
    ['critical', /^Store 014, Store 015\. If this computer's clock is right, the license of Store 014 ended .*\.$/],
    [
      'caution',
      /^Store 014, Store 015\. You can keep selling with these servers until .* if this .* clock is right\.$/,
    ],
  ] as const)('about many servers say what has ended or ends by the clock alone: %s', (tone, body) => {
    const first = {
      profileId: 'p1',
      serverName: 'Store 014',
      cause: 'clock_unconfirmed',
      tone,
      stopsAt: at + day,
    } as const;
    const said = words.alerts.causeOfMany([first, { ...first, profileId: 'p2', serverName: 'Store 015' }], at);
    expect(said.body).toMatch(body);
  });

  test('say how the local license API came back to normal', () => {
    const alert = { profileId: 'p1', serverName: 'Store 014', cause: 'local_api_down', tone: 'critical' } as const;
    const bodyOf = (code: FailureCode) => words.alerts.backToNormal([{ ...alert, code }], 'local_api').body;
    expect(bodyOf('local_api_address_taken')).toMatch(/^The local license API is open again/);
    expect(bodyOf('api_clients_lost')).toMatch(/^Clients of the local license API were created again/);
    expect(bodyOf('file_unreadable')).toMatch(/^The clients of the local license API can be read again/);
  });

  test('give a renewal date as it is in the license', () => {
    const alert = {
      profileId: 'p1',
      serverName: 'Store 014',
      cause: 'renewal_near',
      tone: 'caution',
      stopsAt: Date.parse('2026-03-21T23:00:00Z'),
      stopsOn: '2026-03-21',
    } as const;
    expect(words.alerts.cause(alert, at).body).toMatch(/^You can keep selling until 21 March 2026 \(11 days left\)\./);
  });
});

test.each([
  ['renewal_near', undefined, 'renew'],
  ['token_expires_soon', undefined, 'check_license'],
  ['token_expires_soon', 'network_unreachable', 'check_license'],
  ['token_expired', 'request_timeout', 'check_license'],
  ['token_expired', 'server_error', 'check_license'],
  ['token_expired', 'token_audience_mismatch', 'open_license'],
  ['refresh_refused', 'invalid_client', 'open_license'],
  ['authorize_again', undefined, 'open_license'],
  ['clock_wrong', undefined, 'clock_help'],
  ['keychain_trouble', 'secret_store_locked', 'unlock_keychain'],
  ['keychain_trouble', 'secret_store_damaged', 'open_license'],
  ['keychain_trouble', 'secret_store_missing', 'keychain_help'],
  ['local_api_down', 'local_api_address_taken', 'open_local_api'],
] as const)('a click on %s (%s) does: %s', (cause, code, action) => {
  expect(actionOf({ cause, ...(code === undefined ? {} : { code }) })).toBe(action);
});
