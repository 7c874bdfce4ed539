import { z } from 'zod/mini';
import { editions } from '../../src-shared/server-profile.ts';
import { failureCodes } from '../../src-shared/failure-codes.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Computer } from '../ports/own-computer.ts';
import { type PrivateKeyJwk, privateKeySchema } from '../authorization/proof-key.ts';

const text = z.string().check(z.maxLength(2000));
/** What a date can hold. */
const instant = z.number().check(z.gte(-8_640_000_000_000_000), z.lte(8_640_000_000_000_000));

const detailsSchema = z.object({
  serverId: text,
  serverName: z.optional(text),
  edition: z.optional(z.enum(editions)),
  organization: z.optional(z.object({ id: text, name: z.optional(text) })),
  licenseId: z.optional(text),
  licenseName: z.optional(text),
  renewalDate: z.optional(z.object({ endsAt: instant, date: z.optional(text), timeZone: z.optional(text) })),
  warningDays: z.optional(z.number()),
  tokenWarningSeconds: z.optional(z.number()),
  features: z.optional(z.array(text)),
  hub: z.optional(z.object({ serverId: z.optional(text), name: z.optional(text), url: z.optional(text) })),
  tokenIssuedAt: instant,
  tokenExpiresAt: instant,
  unclear: z.optional(z.array(z.object({ claim: text, value: text }))),
  cut: z.optional(z.array(text)),
});

const failureSchema = z.object({
  code: z.enum(failureCodes as [string, ...string[]]),
  remedy: text,
  detail: z.optional(text),
  facts: z.optional(z.record(text, text)),
});

/**
 * What is kept on disk about a license, so that it is shown at once without network or keychain. Nothing in it is secret
 * and it authenticates nothing: peers are shown the token itself.
 */
export const licenseRecordSchema = z.object({
  version: z.literal(1),
  issuer: text,
  details: detailsSchema,
  lastRefreshedAt: instant,
  withoutRefreshToken: z.catch(z.optional(z.literal(true)), undefined),
  /** The computer that acquired it. */
  computer: z.catch(z.optional(z.object({ id: text, name: text })), undefined),
  /** When the next refresh is due, trusted time. */
  refreshDueAt: instant,
  /** A failure of another version's making costs its words, not the license. */
  lastFailure: z.catch(z.optional(failureSchema), undefined),
  lastFailureAt: z.optional(instant),
  /**
   * How far a removal has come, so that one that was cut off is finished at the next start: the server is to end the
   * authorization first, or what is here is all that is left.
   */
  removing: z.optional(z.enum(['at_server', 'here'])),
  /** The mark of trusted time, and the seal over it and the license; see RecordKeeper. */
  trustedAt: z.catch(z.optional(instant), undefined),
  seal: z.catch(z.optional(z.string().check(z.maxLength(100))), undefined),
});

export interface LicenseRecord {
  readonly version: 1;
  readonly issuer: string;
  readonly details: LicenseDetails;
  readonly lastRefreshedAt: number;
  readonly refreshDueAt: number;
  /** The server issued no refresh token. Absent in what earlier versions kept, until the keychain has been read. */
  readonly withoutRefreshToken?: true;
  /** The computer that acquired it, and alone refreshes it. Absent in what earlier versions kept, until a refresh. */
  readonly computer?: Computer;
  readonly lastFailure?: Failure;
  readonly lastFailureAt?: number;
  readonly removing?: 'at_server' | 'here';
}

/** A record as it stands on disk. */
export interface KeptRecord extends LicenseRecord {
  readonly trustedAt?: number;
  readonly seal?: string;
}

/** A record as read from disk and what seals it, or null where it is not one. */
export function parseKeptRecord(
  document: unknown,
): { readonly record: LicenseRecord; readonly sealed: Pick<KeptRecord, 'trustedAt' | 'seal'> } | null {
  const parsed = licenseRecordSchema.safeParse(document);
  if (!parsed.success) return null;
  const { trustedAt, seal, ...record } = parsed.data as KeptRecord;
  return {
    record,
    sealed: { ...(trustedAt === undefined ? {} : { trustedAt }), ...(seal === undefined ? {} : { seal }) },
  };
}

/** Does the record say what this token says? */
export function isOfToken(record: LicenseRecord | null, details: LicenseDetails): boolean {
  return (
    record?.details.serverId === details.serverId &&
    record.details.tokenIssuedAt === details.tokenIssuedAt &&
    record.details.tokenExpiresAt === details.tokenExpiresAt
  );
}

/** What the keychain holds for a license. Never logged, never sent to the screen. */
export interface LicenseSecrets {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly issuer: string;
  readonly clientId: string;
  /** Seals the license record on disk; absent until the first time that tokens are stored. */
  readonly recordKey?: string;
  /** Where the tokens are bound to a key (RFC 9449). */
  readonly dpopKey?: PrivateKeyJwk;
  /** Where the server that issued them takes them; see {@link endpointsOf}. Absent in what earlier versions kept. */
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

/** Secrets as read from the keychain, or null where they are not whole. */
export function parseSecrets(value: string): LicenseSecrets | null {
  try {
    const parsed = secretsSchema.safeParse(JSON.parse(value));
    return parsed.success ? (parsed.data as LicenseSecrets) : null;
  } catch {
    return null;
  }
}
