import { describe, expect, test } from 'vitest';
import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { keychainTroubleOf } from '../../../src-shared/keychain-trouble.ts';
import { failure } from '../../../src-shared/result.ts';
import { alertsOf } from '../../../src-main/notifications/notification-causes.ts';
import { trayView } from '../../../src-shared/tray-view.ts';
import { consoleStateOf } from '../../gallery/console-states.ts';

describe('S3: trouble with the keychain that only a refresh finds', () => {
  test.each<[FailureCode | null, FailureCode | undefined, FailureCode | null]>([
    [null, undefined, null],
    ['secret_store_locked', 'secret_store_full', 'secret_store_locked'],
    [null, 'secret_store_full', 'secret_store_full'],
    [null, 'secret_store_refused', 'secret_store_refused'],
    [null, 'secret_store_damaged', 'secret_store_damaged'],
    // The keychain has been opened since.
    [null, 'secret_store_locked', null],
    [null, 'network_unreachable', null],
  ])('last call %s, last refresh %s: %s', (call, refresh, said) => {
    const trouble = keychainTroubleOf(call && failure(call), refresh && failure(refresh));
    expect(trouble?.code ?? null).toBe(said);
  });

  test('the tray icon and a notification say it too', () => {
    const { license, clock, keychain, refresh } = consoleStateOf('tokens-missing');
    const servers = [{ profileId: 'p', serverName: 'Store 014', license, keychain, refresh }];
    const alerts = alertsOf(
      servers.map((standing) => ({ ...standing, clock, edition: 'store' as const, localApi: null })),
    );
    const shown = alerts.map((alert) => ({ ...alert, at: 0, mayBeSnoozed: true }));
    expect(trayView({ servers, clock }, shown)).toMatchObject({
      tone: 'caution',
      tooltip: expect.stringContaining('The license tokens are not in the keychain'),
    });
  });
});
