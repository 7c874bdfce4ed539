import { describe, expect, test } from 'vitest';
import { bannerAlerts } from '../../../../src-renderer/alerts/banner-alerts.ts';
import type { AlertView } from '../../../../src-shared/alert.ts';
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

describe('what the banner says', () => {
  const state = shownState({ alerts: [clock, own, other, snoozed] });

  test('elsewhere: all that is not snoozed, most urgent first', () => {
    expect(bannerAlerts(state, 'settings')).toEqual([clock, own, other]);
    expect(bannerAlerts(state, 'help')).toEqual([clock, own, other]);
  });

  test('on a license page: not what that page says itself', () => {
    expect(bannerAlerts(state, 'license')).toEqual([other]);
  });

  test('a local license API that is down, on the license page too; the page of registers says it itself', () => {
    const down: AlertView = { ...own, cause: 'local_api_down', tone: 'critical', mayBeSnoozed: false };
    const state = shownState({ alerts: [down, own] });
    expect(bannerAlerts(state, 'license')).toEqual([down]);
    expect(bannerAlerts(state, 'registers')).toEqual([own]);
  });
});
