import { z } from 'zod/mini';
import { type DeepReadonly, instant, optional, text } from '../schema-atoms.ts';
import { editions } from '../servers/server-profile.ts';

/** The longest warning period, in days: ten years. */
export const mostWarningDays = 3660;

/** What the license token says about the license, as it is kept on disk. */
export const licenseDetailsSchema = z.object({
  serverId: text,
  serverName: optional(text),
  edition: optional(z.enum(editions)),
  organization: optional(z.object({ id: text, name: optional(text) })),
  licenseId: optional(text),
  licenseName: optional(text),
  renewalDate: optional(
    z.object({
      /** Exclusive: the license is valid until just before this instant. */
      endsAt: instant,
      /** A plain date, `YYYY-MM-DD`, if the token gives one. It is shown as that date in every time zone. */
      date: optional(text),
      /** The zone in which a plain date ends. */
      timeZone: optional(text),
    }),
  ),
  warningDays: optional(z.number().check(z.gte(0), z.lte(mostWarningDays))),
  tokenWarningSeconds: optional(z.number().check(z.gte(0), z.lte(mostWarningDays * 86_400))),
  features: optional(z.array(text)),
  hub: optional(z.object({ serverId: optional(text), name: optional(text), url: optional(text) })),
  tokenIssuedAt: instant,
  tokenExpiresAt: instant,
  /** Claims that are present but could not be read, as they are in the token. The screen names them; they have no effect. */
  unclear: optional(z.array(z.object({ claim: text, value: text }))),
  /** Names of claims that were too long and are kept truncated. */
  cut: optional(z.array(text)),
});

/** The fields of a license that people see, in the order of the vendor's page. */
export const licenseFields = [
  'licenseStatus',
  'serverId',
  'renewalDate',
  'features',
  'hubName',
  'hubUrl',
  'tokenExpiry',
] as const;
export type LicenseField = (typeof licenseFields)[number];

export type LicenseDetails = DeepReadonly<z.infer<typeof licenseDetailsSchema>>;
export type UnclearClaim = NonNullable<LicenseDetails['unclear']>[number];
export type RenewalDate = NonNullable<LicenseDetails['renewalDate']>;
