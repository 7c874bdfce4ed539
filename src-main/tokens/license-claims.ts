import type { JWTPayload } from 'jose';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { mostWarningDays } from '../../src-shared/license/license-details.ts';
import { latestAt, type LicenseDetails, type UnclearClaim } from '../../src-shared/license/license-status.ts';
import { editions } from '../../src-shared/servers/server-profile.ts';
import { isEmpty, knownWord, listIn, memberIn, membersIn, numberIn, quoted, single, textIn } from './claim-values.ts';
import { readRenewalDate } from './renewal-date.ts';

/** {@link latestAt} as a NumericDate (RFC 7519 §2). */
const latestSeconds = latestAt / 1000;

const longestText = 500;
const mostFeatures = 100;
const mostUnclear = 20;

/** The device types that a license can be for. */
export const deviceTypes = ['server', 'register'] as const;

/** The license's details, the device type of the token, and the key that the token is bound to. */
export interface LicenseClaims {
  readonly details: LicenseDetails;
  readonly deviceType?: string;
  /** Thumbprint of the key that the token is bound to (RFC 9449 §6.1); absent for a bearer token. */
  readonly boundTo?: string;
}

/**
 * Reads the claims of a verified license token, in the forms that common serializers write. Ignores unknown claims. Lists claims
 * that are present but unreadable in `unclear`, and claims that were too long and were shortened in `cut`. Written without a
 * schema library because it runs for every token of a peer. Failure: `license_details_missing` (no readable `iat` or `exp`, no
 * `server_id`, or one without visible characters).
 */
export function parseLicenseClaims(claims: JWTPayload): Result<LicenseClaims> {
  const reader = new ClaimReader(claims);
  const serverId = reader.identifier('server_id');
  const [iat, exp] = [upTo(latestSeconds, numberIn(claims.iat)), upTo(latestSeconds, numberIn(claims.exp))];
  if (!serverId || iat === undefined || exp === undefined) return fail('license_details_missing');
  const deviceType = deviceTypeOf(reader);
  const read = {
    serverId,
    serverName: reader.text('server_name'),
    edition: reader.word('edition', editions),
    organization: organizationOf(reader),
    licenseId: reader.identifier('license_id'),
    licenseName: reader.text('license_name'),
    renewalDate: renewalDateOf(reader),
    warningDays: reader.number('license_warning_days', mostWarningDays),
    tokenWarningSeconds: reader.number('token_warning_seconds', mostWarningDays * 86_400),
    features: featuresOf(reader),
    hub: hubOf(reader),
    tokenIssuedAt: iat * 1000,
    tokenExpiresAt: exp * 1000,
  };
  const { unclear, cut } = reader;
  const details: LicenseDetails = present({
    ...read,
    unclear: unclear.length > 0 ? unclear.slice(0, mostUnclear) : undefined,
    cut: cut.length > 0 ? cut : undefined,
  });
  const thumbprint = membersOf(claims['cnf'])?.['jkt'];
  const boundTo = typeof thumbprint === 'string' && thumbprint.length <= longestText ? thumbprint : undefined;
  return succeed(present({ details, deviceType: deviceType || undefined, boundTo: boundTo || undefined }));
}

/** Reads claims by name, and records those that are unclear or were shortened. */
class ClaimReader {
  readonly unclear: UnclearClaim[] = [];
  readonly cut: string[] = [];
  readonly #claims: Readonly<Record<string, unknown>>;

  constructor(claims: Readonly<Record<string, unknown>>) {
    this.#claims = claims;
  }

  /** Reads a claim. IdentityServer and its successors prefix a client's claims with `client_`. The plain name wins. */
  value(name: string): unknown {
    const plain = this.#claims[name];
    if (!isEmpty(plain)) return plain;
    const prefixed = this.#claims[`client_${name}`];
    return isEmpty(prefixed) ? undefined : prefixed;
  }

