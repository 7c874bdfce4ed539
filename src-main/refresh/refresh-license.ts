import { hasTrait } from '../../src-shared/failure-codes.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure, type Result, succeed } from '../../src-shared/result.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { ProtocolFault } from '../authorization/oauth-failure.ts';
import { requestRefreshTokenGrant } from '../authorization/refresh-token-grant.ts';
import type { TokenResponse } from '../authorization/token-set.ts';
import { checkIssued } from '../license/check-issued.ts';
import type { LicenseRecord, LicenseSecrets } from '../license/license-record.ts';
import type { LicenseService } from '../license/license-service.ts';
import { checkSameServer } from '../license/server-difference.ts';

/**
 * How one refresh ended. `answerLost`: the server may have issued tokens that never arrived.
 */
export type RefreshOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly failure: Failure;
      readonly answerLost?: boolean;
    };

export type FailedRefresh = Exclude<RefreshOutcome, { ok: true }>;

/** The issued access token does not leave this file. */
type SaveOutcome = { readonly ok: true; readonly issued: string } | FailedRefresh;

/**
 * Refreshes a license (RFC 6749 §6). Stores the rotated refresh token in the keychain before anything else happens. An access
 * token that cannot be verified never replaces one that was.
 */
export class RefreshLicense {
  readonly #license: LicenseService;
  readonly #dueAt: (issuedAt: number, expiresAt: number) => number;
  /** Tokens that the keychain has not accepted yet. They are written before the next refresh is requested. */
  #unsaved: { replaces: string; secrets: LicenseSecrets; issued: TokenResponse } | null = null;

  constructor(license: LicenseService, dueAt: (issuedAt: number, expiresAt: number) => number) {
    this.#license = license;
    this.#dueAt = dueAt;
  }

  /**
   * Waits for a change of the license that is in progress, then refreshes. After the license is announced, fetches the issuer's
   * keys and ends open grants, since the server is reachable now. Only the caller of this refresh waits for that. `answerWasLost`: the
   * server may repeat its last response for only a few seconds, so nothing else is asked first.
   */
  async run(answerWasLost = false): Promise<RefreshOutcome> {
    const outcome = await this.#license.exclusively(() => this.#refresh(answerWasLost));
    if (!outcome.ok) {
      if (readsMetadataAfter(outcome, answerWasLost)) await this.#license.authorizationContext({ fresh: true });
      return outcome;
    }
    await this.#license.verifier.renewKeys(outcome.issued);
    await this.#license.grants.endOpen();
    return { ok: true };
  }

