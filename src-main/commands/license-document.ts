import type { ConnectionView, LicenseView, RefreshView } from '../../src-shared/window/console-state.ts';
import { instantOf } from '../../src-shared/instant.ts';
import type { ClockStatus } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/servers/server-profile.ts';
import { standingMembers } from '../license/standing-members.ts';
import { failureDocument } from './failure-document.ts';

/** The state of one server, from which both the text and the JSON are made. */
export interface ServerSummary {
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
export function serverDocument(report: ServerSummary) {
  const { id, serverName, edition, isShown, isKept, refresh } = report;
  const standing = standingMembers(report, failureDocument);
  return present({
    id,
    shown: isShown,
    server_name: serverName,
    profile_edition: edition,
    ...standing,
    refresh: {
      by_itself: isKept,
      ...standing.refresh,
      ...present({ last_failure_at: instantOf(refresh.lastFailureAt) }),
    },
    removal: report.removalWaits ? 'waiting' : undefined,
    new_license: report.newLicenseWaits ? 'waiting' : undefined,
  });
}
