import type { ConnectionView, LicenseView, RefreshView } from '../../src-shared/window/console-state.ts';
import { type ClockStatus, reportedClock } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/servers/server-profile.ts';
import { instant, licenseMembers } from '../license/license-members.ts';
import { failureDocument } from './failure-document.ts';

/** The state of one server, from which both the text and the JSON are made. */
export interface ServerReport {
  readonly id: string;
  readonly serverName: string;
  readonly edition: Edition;
  readonly isShown: boolean;
  /** What names this server in a suggested command; see {@link serverOption}. Absent if there is no other server. */
  readonly option?: string;
  readonly license: LicenseView | null;
  /** An interrupted removal still has to be completed at the Authorization server. */
  readonly removalWaits: boolean;
  /** A new license waits until a person keeps it or undoes it. */
  readonly newLicenseWaits: boolean;
  readonly refresh: RefreshView;
  /** Whether a console is running, which refreshes the license automatically. */
  readonly isKept: boolean;
  readonly keychain: Failure | null;
  readonly connection: ConnectionView;
  readonly clock: ClockStatus;
  readonly judgedAt: number;
}

/** The members of the local license API's answer about a license, plus what only this console knows about the server. */
export function serverDocument(report: ServerReport) {
  const { id, serverName, edition, isShown, license, refresh, keychain, judgedAt } = report;
  const clock = reportedClock(report.clock);
  return present({
    id,
    shown: isShown,
    server_name: serverName,
    profile_edition: edition,
    ...(license ? licenseMembers(license) : { status: 'not_licensed' }),
    clock:
      clock.state === 'right'
        ? { state: 'right' }
        : { state: clock.state, local_at: instant(clock.localAt), trusted_at: instant(clock.trustedAt) },
    judged_at: instant(judgedAt),
    refresh: { by_itself: report.isKept, ...refreshMembers(refresh) },
    removal: report.removalWaits ? 'waiting' : undefined,
    new_license: report.newLicenseWaits ? 'waiting' : undefined,
    keychain: keychain ? failureDocument(keychain) : undefined,
  });
}

function refreshMembers({
  withoutRefreshToken,
  lastRefreshedAt,
  nextRefreshAt,
  lastFailure,
  lastFailureAt,
}: RefreshView) {
  return present({
    can_refresh: lastRefreshedAt === undefined ? undefined : !withoutRefreshToken,
    last_refreshed_at: instant(lastRefreshedAt),
    next_refresh_at: instant(nextRefreshAt),
    last_failure: lastFailure && failureDocument(lastFailure),
    last_failure_at: instant(lastFailureAt),
  });
}
