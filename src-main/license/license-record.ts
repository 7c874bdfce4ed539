import { z } from 'zod/mini';
import { present } from '../../src-shared/present.ts';
import { failureCodes } from '../../src-shared/failure-codes.ts';
import { type LicenseDetails, licenseDetailsSchema } from '../../src-shared/license/license-details.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Computer } from '../ports/own-computer.ts';
import { damagedKey, type PrivateKeyJwk, privateKeySchema } from '../authorization/proof-key.ts';

const text = z.string().check(z.maxLength(2000));
/** The range of a JavaScript `Date`. */
const instant = z.number().check(z.gte(-8_640_000_000_000_000), z.lte(8_640_000_000_000_000));

const failureSchema = z.object({
  code: z.enum(failureCodes as [string, ...string[]]),
  remedy: text,
  detail: z.optional(text),
  facts: z.optional(z.record(text, text)),
});

/**
 * What is kept on disk about a license, so that the console can show it at once without network or keychain. The record holds
 * no secrets and authenticates nothing: peers receive the token itself.
 */
const licenseRecordSchema = z.object({
  version: z.literal(1),
  issuer: text,
  details: licenseDetailsSchema,
  lastRefreshedAt: instant,
  withoutRefreshToken: z.catch(z.optional(z.literal(true)), undefined),
  /** The computer that acquired the license. */
  computer: z.catch(z.optional(z.object({ id: text, name: text })), undefined),
  /** When the next refresh is due, in trusted time. */
  refreshDueAt: instant,
  /** A failure that another version wrote and this one cannot read is dropped; the license is kept. */
  lastFailure: z.catch(z.optional(failureSchema), undefined),
  lastFailureAt: z.optional(instant),
  /**
   * The progress of a removal, so that the next start can finish one that was interrupted. `at_server`: the server still has to
   * end the authorization. `here`: only local data is left to delete.
   */
  removing: z.optional(z.enum(['at_server', 'here'])),
  /** The mark of trusted time, and the seal that covers the mark and the license; see RecordKeeper. */
  trustedAt: z.catch(z.optional(instant), undefined),
  seal: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
});

export interface LicenseRecord {
  readonly version: 1;
  readonly issuer: string;
  readonly details: LicenseDetails;
  readonly lastRefreshedAt: number;
  readonly refreshDueAt: number;
  /** The server issued no refresh token. Absent in records of earlier versions until the keychain has been read. */
  readonly withoutRefreshToken?: true;
  /** The computer that acquired the license. Only that computer refreshes it. Absent in records of earlier versions until a refresh. */
  readonly computer?: Computer;
  readonly lastFailure?: Failure;
  readonly lastFailureAt?: number;
  readonly removing?: 'at_server' | 'here';
}

/** A record as stored on disk. */
export interface KeptRecord extends LicenseRecord {
  readonly trustedAt?: number;
  readonly seal?: string;
}

/** Parses a record read from disk, and its seal. Null if the document is not a valid record. */
export function parseKeptRecord(
  document: unknown,
): { readonly record: LicenseRecord; readonly sealed: Pick<KeptRecord, 'trustedAt' | 'seal'> } | null {
  const parsed = licenseRecordSchema.safeParse(document);
  if (!parsed.success) return null;
  const { trustedAt, seal, ...record } = parsed.data as KeptRecord;
  return {
    record,
    sealed: present({ trustedAt, seal }),
  };
}

/** Does the record belong to this token? */
export function isOfToken(record: LicenseRecord | null, details: LicenseDetails): boolean {
  return (
    record?.details.serverId === details.serverId &&
    record.details.tokenIssuedAt === details.tokenIssuedAt &&
    record.details.tokenExpiresAt === details.tokenExpiresAt
  );
}

/** Does the record say that the tokens were missing in the keychain? A key that is damaged in it is there, and stays damaged. */
export function saysTokensAreGone(record: LicenseRecord | null): boolean {
  const { code, facts } = record?.lastFailure ?? {};
  return code === 'secret_store_damaged' && facts?.['cause'] !== damagedKey;
}

/** What the keychain holds for a license. Never logged, never sent to the screen. */
export interface LicenseSecrets {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly issuer: string;
  readonly clientId: string;
  /** The key that seals the license record on disk. Absent until the tokens are stored for the first time. */
  readonly recordKey?: string;
  /** The key that the tokens are bound to (RFC 9449). Absent for bearer tokens. */
  readonly dpopKey?: PrivateKeyJwk;
  /** The endpoints of the server that issued the tokens; see {@link endpointsOf}. Absent in entries of earlier versions. */
  readonly endpoints?: string;
}

export const secretsSchema = z.object({
  version: z.literal(1),
  accessToken: z.string(),
  refreshToken: z.optional(z.string()),
  issuer: z.string(),
  clientId: z.string(),
  recordKey: z.optional(z.string()),
  dpopKey: z.optional(privateKeySchema),
  endpoints: z.optional(z.string()),
});

export function serializeSecrets(secrets: LicenseSecrets): string {
  return JSON.stringify({ version: 1, ...secrets });
}

/** Parses secrets read from the keychain. Null if they are incomplete or damaged. */
export function parseSecrets(value: string): LicenseSecrets | null {
  try {
    const parsed = secretsSchema.safeParse(JSON.parse(value));
    return parsed.success ? (parsed.data as LicenseSecrets) : null;
  } catch {
    return null;
  }
}
