import type { JWTPayload } from 'jose';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import { editions } from '../../src-shared/server-profile.ts';
import { parseRenewalDate } from './renewal-date.ts';

/** The end of the year 9999, NumericDate (RFC 7519 §2): beyond, no date can be shown. */
const latestSeconds = 253_402_300_799.999;
const mostDays = 3_660;
const longestText = 500;
const mostFeatures = 100;

/** The license's details, the kind of device that the token is for, and the key that it is bound to. */
export interface LicenseClaims {
  readonly details: LicenseDetails;
  readonly deviceType?: string;
  /** Thumbprint of the key that the token is bound to (RFC 9449 §6.1); absent for a bearer token. */
  readonly boundTo?: string;
}

/**
 * Reads what a verified license token says; unknown claims are ignored, and a claim of a wrong type counts as absent. By hand,
 * since it is done for every token of a peer.
 * Failures: `license_details_missing` (no `server_id`), `license_renewal_date_invalid` (a date that cannot be read is not
 * the same as none: a license without a date never needs renewal).
 */
export function parseLicenseClaims(claims: JWTPayload): Result<LicenseClaims> {
  const serverId = text(claims['server_id']);
  const [iat, exp] = [numberUpTo(latestSeconds, claims.iat), numberUpTo(latestSeconds, claims.exp)];
  if (!serverId || iat === undefined || exp === undefined) return fail('license_details_missing');
  const dateClaim = claims['license_renewal_date'] ?? undefined;
  const renewalDate = dateClaim === undefined ? undefined : parseRenewalDate(dateClaim, claims['license_time_zone']);
  if (renewalDate === null)
    return fail('license_renewal_date_invalid', { facts: { date: JSON.stringify(dateClaim).slice(0, 100) } });
  const details: LicenseDetails = withoutAbsent({
    serverId,
    serverName: text(claims['server_name']),
    edition: editions.find((edition) => edition === claims['edition']),
    organization: organizationOf(claims['organization']),
    licenseId: text(claims['license_id']),
    licenseName: text(claims['license_name']),
    renewalDate,
    warningDays: numberUpTo(mostDays, claims['license_warning_days']),
    tokenWarningSeconds: numberUpTo(mostDays * 86_400, claims['token_warning_seconds']),
    features: featuresOf(claims['features']),
    hub: hubOf(claims['hub']),
    tokenIssuedAt: iat * 1000,
    tokenExpiresAt: exp * 1000,
  });
  const deviceType = text(claims['device_type']);
  const boundTo = text(membersOf(claims['cnf'])?.['jkt']);
  return succeed({ details, ...(deviceType ? { deviceType } : {}), ...(boundTo ? { boundTo } : {}) });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= longestText ? value : undefined;
}

function numberUpTo(most: number, value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function organizationOf(value: unknown): LicenseDetails['organization'] {
  const members = membersOf(value);
  const id = text(members?.['id']);
  return id === undefined ? undefined : withoutAbsent({ id, name: text(members?.['name']) });
}

function featuresOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > mostFeatures) return undefined;
  return value.every((feature) => text(feature) !== undefined) ? (value as string[]) : undefined;
}

function hubOf(value: unknown): LicenseDetails['hub'] {
  const members = membersOf(value);
  if (!members) return undefined;
  const { server_id: serverId, name, url } = members;
  return withoutAbsent({ serverId: text(serverId), name: text(name), url: text(url) });
}

function withoutAbsent<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present: Record<string, unknown> = {};
  for (const name of Object.keys(value) as (keyof T & string)[])
    if (value[name] !== undefined) present[name] = value[name];
  return present as { [K in keyof T]: Exclude<T[K], undefined> };
}