  /** Records a claim that is present but cannot be read. */
  isUnclear(claim: string, value: unknown): undefined {
    this.unclear.push({ claim, value: quoted(value) });
    return undefined;
  }

  text(claim: string, value = this.value(claim)): string | undefined {
    if (isEmpty(value)) return undefined;
    const text = textIn(value);
    if (text === undefined) return this.isUnclear(claim, value);
    if (text.length <= longestText) return text;
    this.cut.push(claim);
    return text.slice(0, longestText).toWellFormed();
  }

  /** Reads a string that is compared with others. It is never shortened: the rest would be a different identifier. */
  identifier(claim: string, value = this.value(claim)): string | undefined {
    const text = textIn(value);
    return text !== undefined && text.length > longestText ? this.isUnclear(claim, value) : this.text(claim, value);
  }

  number(claim: string, most: number): number | undefined {
    const value = this.value(claim);
    if (value === undefined) return undefined;
    return upTo(most, numberIn(single(value))) ?? this.isUnclear(claim, value);
  }

  word<W extends string>(claim: string, words: readonly W[]): W | undefined {
    const value = this.value(claim);
    return value === undefined ? undefined : (knownWord(words, value) ?? this.isUnclear(claim, value));
  }
}

function upTo(most: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value <= most ? value : undefined;
}

/** Passes an unknown device type on unchanged. It never makes a server a register. */
function deviceTypeOf(reader: ClaimReader): string | undefined {
  return reader.word('device_type', deviceTypes) ?? shortText(reader.value('device_type'));
}

function shortText(value: unknown): string | undefined {
  const text = textIn(value);
  return text !== undefined && text.length <= longestText ? text : undefined;
}

function renewalDateOf(reader: ClaimReader): LicenseDetails['renewalDate'] {
  const value = reader.value('license_renewal_date');
  if (value === undefined) return undefined;
  const { date, unclearZone } = readRenewalDate(value, reader.value('license_time_zone'));
  if (date === null) return reader.isUnclear('license_renewal_date', value);
  if (unclearZone !== undefined) reader.isUnclear('license_time_zone', unclearZone);
  return date;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function organizationOf(reader: ClaimReader): LicenseDetails['organization'] {
  const value = reader.value('organization');
  if (value === undefined) return undefined;
  const members = membersIn(value);
  if (members && Object.values(members).every(isEmpty)) return undefined;
  if (!members || isEmpty(memberIn(members, 'id'))) return reader.isUnclear('organization', value);
  const id = reader.identifier('organization.id', memberIn(members, 'id') ?? null);
  const name = reader.text('organization.name', memberIn(members, 'name') ?? null);
  return id === undefined ? undefined : present({ id, name });
}

/** Returns each feature that can be read, and records the others as unclear. */
function featuresOf(reader: ClaimReader): readonly string[] | undefined {
  const value = reader.value('features');
  if (value === undefined) return undefined;
  const listed = listIn(value)?.filter((feature) => !isEmpty(feature));
  if (listed === undefined) return reader.isUnclear('features', value);
  if (listed.length > mostFeatures) reader.cut.push('features');
  const features: string[] = [];
  for (const feature of listed.slice(0, mostFeatures)) {
    const text = Array.isArray(feature) ? reader.isUnclear('features', feature) : reader.text('features', feature);
    if (text !== undefined) features.push(text);
  }
  return features.length > 0 ? features : undefined;
}

function hubOf(reader: ClaimReader): LicenseDetails['hub'] {
  const value = reader.value('hub');
  if (value === undefined) return undefined;
  const members = membersIn(value);
  const named = members && ['server_id', 'name', 'url'].map((name) => memberIn(members, name) ?? null);
  if (!named || named.every(isEmpty)) return reader.isUnclear('hub', value);
  const [serverId, name, url] = named;
  const hub = present({
    serverId: reader.identifier('hub.server_id', serverId),
    name: reader.text('hub.name', name),
    url: reader.text('hub.url', url),
  });
  return Object.keys(hub).length > 0 ? hub : undefined;
}
