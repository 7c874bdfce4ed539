import type { ConnectionView, LicenseView, RefreshView } from '../../src-shared/console-state.ts';
import {
  type ClockStatus,
  type LicenseDetails,
  type RenewalStatus,
  toldClock,
} from '../../src-shared/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/server-profile.ts';
import { failureDocument } from './failure-document.ts';

/** The state of one server, from which both the text and the JSON are made. */
export interface ServerReport {
  readonly id: string;
  readonly serverName: string;
  readonly edition: Edition;
  readonly isShown: boolean;
  readonly license: LicenseView | null;
  /** An interrupted removal still has to be completed at the Authorization server. */
  readonly removalWaits: boolean;
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
  const clock = toldClock(report.clock);
  return present({
    id,
    shown: isShown,
    server_name: serverName,
    profile_edition: edition,
    status: license?.evaluation.renewal.state ?? 'not_licensed',
    ...(license ? licenseMembers(license) : {}),
    clock:
      clock.state === 'right'
        ? { state: 'right' }
        : { state: clock.state, local_at: instant(clock.localAt), trusted_at: instant(clock.trustedAt) },
    judged_at: instant(judgedAt),
    refresh: { by_itself: report.isKept, ...refreshMembers(refresh) },
    removal: report.removalWaits ? 'waiting' : undefined,
    keychain: keychain ? failureDocument(keychain) : undefined,
  });
}

export function instant(at: number): string;
export function instant(at: number | undefined): string | undefined;
export function instant(at?: number): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

function licenseMembers({ details, evaluation }: LicenseView) {
  const { renewal, token } = evaluation;
  const { date, timeZone } = details.renewalDate ?? {};
  return {
    renewal: present({
      ...renewalInstants(renewal),
      date,
      time_zone: timeZone,
      date_unclear: renewal.state === 'licensed' && renewal.dateUnclear ? true : undefined,
    }),
    token: {
      state: token.state,
      issued_at: instant(token.issuedAt),
      warns_at: instant(token.warnsAt),
      expires_at: instant(token.expiresAt),
    },
    ...detailMembers(details),
  };
}

export function renewalInstants({ warnsAt, endsAt }: RenewalStatus) {
  return present({ warns_at: instant(warnsAt), ends_at: instant(endsAt) });
}

function detailMembers(details: LicenseDetails) {
  const { serverId, edition, organization, licenseId, licenseName, features, hub, unclear, cut } = details;
  return present({
    server_id: serverId,
    edition,
    organization,
    license_id: licenseId,
    license_name: licenseName,
    features,
    hub: hub && hubMembers(hub),
    unclear,
    cut,
  });
}

export function hubMembers({ serverId, name, url }: NonNullable<LicenseDetails['hub']>) {
  return present({ server_id: serverId, name, url });
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
