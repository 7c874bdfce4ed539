import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { AlertCause, AlertView } from '../../src-shared/notifications/alert.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { PageName } from '../../src-shared/window/place.ts';

const computerCauses: ReadonlySet<AlertCause> = new Set(['clock_wrong', 'keychain_trouble']);

/** Is it about the clients, and not about the local license API as a whole? The page Registers & servers then shows no failure. */
const isOfClients = (code: FailureCode | undefined): boolean =>
  code === 'api_clients_lost' || code === 'file_unreadable';

/** The alerts for the banner on a page: all that are not snoozed, except those that the open page shows itself. */
export function bannerAlerts(
  { alerts, profile }: Pick<ConsoleState, 'alerts' | 'profile'>,
  page: PageName,
): readonly AlertView[] {
  return alerts.filter(({ profileId, cause, code, snoozedUntil }) => {
    // A notice says it, which a person can dismiss.
    if (snoozedUntil !== undefined || cause === 'settings_lost') return false;
    if (cause === 'local_api_down') return page !== 'registers' || isOfClients(code);
    // The page with all servers shows what concerns one of them.
    if (page === 'board') return computerCauses.has(cause);
    if (page !== 'license') return true;
    // The License page of every server shows a wrong clock.
    return profileId !== profile?.id && cause !== 'clock_wrong';
  });
}
