import type { JWTPayload } from 'jose';
import { z } from 'zod/mini';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import { editions } from '../../src-shared/server-profile.ts';
import { parseRenewalDate } from './renewal-date.ts';

const text = z.string().check(z.maxLength(500));
/** NumericDate (RFC 7519 §2) up to the year 9999: beyond, no date can be shown. */
const numericDate = z.number().check(z.gte(0), z.lt(253_402_300_800));
/** A claim of a wrong type counts as absent; only `server_id` is required. */
const optional = <S extends z.ZodMiniType>(schema: S) => z.catch(z.optional(schema), undefined);

const claimsSchema = z.object({
  server_id: z.string().check(z.minLength(1), z.maxLength(500)),
  server_name: optional(text),
  edition: optional(z.enum(editions)),
  organization: optional(z.object({ id: text, name: optional(text) })),
  license_id: optional(text),
  license_name: optional(text),
  license_renewal_date: z.optional(z.unknown()),
  license_time_zone: z.optional(z.unknown()),
  license_warning_days: optional(z.number().check(z.gte(0), z.lte(3660))),
  token_warning_seconds: optional(z.number().check(z.gte(0), z.lte(3_660 * 86_400))),
  features: optional(z.array(text).check(z.maxLength(100))),
  hub: optional(z.object({ server_id: optional(text), name: optional(text), url: optional(text) })),
  device_type: optional(text),
  cnf: optional(z.object({ jkt: optional(text) })),
  iat: numericDate,
  exp: numericDate,
});

/** The license's details, the kind of device that the token is for, and the key that it is bound to. */
export interface LicenseClaims {
  readonly details: LicenseDetails;
  readonly deviceType?: string;
  /** Thumbprint of the key that the token is bound to (RFC 9449 §6.1); absent for a bearer token. */
  readonly boundTo?: string;
}

/**
 * Reads what a verified license token says; unknown claims are ignored.
 * Failures: `license_details_missing` (no `server_id`), `license_renewal_date_invalid` (a date that cannot be read is not
 * the same as none: a license without a date never needs renewal).
 */
export function parseLicenseClaims(payload: JWTPayload): Result<LicenseClaims> {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) return fail('license_details_missing');
  const claims = parsed.data;
  const dateClaim = claims.license_renewal_date ?? undefined;
  const renewalDate = dateClaim === undefined ? undefined : parseRenewalDate(dateClaim, claims.license_time_zone);
  if (renewalDate === null)
    return fail('license_renewal_date_invalid', { facts: { date: JSON.stringify(dateClaim).slice(0, 100) } });
  const details: LicenseDetails = withoutAbsent({
    serverId: claims.server_id,
    serverName: claims.server_name,
    edition: claims.edition,
    organization: claims.organization && withoutAbsent(claims.organization),
    licenseId: claims.license_id,
    licenseName: claims.license_name,
    renewalDate,
    warningDays: claims.license_warning_days,
    tokenWarningSeconds: claims.token_warning_seconds,
    features: claims.features,
    hub: claims.hub && withoutAbsent({ serverId: claims.hub.server_id, name: claims.hub.name, url: claims.hub.url }),
    tokenIssuedAt: claims.iat * 1000,
    tokenExpiresAt: claims.exp * 1000,
  });
  return succeed({
    details,
    ...(claims.device_type ? { deviceType: claims.device_type } : {}),
    ...(claims.cnf?.jkt ? { boundTo: claims.cnf.jkt } : {}),
  });
}

function withoutAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present: Record<string, unknown> = {};
  for (const name of Object.keys(value) as (keyof T & string)[])
    if (value[name] !== undefined) present[name] = value[name];
  return present as { [K in keyof T]: Exclude<T[K], undefined> };
}
