import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import { ProofKey } from '../authorization/proof-key.ts';
import type { LicenseRecord, LicenseSecrets } from './license-record.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** The license token that this server holds now. Never a refresh token. */
export interface CurrentToken {
  readonly accessToken: string;
  /** RFC 6750, RFC 9449 §7.1. */
  readonly tokenType: 'Bearer' | 'DPoP';
  /** ms since the Unix epoch. */
  readonly expiresAt: number;
}

interface HeldTokenDeps {
  readonly license: {
    readonly record: LicenseRecord | null;
    view(): object | null;
    readSecrets(): Promise<Result<LicenseSecrets | null>>;
  };
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
}

interface Held {
  readonly token: CurrentToken;
  readonly key: ProofKey | null;
}

/**
 * Hands out the current license token to callers that are allowed to have it. The main process keeps the token in memory after
 * the first call, so that the keychain is read once per token. Each change of the license drops it; see
 * {@link HeldToken.licenseChanged}.
 */
export class HeldToken {
  readonly #deps: HeldTokenDeps;
  /** The details of the license that the token belongs to. Each refresh brings a new details object. */
  #of: LicenseDetails | null = null;
  #reading: Promise<Result<Held>> | null = null;

  constructor(deps: HeldTokenDeps) {
    this.#deps = deps;
  }

  /** Failures: `not_licensed`, `token_expired` (judged by trusted time), and the `secret_store_*` codes. */
  async current(): Promise<Result<CurrentToken>> {
    const held = await this.#held();
    return held.ok ? succeed(held.value.token) : held;
  }

  /**
   * Creates a proof of possession for one request with this token (RFC 9449 §4.2, §7.1). Failures: those of {@link current}, and
   * `token_not_bound` for a bearer token.
   */
  async prove(request: {
    readonly method: string;
    readonly url: string;
    readonly nonce?: string;
  }): Promise<Result<string>> {
    const held = await this.#held();
    if (!held.ok) return held;
    if (!held.value.key) return fail('token_not_bound');
    const issuedAt = this.#deps.trustedTime.evaluate().judgedAt;
    const { accessToken } = held.value.token;
    return succeed(await held.value.key.prove({ ...request, issuedAt, accessToken }));
  }

  /** Is there a token, or a key, in memory? */
  get isHeld(): boolean {
    return this.#reading !== null;
  }

  /** Call this when the license may have changed. Drops the token at once if its license was removed or replaced. */
  licenseChanged(): void {
    if (this.#of !== this.#heldLicense) this.#drop();
  }

  /** The license whose token may be handed out, or null. */
  get #heldLicense(): LicenseDetails | null {
    const { license } = this.#deps;
    const { record } = license;
    return record && !record.removing && license.view() ? record.details : null;
  }

  #drop(): void {
    this.#of = null;
    this.#reading = null;
  }

  async #held(): Promise<Result<Held>> {
    const { trustedTime } = this.#deps;
    this.licenseChanged();
    const details = this.#heldLicense;
    if (!details) return fail('not_licensed');
    this.#of = details;
    this.#reading ??= this.#read(details);
    const held = await this.#reading;
    // Read the keychain again at the next call if it was locked, and now if the license changed in the meantime.
    if (this.#of === details && !held.ok) this.#drop();
    if (this.#heldLicense !== details) return this.#held();
    if (held.ok && held.value.token.expiresAt <= trustedTime.evaluate().judgedAt) return fail('token_expired');
    return held;
  }

  /** The expiry is the one that was read when the token was verified, so that token and license agree on it. */
  async #read({ tokenExpiresAt: expiresAt }: LicenseDetails): Promise<Result<Held>> {
    const secrets = await this.#deps.license.readSecrets();
    if (!secrets.ok) return secrets;
    if (!secrets.value) return fail('secret_store_damaged');
    const { accessToken, dpopKey } = secrets.value;
    const key = dpopKey ? await ProofKey.restore(dpopKey) : succeed(null);
    if (!key.ok) return key;
    return succeed({ token: { accessToken, tokenType: dpopKey ? 'DPoP' : 'Bearer', expiresAt }, key: key.value });
  }
}
