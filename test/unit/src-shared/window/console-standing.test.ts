import { describe, expect, it } from 'vitest';
import { keychainTroubleOf, untilNextChangeMs } from '../../../../src-shared/window/console-standing.ts';
import type { LicenseView } from '../../../../src-shared/window/console-state.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';
import { trayView } from '../../../../src-shared/window/tray-view.ts';
import { alertsOf } from '../../../../src-main/notifications/notification-causes.ts';
import { standing } from '../../../fakes/standing.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

const right = { state: 'right' } as const;

function license(judgedAt: number, endsAt?: number): LicenseView {
  return {
    details: { serverId: 'store-014', tokenIssuedAt: 0, tokenExpiresAt: 1_000 },
    evaluation: {
      renewal: { state: 'licensed', ...(endsAt === undefined ? {} : { warnsAt: endsAt - 500, endsAt }) },
      token: { state: 'fine', issuedAt: 0, warnsAt: 700, expiresAt: 1_000 },
      judgedAt,
    },
  };
}
const until = (...licenses: readonly (LicenseView | null)[]) =>
  untilNextChangeMs({ servers: licenses.map((held) => ({ ...standing(0), license: held })), clock: right });

const day = 86_400_000;

describe('the time until the words change', () => {
  it.each([
    [100, undefined, 600],
    [699, undefined, 1],
    [700, undefined, 300],
    [1_000, undefined, Number.POSITIVE_INFINITY],
    [100, 650, 50],
    [1_000, 2_000, 500],
    [1_999, 2_000, 1],
  ])('is counted for a license judged at %d with renewal end at %s: %d ms', (judgedAt, endsAt, ms) => {
    expect(until(license(judgedAt, endsAt))).toBe(ms);
  });

  it('is half a day before the end for a token of ten days without a warning time', () => {
    const at = 100 * day;
    const servers = [standing(at, { details: { tokenWarningSeconds: 0 } })];
    expect(untilNextChangeMs({ servers, clock: right })).toBe(9 * day - day / 2);
  });

  it('is the shortest of all servers, and infinite without a license', () => {
    expect(until(license(100), license(690), null)).toBe(10);
    expect(until(null)).toBe(Number.POSITIVE_INFINITY);
    expect(until()).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('S3: trouble with the keychain, also if only a refresh found it', () => {
  it.each<[FailureCode | null, FailureCode | undefined, FailureCode | null]>([
    [null, undefined, null],
    ['secret_store_locked', 'secret_store_full', 'secret_store_locked'],
    [null, 'secret_store_full', 'secret_store_full'],
    [null, 'secret_store_refused', 'secret_store_refused'],
    [null, 'secret_store_damaged', 'secret_store_damaged'],
    // The keychain has been opened since.
    [null, 'secret_store_locked', null],
    [null, 'network_unreachable', null],
  ])('is taken from the last call %s and the last refresh %s: %s', (call, refresh, said) => {
    const trouble = keychainTroubleOf({
      keychain: call && failure(call),
      refresh: { refreshing: false, ...(refresh ? { lastFailure: failure(refresh) } : {}) },
    });
    expect(trouble?.code ?? null).toBe(said);
  });

  it('is shown by the tray icon and a notification too', () => {
    const { license, clock, keychain, refresh } = consoleStateOf('tokens-missing');
    const server = { profileId: 'p', serverName: 'Store 014', license, keychain, refresh, clock, judgedAt: 0 };
    const servers = [{ ...server, edition: 'store' as const }];
    const alerts = alertsOf(servers.map((standing) => ({ ...standing, localApi: null })));
    const shown = alerts.map((alert) => ({ ...alert, at: 0, mayBeSnoozed: true }));
    expect(trayView({ servers, clock }, shown)).toMatchObject({
      tone: 'caution',
      tooltip: expect.stringContaining('The license tokens are not in the keychain'),
    });
  });
});
