import { z } from 'zod/mini';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { instantOf } from '../../src-shared/instant.ts';
import type { LicenseDetails, RenewalStatus } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import { editions } from '../../src-shared/servers/server-profile.ts';

/** Members that hold an instant have names that end in `_at`. */
export const instantSchema = z.iso.datetime({ precision: 3 }).check(z.describe('RFC 3339, in UTC.'));
export const editionSchema = z.enum(editions);
export const organizationSchema = z.object({ id: z.string(), name: z.optional(z.string()) });
export const hubSchema = z.object({
  server_id: z.optional(z.string()),
  name: z.optional(z.string()),
  url: z.optional(z.string()),
});
/** License Status. Depends only on the license renewal date. */
export const licenseStatuses = ['licensed', 'requires_renewal', 'expired'] as const;

export const dateUnclearSchema = z.optional(
  z.boolean().check(z.describe('The renewal date could not be read, so the end of the license is unknown.')),
);

/** The members of a license in the terminal's JSON and in the answers of the local license API. */
export const licenseMembersSchema = z.object({
  status: z.enum(licenseStatuses),
  renewal: z
    .object({
      warns_at: z.optional(instantSchema),
      ends_at: z.optional(instantSchema),
      date: z.optional(
        z
          .string()
          .check(z.describe('`YYYY-MM-DD`, if the license names a plain date. It ends with that day in `time_zone`.')),
      ),
      time_zone: z.optional(z.string()),
      date_unclear: dateUnclearSchema,
    })
    .check(z.describe('If its members are absent, the license never needs renewal.')),
  token: z
    .object({
      state: z.enum(['fine', 'expires_soon', 'expired']),
      issued_at: instantSchema,
      warns_at: instantSchema,
      expires_at: instantSchema,
    })
    .check(z.describe('Token Expiry of the current license token.')),
  server_id: z.string(),
  edition: z.optional(editionSchema),
  organization: z.optional(organizationSchema),
  license_id: z.optional(z.string()),
  license_name: z.optional(z.string()),
  features: z.optional(z.array(z.string())),
  hub: z.optional(hubSchema),
  unclear: z.optional(
    z
      .array(z.object({ claim: z.string(), value: z.string() }))
      .check(z.describe('Claims of the license token that are present but could not be read.')),
  ),
  cut: z.optional(
    z.array(z.string()).check(z.describe('Names of claims that were too long. Their values are cut off.')),
  ),
});

/** What a license says, as its members. Those of a missing claim are absent. */
export function licenseMembers({
  details,
  evaluation: { renewal, token },
}: LicenseView): z.infer<typeof licenseMembersSchema> {
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
      issued_at: instantOf(token.issuedAt),
      warns_at: instantOf(token.warnsAt),
      expires_at: instantOf(token.expiresAt),
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
  return present({ warns_at: instantOf(warnsAt), ends_at: instantOf(endsAt) });
}

export function hubMembers({ serverId, name, url }: NonNullable<LicenseDetails['hub']>) {
  return present({ server_id: serverId, name, url });
}
