import type { JSONWebKeySet } from 'jose';
import { type Failure, fail, type Result } from '../../src-shared/result.ts';
import { expectedAudience, type ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import { clockToleranceMs } from '../time/clock-check.ts';
import { type LicenseClaims, parseLicenseClaims } from '../tokens/license-claims.ts';
import { KeySet } from '../tokens/key-set.ts';
import { type TokenExpectation, type VerifiedToken, verifyLicenseToken } from '../tokens/license-token.ts';
import { isPastExpiry } from '../tokens/token-rules.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** What this server's own token is compared with. */
export interface OwnTokenExpectation extends TokenExpectation {
  /** If no audience is compared, the token's `client_id` must be this one. A token without `client_id` is accepted. */
  readonly clientId: string;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
  /** Accept an authentic token past its `exp`. The console still shows such a token, but it proves nothing to peers. */
  readonly acceptExpired: boolean;
}

/**
 * Verifies this server's own token: as any license token, then its client (RFC 9068 §2.2) and its time. Failures: the `token_*`
 * codes, and `signing_keys_unusable` if none of the keys fits the token.
 */
export function verifyOwnToken(token: string, expected: OwnTokenExpectation): Result<VerifiedToken> {
  const verified = verifyLicenseToken(token, expected);
  if (!verified.ok) return { ok: false, failure: verified.failure };
  const { claims, startsAt, expiresAt } = verified.value;
  const clientId = claims['client_id'] ?? null;
  if (expected.audience === null && clientId !== null && clientId !== expected.clientId)
    return fail('token_client_mismatch');
  if (!expected.acceptExpired && isPastExpiry(expiresAt, expected.judgedAt)) return fail('token_expired');
  // A clock within its tolerance must not make the token invalid.
  if (startsAt > expected.judgedAt + clockToleranceMs) return fail('token_issued_in_future');
  return verified;
}

interface LicenseVerifierDeps {
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
  readonly crypto: TokenCrypto;
}

/** Verifies one profile's license tokens. Tries the stored keys first, so that tokens can be verified offline. */
export class LicenseVerifier {
  readonly #profile: ServerProfile;
  readonly #knownServer: KnownServer;
  readonly #trustedTime: TrustedTime;
  readonly #crypto: TokenCrypto;
  /** Were the keys fetched to verify the token that was issued last? */
  #keysAreFresh = false;

  constructor(profile: ServerProfile, deps: LicenseVerifierDeps) {
    this.#profile = profile;
    this.#knownServer = deps.knownServer;
    this.#trustedTime = deps.trustedTime;
    this.#crypto = deps.crypto;
  }

  /**
   * Verifies a token that was just issued. Fetches the keys once if they are missing or may be older than the token. The token's
   * `iat` is evidence of the time.
   */
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
    this.#trustedTime.observeIssuedAt(verified.value.details.tokenIssuedAt);
    return verified;
  }

  /**
   * Fetches the issuer's current keys, so that peers are no longer verified with withdrawn keys. `issued` was just verified: keys
   * that do not verify it are not from its issuer. Never fails; see {@link KnownServer.renewKeys}.
   */
  async renewKeys(issued: string): Promise<void> {
    if (this.#keysAreFresh) return;
    await this.#knownServer.renewKeys(async (keys) => (await this.#verify(issued, keys, true)).ok);
  }

  /**
   * Verifies a token that is already in the keychain. Accepts it past its `exp`, and with keys that the issuer has withdrawn in
   * the meantime. `fetchKeys`: fetch the keys if no stored key is meant for the token, for callers without a record to fall back on.
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
    const verified = verifyOwnToken(accessToken, {
      keys: new KeySet(keys, this.#crypto),
      crypto: this.#crypto,
      issuer: metadata.value.issuer,
      audience: expectedAudience(this.#profile),
      clientId: this.#profile.clientId,
      judgedAt: this.#trustedTime.evaluate().judgedAt,
      acceptExpired,
    });
    return verified.ok ? parseLicenseClaims(verified.value.claims) : verified;
  }

  /** Without a server date the computer's clock may be wrong rather than the token. */
  #nameTheClock(refused: Result<LicenseClaims>): Result<LicenseClaims> {
    return isAboutTime(refused) && !this.#trustedTime.hasFreshEvidence ? fail('clock_wrong') : refused;
  }
}

function isAboutTime(verified: Result<unknown>): boolean {
  return (
    !verified.ok && (verified.failure.code === 'token_expired' || verified.failure.code === 'token_issued_in_future')
  );
}

/** Some servers reuse a `kid` for a new key. The stored key is then found by its `kid`, but does not verify the signature. */
function keysMayBeOld({ code }: Failure): boolean {
  return code === 'signing_keys_unavailable' || code === 'signing_keys_unusable' || code === 'token_signature_invalid';
}
