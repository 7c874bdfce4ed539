import type { AlertCause, AlertView } from '../../src-shared/notifications/alert.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { PageName } from '../../src-shared/window/place.ts';

const computerCauses: ReadonlySet<AlertCause> = new Set(['clock_wrong', 'keychain_trouble']);

/** The alerts for the banner on a page: all that are not snoozed, except those that the open page shows itself. */
export function bannerAlerts(
  { alerts, profile }: Pick<ConsoleState, 'alerts' | 'profile'>,
  page: PageName,
): readonly AlertView[] {
  return alerts.filter(({ profileId, cause, snoozedUntil }) => {
    if (snoozedUntil !== undefined) return false;
    if (cause === 'local_api_down') return page !== 'registers';
    // The page with all servers shows what concerns one of them.
    if (page === 'board') return computerCauses.has(cause);
    if (page !== 'license') return true;
    // The License page of every server shows a wrong clock.
    return profileId !== profile?.id && cause !== 'clock_wrong';
  });
}
