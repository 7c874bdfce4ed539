import type { JSONWebKeySet } from 'jose';
import { type Failure, fail, type Result } from '../../src-shared/result.ts';
import { expectedAudience, type ServerProfile } from '../../src-shared/server-profile.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import { clockToleranceMs } from './clock-check.ts';
import { type LicenseClaims, parseLicenseClaims } from './license-claims.ts';
import { verifyLicenseToken } from './license-token.ts';
import type { TrustedTime } from './trusted-time.ts';

/** Verifies one profile's license tokens, by the kept keys first: what is valid offline needs no network. */
export class LicenseVerifier {
  readonly #profile: ServerProfile;
  readonly #knownServer: KnownServer;
  readonly #trustedTime: TrustedTime;
  /** Were the keys fetched for the token that was issued last? */
  #keysAreFresh = false;

  constructor(profile: ServerProfile, deps: { readonly knownServer: KnownServer; readonly trustedTime: TrustedTime }) {
    this.#profile = profile;
    this.#knownServer = deps.knownServer;
    this.#trustedTime = deps.trustedTime;
  }

  /** A token just issued; keys that are missing or may be older than the token are fetched once. Its `iat` is evidence of time. */
  async verifyFresh(accessToken: string): Promise<Result<LicenseClaims>> {
    let verified = await this.#verify(accessToken, this.#knownServer.keptKeys);
    this.#keysAreFresh = false;
    if (!verified.ok && keysMayBeOld(verified.failure)) {
      const fetched = await this.#knownServer.fetchKeys();
      this.#keysAreFresh = fetched.ok;
      verified = fetched.ok ? await this.#verify(accessToken, fetched.value) : fetched;
    }
    if (isAboutTime(verified)) {
      await this.#trustedTime.settle();
      verified = await this.#verify(accessToken, this.#knownServer.keptKeys);
    }
    if (!verified.ok) return this.#nameTheClock(verified);
    this.#trustedTime.hearIssuedAt(verified.value.details.tokenIssuedAt);
    return verified;
  }

  /**
   * Lets go of the keys that the issuer has withdrawn, for whoever verifies peers. `issued` has been verified just now: keys
   * that it does not fit are not those of its issuer. Never fails: see {@link KnownServer.renewKeys}.
   */
  async renewKeys(issued: string): Promise<void> {
    if (this.#keysAreFresh) return;
    await this.#knownServer.renewKeys(async (keys) => (await this.#verify(issued, keys, true)).ok);
  }

  /**
   * A token that was held already, past its `exp` too, and by keys that were withdrawn since; `fetchKeys` where there is
   * nothing to fall back on without it.
   */
  async verifyHeld(
    accessToken: string,
    { fetchKeys }: { readonly fetchKeys: boolean },
  ): Promise<Result<LicenseClaims>> {
    const { keptKeys, formerKeys } = this.#knownServer;
    const verified = await this.#verify(accessToken, keptKeys, true);
    if (verified.ok || !keysMayBeOld(verified.failure)) return verified;
    const formerly = await this.#verify(accessToken, formerKeys, true);
    if (formerly.ok) return formerly;
    if (!fetchKeys || verified.failure.code === 'token_signature_invalid') return verified;
    const fetched = await this.#knownServer.fetchKeys();
    return fetched.ok ? this.#verify(accessToken, fetched.value, true) : verified;
  }

  async #verify(
    accessToken: string,
    keys: JSONWebKeySet | null,
    acceptExpired = false,
  ): Promise<Result<LicenseClaims>> {
    const metadata = await this.#knownServer.keptMetadata();
    if (!keys || !metadata.ok) return fail('signing_keys_unavailable', { facts: { cause: 'none_kept' } });
    const payload = await verifyLicenseToken(accessToken, {
      keys,
      issuer: metadata.value.issuer,
      audience: expectedAudience(this.#profile),
      clientId: this.#profile.clientId,
      judgedAt: this.#trustedTime.evaluate().judgedAt,
      // A clock that is not called wrong must not make the token wrong.
      aheadMs: clockToleranceMs,
      acceptExpired,
    });
    return payload.ok ? parseLicenseClaims(payload.value) : payload;
  }

  /** Without a server date the computer's clock may be what is wrong, not the token. */
  #nameTheClock(refused: Result<LicenseClaims>): Result<LicenseClaims> {
    return isAboutTime(refused) && !this.#trustedTime.hasFreshEvidence ? fail('clock_wrong') : refused;
  }
}

function isAboutTime(verified: Result<unknown>): boolean {
  return (
    !verified.ok && (verified.failure.code === 'token_expired' || verified.failure.code === 'token_issued_in_future')
  );
}

/** Not every server gives a new key a new `kid`: then the kept key has the right name and the wrong signature. */
function keysMayBeOld({ code }: Failure): boolean {
  return code === 'signing_keys_unavailable' || code === 'signing_keys_unusable' || code === 'token_signature_invalid';
}
