import { z } from 'zod/mini';
import type { Remedy } from '../../src-shared/failure-codes.ts';
import { present } from '../../src-shared/present.ts';
import { type LicenseDetails, licenseDetailsSchema } from '../../src-shared/license/license-details.ts';
import { type DeepReadonly, failureCode, instant, optional, text } from '../../src-shared/schema-atoms.ts';
import { damagedKey, privateKeySchema } from '../authorization/proof-key.ts';

const failureSchema = z.object({
  code: failureCode,
  remedy: z.custom<Remedy>((remedy) => text.safeParse(remedy).success),
  detail: optional(text),
  facts: optional(z.record(text, text)),
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
  /** The server issued no refresh token. Absent in records of earlier versions until the keychain has been read. */
  withoutRefreshToken: z.catch(z.optional(z.literal(true)), undefined),
  /** The computer that acquired the license. Only that computer refreshes it. Absent in records of earlier versions until a refresh. */
  computer: z.catch(z.optional(z.object({ id: text, name: text })), undefined),
  /** When the next refresh is due, in trusted time. */
  refreshDueAt: instant,
  /** A failure that another version wrote and this one cannot read is dropped; the license is kept. */
  lastFailure: z.catch(z.optional(failureSchema), undefined),
  lastFailureAt: optional(instant),
  /**
   * The progress of a removal, so that the next start can finish one that was interrupted. `at_server`: the server still has to
   * end the authorization. `here`: only local data is left to delete.
   */
  removing: optional(z.enum(['at_server', 'here'])),
  /** The mark of trusted time, and the seal that covers the mark and the license; see RecordKeeper. */
  trustedAt: z.catch(z.optional(instant), undefined),
  seal: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
});

/** A record as stored on disk. */
export type KeptRecord = DeepReadonly<z.infer<typeof licenseRecordSchema>>;
export type LicenseRecord = Omit<KeptRecord, 'trustedAt' | 'seal'>;

/** Parses a record read from disk, and its seal. Null if the document is not a valid record. */
export function parseKeptRecord(
  document: unknown,
): { readonly record: LicenseRecord; readonly sealed: Pick<KeptRecord, 'trustedAt' | 'seal'> } | null {
  const parsed = licenseRecordSchema.safeParse(document);
  if (!parsed.success) return null;
  const { trustedAt, seal, ...record } = present(parsed.data);
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

export const secretsSchema = z.object({
  version: z.literal(1),
  accessToken: z.string(),
  refreshToken: optional(z.string()),
  issuer: z.string(),
  clientId: z.string(),
  /** The key that seals the license record on disk. Absent until the tokens are stored for the first time. */
  recordKey: optional(z.string()),
  /** The key that the tokens are bound to (RFC 9449). Absent for bearer tokens. */
  dpopKey: optional(privateKeySchema),
  /** The endpoints of the server that issued the tokens; see {@link endpointsOf}. Absent in entries of earlier versions. */
  endpoints: optional(z.string()),
});

/** What the keychain holds for a license. Never logged, never sent to the screen. */
export type LicenseSecrets = Readonly<Omit<z.infer<typeof secretsSchema>, 'version'>>;

export function serializeSecrets(secrets: LicenseSecrets): string {
  return JSON.stringify({ version: 1, ...secrets });
}

/** Parses secrets read from the keychain. Null if they are incomplete or damaged. */
export function parseSecrets(value: string): LicenseSecrets | null {
  try {
    const parsed = secretsSchema.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
