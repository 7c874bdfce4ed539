import { decodeJwt } from 'jose';
import { z } from 'zod/mini';
import { type Result, succeed } from '../../src-shared/result.ts';
import { optional, text } from '../../src-shared/schema-atoms.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import { type LicenseClaims, parseLicenseClaims } from '../tokens/license-claims.ts';
import { type LicenseSecrets, secretsSchema } from './license-record.ts';

/** A new license that may be for another server: its tokens, the claims of its license token, and a person's answer. */
export interface PendingLicense {
  readonly secrets: LicenseSecrets;
  readonly claims: LicenseClaims;
  readonly difference: ServerDifference;
  /** Stored before the console acts on it, so that the console does not ask twice after a crash. Absent while the question is open. */
  readonly answer?: 'keep' | 'undo';
}

const identity = z.object({
  serverName: optional(text),
  serverId: optional(text),
  organization: optional(text),
  edition: optional(text),
  deviceType: optional(text),
});
const entrySchema = z.object({
  version: z.literal(1),
  secrets: z.omit(secretsSchema, { version: true }),
  difference: z.object({
    differs: z.array(z.keyof(identity)),
    meant: identity,
    found: identity,
    newName: optional(text),
  }),
  answer: optional(z.enum(['keep', 'undo'])),
});

/**
 * Keeps the tokens of a license that a person has not accepted yet. They have their own keychain entry, so the current license stays
 * as it is, and the question can be asked again after a crash.
 */
export class PendingLicenseStore {
  readonly #name: string;
  readonly #secrets: SecretStore;

  constructor(profileId: string, secrets: SecretStore) {
    this.#name = `pending.${profileId}`;
    this.#secrets = secrets;
  }

  /** Failures: `secret_store_*`. */
  write({ secrets, difference, answer }: PendingLicense): Promise<Result<null>> {
    return this.#secrets.write(this.#name, JSON.stringify({ version: 1, secrets, difference, answer }));
  }

  /** Null if there is none, or if the entry is damaged. The license token was verified before it was written. Failures: `secret_store_*`. */
  async read(): Promise<Result<PendingLicense | null>> {
    const read = await this.#secrets.read(this.#name);
    return read.ok ? succeed(read.value === null ? null : parse(read.value)) : read;
  }

  /** Failures: `secret_store_*`. */
  remove(): Promise<Result<null>> {
    return this.#secrets.remove(this.#name);
  }
}

function parse(value: string): PendingLicense | null {
  try {
    const { version: _, ...entry } = entrySchema.parse(JSON.parse(value));
    const { secrets, difference, ...rest } = entry;
    const claims = parseLicenseClaims(decodeJwt(secrets.accessToken));
    if (!claims.ok) return null;
    return { ...rest, secrets, difference, claims: claims.value };
  } catch {
    return null;
  }
}
