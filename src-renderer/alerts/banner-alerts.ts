import type { AlertView } from '../../src-shared/alert.ts';
import type { ConsoleState } from '../../src-shared/console-state.ts';
import type { PageName } from '../../src-shared/place.ts';

/** What the banner says on a page: all that is not snoozed, save what the page that is open says itself. */
export function bannerAlerts(
  { alerts, profile }: Pick<ConsoleState, 'alerts' | 'profile'>,
  page: PageName,
): readonly AlertView[] {
  return alerts.filter(({ profileId, cause, snoozedUntil }) => {
    if (snoozedUntil !== undefined) return false;
    if (cause === 'local_api_down') return page !== 'registers';
    if (page !== 'license') return true;
    // The clock is said on the license page of every server.
    return profileId !== profile?.id && cause !== 'clock_wrong';
  });
}
