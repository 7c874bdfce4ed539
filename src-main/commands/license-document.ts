import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import type { ConnectionView } from '../../src-shared/window/console-state.ts';
import { instantOf } from '../../src-shared/instant.ts';
import { present } from '../../src-shared/present.ts';
import { standingMembers } from '../license/standing-members.ts';
import { failureDocument } from './failure-document.ts';

/** The state of one server, from which both the text and the JSON are made. */
export interface ServerSummary extends Omit<ServerStanding, 'profileId' | 'waits'> {
  readonly id: string;
  readonly isShown: boolean;
  /** What names this server in a suggested command; see {@link serverOption}. Absent if there is no other server. */
  readonly option?: string;
  /** An interrupted removal still has to be completed at the Authorization server. */
  readonly removalWaits: boolean;
  /** A new license waits until a person keeps it or undoes it. */
  readonly newLicenseWaits: boolean;
  /** Whether a console is running, which refreshes the license automatically. */
  readonly isKept: boolean;
  readonly connection: ConnectionView;
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
