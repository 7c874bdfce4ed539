import type { LicenseView } from '../../src-shared/console-state.ts';
import type { LicenseDetails, RenewalStatus } from '../../src-shared/license-status.ts';
import { present } from '../../src-shared/present.ts';

/** The members of a license in the terminal's JSON and in the answers of the local license API. */
export function licenseMembers({ details, evaluation: { renewal, token } }: LicenseView) {
  const { serverId, edition, organization, licenseId, licenseName, features, hub, unclear, cut } = details;
  const { date, timeZone } = details.renewalDate ?? {};
  return present({
    status: renewal.state,
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
    server_id: serverId,
    edition,
    organization,
    license_id: licenseId,
    license_name: licenseName,
    features: features && [...features],
    hub: hub && hubMembers(hub),
    unclear: unclear && [...unclear],
    cut: cut && [...cut],
  });
}

export function renewalInstants({ warnsAt, endsAt }: RenewalStatus) {
  return present({ warns_at: instant(warnsAt), ends_at: instant(endsAt) });
}

export function hubMembers({ serverId, name, url }: NonNullable<LicenseDetails['hub']>) {
  return present({ server_id: serverId, name, url });
}

/** An RFC 3339 instant in UTC. */
export function instant(at: number): string;
export function instant(at: number | undefined): string | undefined;
export function instant(at?: number): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