  /**
   * Writes tokens that the keychain did not accept earlier, without a request to the server. Call this before dropping this
   * object. Failures: the `secret_store_*` codes; the tokens are then still only in memory.
   */
  saveUnsaved(): Promise<Result<null>> {
    return this.#license.exclusively(async () => {
      if (!this.#unsaved) return succeed(null);
      const secrets = await this.#license.readSecrets();
      if (!secrets.ok) return secrets;
      const late = await this.#saveLate(secrets.value?.refreshToken);
      return this.#unsaved && late && !late.ok ? late : succeed(null);
    });
  }

  async #refresh(answerWasLost: boolean): Promise<SaveOutcome> {
    const secrets = await this.#license.readSecrets();
    if (!secrets.ok) return secrets;
    const late = await this.#saveLate(secrets.value?.refreshToken);
    if (late) return late;
    if (!secrets.value) return { ok: false, failure: failure('secret_store_damaged') };
    if (!secrets.value.refreshToken) return { ok: false, failure: noRefreshToken(this.#license.record) };
    const other = this.#license.otherComputer();
    if (other) return { ok: false, failure: other };
    // The refresh token is for the server that issued it, whatever the settings say (RFC 9700 §4.4).
    if (!sameIssuer(secrets.value.issuer, this.#license.profile.issuer))
      return { ok: false, failure: failure('token_issuer_mismatch') };
    const fresh = readsMetadataBefore(this.#license.record?.lastFailure, answerWasLost);
    const context = await this.#license.authorizationContext({ fresh, held: secrets.value });
    if (!context.ok) return context;
    // The request uses up the refresh token, so first make sure that the keychain can store its successor.
    const writable = await this.#license.probeKeychain();
    if (!writable.ok) return writable;
    const granted = await requestRefreshTokenGrant(
      context.value,
      secrets.value.refreshToken,
      this.#license.profile.resource,
    );
    const { refreshToken } = granted.ok ? granted.tokens : granted;
    if (!granted.ok && !refreshToken) return refused(granted.fault);
    const rotated = refreshToken ? { ...secrets.value, refreshToken } : secrets.value;
    return this.#save(secrets.value.refreshToken, rotated, granted);
  }

  /** Saves tokens issued earlier if they still belong to this license. Null if there are none. */
  async #saveLate(kept: string | undefined): Promise<SaveOutcome | null> {
    const unsaved = this.#unsaved;
    this.#unsaved = null;
    // The tokens do not belong to a license that was acquired in the meantime.
    if (!unsaved || !(kept === unsaved.replaces || (kept && kept === unsaved.secrets.refreshToken))) return null;
    return this.#save(unsaved.replaces, unsaved.secrets, unsaved.issued);
  }

  async #save(replaces: string, rotated: LicenseSecrets, answer: TokenResponse): Promise<SaveOutcome> {
    this.#unsaved = { replaces, secrets: rotated, issued: answer };
    const durable = await this.#license.storeSecrets(rotated);
    if (!durable.ok) return durable;
    this.#unsaved = null;
    if (!answer.ok) return refused(answer.fault);
    const issued = answer.tokens;
    const claims = await this.#license.verifier.verifyFresh(issued.accessToken);
    if (!claims.ok) return claims;
    const usable = checkIssued(issued, claims.value, this.#license.profile.edition);
    if (!usable.ok) return usable;
    const { record } = this.#license;
    const same = record ? checkSameServer(record.details, claims.value.details) : succeed(null);
    if (!same.ok) return same;
    const stored = await this.#license.storeSecrets({ ...rotated, accessToken: issued.accessToken });
    if (!stored.ok) return stored;
    const { tokenIssuedAt, tokenExpiresAt } = claims.value.details;
    this.#license.announce(claims.value, this.#dueAt(tokenIssuedAt, tokenExpiresAt), 'refreshed');
    return { ok: true, issued: issued.accessToken };
  }
}

/**
 * Is the metadata read at once after this failure? After the server has moved, its old addresses can fail in any way: the name is gone, or
 * something else answers there. Reading the metadata only before the next try would double the requests of all the stores that come back
 * together after an outage.
 */
export function readsMetadataAfter({ failure: reason, answerLost }: FailedRefresh, answerWasLost: boolean): boolean {
  const retriesSoon = answerLost === true && !answerWasLost;
  return hasTrait(reason.code, 'unavailable') && !hasTrait(reason.code, 'needs_pause') && !retriesSoon;
}

/** Is the metadata read before the try that follows this failure? It is if the server answered: it refused, or it asked for a pause. */
export function readsMetadataBefore(lastFailure: Failure | undefined, answerWasLost: boolean): boolean {
  return !answerWasLost && (hasTrait(lastFailure?.code, 'needs_pause') || hasTrait(lastFailure?.code, 'server_moved'));
}

/** The failure for a license without a refresh token. The fact `expires_at` says when the license token expires. */
export function noRefreshToken(record: LicenseRecord | null): Failure {
  return failure('no_refresh_token', record ? { facts: { expires_at: String(record.details.tokenExpiresAt) } } : {});
}

function refused(fault: ProtocolFault): FailedRefresh {
  return present({
    ok: false,
    failure: fault.failure,
    answerLost: fault.maybeDelivered && hasTrait(fault.failure.code, 'answer_lost') ? true : undefined,
  });
}
