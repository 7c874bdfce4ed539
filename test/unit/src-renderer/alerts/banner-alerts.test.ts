import { describe, expect, test } from 'vitest';
import { bannerAlerts } from '../../../../src-renderer/alerts/banner-alerts.ts';
import type { AlertView } from '../../../../src-shared/notifications/alert.ts';
import { shownState } from '../../../fakes/shown-state.ts';

const own: AlertView = {
  profileId: 'p1',
  serverName: 'Store 014',
  cause: 'renewal_near',
  tone: 'caution',
  at: 0,
  mayBeSnoozed: true,
};
const other: AlertView = { ...own, profileId: 'p2', serverName: 'Store 015' };
const clock: AlertView = { ...other, cause: 'clock_wrong', tone: 'critical' };
const snoozed: AlertView = { ...other, cause: 'token_expires_soon', snoozedUntil: 1 };

describe('the alerts in the banner', () => {
  const state = shownState({ alerts: [clock, own, other, snoozed] });

  test('are all that are not snoozed, most urgent first, on pages other than License', () => {
    expect(bannerAlerts(state, 'settings')).toEqual([clock, own, other]);
    expect(bannerAlerts(state, 'help')).toEqual([clock, own, other]);
  });

  test('do not repeat on the License page what that page shows itself', () => {
    expect(bannerAlerts(state, 'license')).toEqual([other]);
  });

  test('are only those of the whole computer on the page with all servers, whose rows show the others', () => {
    expect(bannerAlerts(state, 'board')).toEqual([clock]);
  });

  test('include a local license API that is down on the License page, but not on the Registers page, which shows it', () => {
    const down: AlertView = { ...own, cause: 'local_api_down', tone: 'critical', mayBeSnoozed: false };
    const state = shownState({ alerts: [down, own] });
    expect(bannerAlerts(state, 'license')).toEqual([down]);
    expect(bannerAlerts(state, 'registers')).toEqual([own]);
    // The page shows the failure of the API itself, but not why its clients cannot call.
    for (const code of ['api_clients_lost', 'file_unreadable'] as const) {
      const cutOff = { ...down, code };
      expect(bannerAlerts(shownState({ alerts: [cutOff] }), 'registers')).toEqual([cutOff]);
    }
  });
});
