import { decodeJwt } from 'jose';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import { type LicenseClaims, parseLicenseClaims } from '../tokens/license-claims.ts';
import { type LicenseSecrets, parseSecrets, serializeSecrets } from './license-record.ts';

/** A new license that a person has not accepted yet: its tokens, and what its license token says. */
export interface PendingLicense {
  readonly secrets: LicenseSecrets;
  readonly claims: LicenseClaims;
}

/**
 * Keeps the tokens of a license that a person has not accepted yet. They have a keychain entry of their own, so the present
 * license stays as it is, and the question can be asked again after a crash.
 */
export class PendingLicenseStore {
  readonly #name: string;
  readonly #secrets: SecretStore;

  constructor(profileId: string, secrets: SecretStore) {
    this.#name = `pending.${profileId}`;
    this.#secrets = secrets;
  }

  /** Failures: `secret_store_*`. */
  keep({ secrets }: PendingLicense): Promise<Result<null>> {
    return this.#secrets.write(this.#name, serializeSecrets(secrets));
  }

  /** Null if there is none, or if the entry is damaged. The license token was verified before it was kept. Failures: `secret_store_*`. */
  async read(): Promise<Result<PendingLicense | null>> {
    const read = await this.#secrets.read(this.#name);
    if (!read.ok) return read;
    const secrets = read.value === null ? null : parseSecrets(read.value);
    const claims = secrets && claimsOf(secrets.accessToken);
    return succeed(claims ? { secrets, claims } : null);
  }

  /** Failures: `secret_store_*`. */
  drop(): Promise<Result<null>> {
    return this.#secrets.remove(this.#name);
  }
}

function claimsOf(accessToken: string): LicenseClaims | null {
  try {
    const claims = parseLicenseClaims(decodeJwt(accessToken));
    return claims.ok ? claims.value : null;
  } catch {
    return null;
  }
}
