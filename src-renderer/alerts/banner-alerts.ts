import type { AlertView } from '../../src-shared/alert.ts';
import type { ConsoleState } from '../../src-shared/console-state.ts';
import type { PageName } from '../../src-shared/place.ts';

/** What the banner says on a page: all that is not snoozed, save what the license page that is open says itself. */
export function bannerAlerts(
  { alerts, profile }: Pick<ConsoleState, 'alerts' | 'profile'>,
  page: PageName,
): readonly AlertView[] {
  return alerts.filter(({ profileId, cause, snoozedUntil }) => {
    if (snoozedUntil !== undefined) return false;
    // The clock is said on the license page of every server.
    return page !== 'license' || (profileId !== profile?.id && cause !== 'clock_wrong');
  });
}
