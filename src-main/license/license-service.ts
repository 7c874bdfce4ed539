import type { AuthorizationEnd, LicenseView, RemovalEnd, UnreadFile } from '../../src-shared/window/console-state.ts';
import { hasTrait } from '../../src-shared/failure-codes.ts';
import { eventFacts, type LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import { causeOf, type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { present } from '../../src-shared/present.ts';
import { sameServerName } from '../../src-shared/servers/server-name.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { Turns } from '../../src-shared/turns.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import type { ServerMetadata } from '../authorization/discovery.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import { requestRevocation } from '../authorization/token-revocation.ts';
import type { Http } from '../ports/http.ts';
import type { Computer, OwnComputer } from '../ports/own-computer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { LicenseClaims } from '../tokens/license-claims.ts';
import { GrantsToEnd, leftOpen } from './grants-to-end.ts';
import { evaluateLicense, licenseInstants } from './evaluate-license.ts';
import { isOfToken, type LicenseRecord, type LicenseSecrets, saysTokensAreGone } from './license-record.ts';
import { LicenseSecretsStore } from './license-secrets-store.ts';
import { LicenseVerifier } from './license-verifier.ts';
import { OpenGrants } from './open-grants.ts';
import { PendingLicenseStore } from './pending-license.ts';
import { RecordKeeper, type RecordKeeperDeps } from './record-keeper.ts';
import { accessServer, type ServerAccess } from './server-access.ts';

interface LicenseServiceDeps extends RecordKeeperDeps {
  readonly http: Http;
  readonly secrets: SecretStore;
  readonly knownServer: KnownServer;
  readonly ownComputer: OwnComputer;
  readonly crypto: TokenCrypto;
  readonly onChanged: () => void;
  /** Receives each event for the history. */
  readonly onEvent: (event: LicenseEvent) => void;
  /** Called when the server has ended a grant that this license does not need. Some servers end the one that it needs, too. */
  readonly onGrantEnded: () => void;
}

/**
 * The license of one profile. Only this class changes what is stored of a license. It writes tokens to the keychain before it
 * updates the record on disk. No failure of network, parsing or keychain deletes a license.
 */
export class LicenseService {
  readonly profile: ServerProfile;
  readonly #deps: LicenseServiceDeps;
  readonly #secrets: LicenseSecretsStore;
  readonly verifier: LicenseVerifier;
  readonly grants: GrantsToEnd;
  /** A new license that a person has not accepted yet. */
  readonly pending: PendingLicenseStore;
  readonly #keeper: RecordKeeper;
  /** An earlier run did not finish a removal. The license is no longer shown. */
  #removedEarlier = false;
  /** The record on disk was not written by this console, and no new record has replaced it yet. */
  #altered = false;
  /** The tokens in the keychain came without a refresh token. */
  #withoutRefreshToken = false;
  /** This computer. Null until the operating system has identified it, or if it cannot. */
  #computer: Computer | null = null;
  readonly #turns = new Turns();

  constructor(profile: ServerProfile, deps: LicenseServiceDeps) {
    this.profile = profile;
    this.#deps = deps;
    this.verifier = new LicenseVerifier(profile, deps);
    this.#keeper = new RecordKeeper(`license.${profile.id}`, deps);
    this.#secrets = new LicenseSecretsStore(profile.id, deps.secrets, deps.onChanged);
    this.pending = new PendingLicenseStore(profile.id, deps.secrets);
    this.grants = new GrantsToEnd({
      openGrants: new OpenGrants(profile.id, deps.secrets),
      revoke: (secrets) => this.#revoke(secrets),
      heldSecrets: () => this.exclusively(() => this.readSecrets()),
      hasKeychainTrouble: () => this.keychainTrouble !== null,
      keptEndpoints: () => deps.knownServer.keptEndpoints,
      now: () => deps.trustedTime.evaluate().judgedAt,
      onEvent: deps.onEvent,
      onEnded: deps.onGrantEnded,
    });
  }

  get record(): LicenseRecord | null {
    return this.#keeper.record;
  }

  /** The failure of the last keychain call, or null if it succeeded. */
  get keychainTrouble(): Failure | null {
    return this.#secrets.trouble;
  }

  /** The tokens could not be read: the keychain failed, or they were not in it. */
  get missesTokens(): boolean {
    return this.keychainTrouble !== null || saysTokensAreGone(this.record);
  }

  /** What the license says. Null without a license. */
  get details(): LicenseDetails | null {
    return this.record && !this.#removedEarlier ? this.record.details : null;
  }

  /** The license evaluated at this moment, for the screen. */
  view(): LicenseView | null {
    const { details } = this;
    return details && { details, evaluation: evaluateLicense(details, this.#deps.trustedTime.evaluate().judgedAt) };
  }

  /** What {@link LicenseService.remove} would do with the authorization at the server, judged without asking the server. */
  get removalEnds(): AuthorizationEnd {
    if (this.record?.withoutRefreshToken) return 'nothing_to_revoke';
    return this.#deps.knownServer.offersRevocation ? 'ended' : 'not_offered';
  }

  /** An interrupted removal waits for the server, which may not have ended the authorization yet. */
  get removalWaits(): boolean {
    return this.#removedEarlier && this.record?.removing === 'at_server';
  }

  /** Loads the record from disk, without network or keychain. `unreadable`: there was a record, but it is damaged. */
  restore(): UnreadFile & { readonly unreadable: boolean } {
    const restored = this.#keeper.restore();
    this.#removedEarlier = this.record?.removing !== undefined;
    return restored;
  }

  /** Saves the mark of trusted time with the record if the mark has moved by at least `movedMs`. False if the record cannot take it. */
  keepMark(movedMs: number): boolean {
    return this.#keeper.keepMark(movedMs);
  }

  /** Runs one change at a time, in the order of the calls. */
  exclusively<T>(change: () => Promise<T>): Promise<T> {
    return this.#turns.run(change);
  }

  /**
   * Reconciles the record with the keychain: finishes an interrupted removal, rebuilds a record that is missing, altered or of an
   * earlier token from the tokens, and reports a failure if the tokens are gone. Deletes only what a person already asked to
   * remove.
   */
  reconcile(): Promise<void> {
    return this.exclusively(async () => {
      const secrets = await this.readSecrets();
      if (!secrets.ok) return;
      // An altered record says nothing about what the users of this console asked for, so its removal is not carried out.
      if (this.#altered && this.record?.removing) this.#undoRemoval();
      if (this.record?.removing) {
        await this.#finishRemoval(secrets.value);
      } else if (secrets.value) {
        this.#tokensAreBack();
        this.#noteOtherComputer();
        await this.#followTokens(secrets.value);
      } else if (this.record && !saysTokensAreGone(this.record)) {
        this.noteFailure(failure('secret_store_damaged'));
      }
      this.#deps.onChanged();
    });
  }

  /** Prepares requests to this profile's Authorization server; see {@link accessServer}. */
  authorizationContext(access: ServerAccess = {}): Promise<Result<AuthorizationContext>> {
    return accessServer(this.profile, this.#deps, access);
  }

  /**
   * Finds out whether the Authorization server answers. Saves its metadata and keys, takes its date as evidence of the time, and
   * resumes an interrupted removal and the revocation of open grants. Failures: those of discovery.
   */
  async contactServer(): Promise<Result<ServerMetadata>> {
    const { knownServer } = this.#deps;
    // Without a license no peer is verified, so the keys are not needed. They are fetched with the next license.
    const answered = this.record ? await knownServer.contact() : await knownServer.freshMetadata();
    if (this.record?.removing) await this.reconcile();
    if (answered.ok) await this.grants.endOpen();
    return answered;
  }

  /** Writes tokens to the keychain. A license is announced only after this has succeeded. */
  async storeSecrets(secrets: LicenseSecrets): Promise<Result<null>> {
    this.#computer = await this.#deps.ownComputer();
    const recordKey = secrets.recordKey ?? this.#keeper.key ?? this.#deps.seal.newKey();
    const endpoints = this.#deps.knownServer.keptEndpoints;
    const stored = await this.#secrets.write(present({ ...secrets, recordKey, endpoints }));
    if (!stored.ok) return stored;
    this.#keeper.useKey(recordKey);
    this.#withoutRefreshToken = !secrets.refreshToken;
    return stored;
  }

  async readSecrets(): Promise<Result<LicenseSecrets | null>> {
    this.#computer = await this.#deps.ownComputer();
    const read = await this.#secrets.read();
    if (!read.ok || read.value === null) return read;
    if (!this.#altered && this.#keeper.check(read.value.recordKey) === 'altered') {
      this.#altered = true;
      this.#deps.onEvent({ kind: 'record_altered' });
    }
    this.#followRefreshToken(read.value);
    return read;
  }

  /**
   * Updates `withoutRefreshToken` in the record from the keychain. Records of earlier versions do not have it, and the seal does
   * not cover it.
   */
  #followRefreshToken({ refreshToken }: LicenseSecrets): void {
    this.#withoutRefreshToken = !refreshToken;
    if (!this.record || this.#altered || this.#withoutRefreshToken === (this.record.withoutRefreshToken ?? false))
      return;
    const { withoutRefreshToken: _, ...record } = this.record;
    if (!this.#withoutRefreshToken) return void this.#keep(record);
    // Without a refresh token no refresh can have been tried, so a recorded failure is meaningless.
    const { lastFailure: __, lastFailureAt: ___, ...untried } = record;
    this.#keep({ ...untried, withoutRefreshToken: true });
  }

  /**
   * Why the license must not be refreshed on this computer: the same account acquired it on another computer, and a roaming
   * user profile brought it here. A server that rotates refresh tokens treats a second user of a token as a thief (RFC 9700
   * §4.14.2). Null if this computer acquired the license, or if that is not known. Valid only after the keychain has been read.
   */
  otherComputer(): Failure | null {
    const { computer } = this.record ?? {};
    if (!computer || !this.#computer || computer.id === this.#computer.id) return null;
    return failure('license_of_another_computer', { facts: { computer: computer.name } });
  }

  /** Checks that the keychain accepts a value, before anything that depends on it is started. */
  probeKeychain(): Promise<Result<null>> {
    return this.#secrets.probe();
  }

  /** Lets the system ask for the keychain's password, then reconciles record and keychain. */
  async unlockKeychain(): Promise<Result<null>> {
    const unlocked = await this.#secrets.unlock();
    if (unlocked.ok) await this.reconcile();
    return unlocked;
  }

  /** Records and reports a license whose tokens are already in the keychain. */
  announce({ details }: LicenseClaims, refreshDueAt: number, how: 'acquired' | 'refreshed'): Result<null> {
    const { serverId, serverName } = details;
    const replaced = this.record !== null;
    const before = this.record?.details;
    this.#altered = false;
    const lastRefreshedAt = this.#deps.trustedTime.evaluate().judgedAt;
    const computer = (how === 'refreshed' ? this.record?.computer : undefined) ?? this.#computer;
    const kept = this.#keep({
      version: 1,
      issuer: this.profile.issuer,
      details,
      lastRefreshedAt,
      refreshDueAt,
      ...present({
        withoutRefreshToken: this.#withoutRefreshToken ? true : undefined,
        computer: computer ?? undefined,
      }),
    });
    const clocks = licenseInstants(details);
    this.#deps.onEvent(how === 'acquired' ? { kind: how, serverId, replaced, ...clocks } : { kind: how, ...clocks });
    const nameBefore = before?.serverId === serverId ? before.serverName : undefined;
    if (nameBefore !== undefined && serverName !== undefined && !sameServerName(nameBefore, serverName))
      this.#deps.onEvent({ kind: 'device_renamed', before: nameBefore, now: serverName });
    return kept;
  }

  /**
   * Records why the last refresh failed. An earlier refusal stays recorded if the new failure does not change it. The license
   * itself does not change.
   */
  noteFailure(failure: Failure, refreshDueAt?: number): void {
    // Without a refresh token nothing was tried. The record already says that there is none.
    if (!this.record || failure.code === 'no_refresh_token') return;
    this.#deps.onEvent({ kind: 'refresh_failed', ...eventFacts(failure) });
    const lastFailureAt = this.#deps.trustedTime.evaluate().judgedAt;
    this.#keep({
      ...this.record,
      lastFailure: stillHolds(this.record.lastFailure, failure) ?? failure,
      lastFailureAt,
      refreshDueAt: refreshDueAt ?? this.record.refreshDueAt,
    });
  }

  /**
   * Revokes the authorization at the server, deletes everything stored here, and returns what happened to the authorization. If
   * the tokens are gone, the authorization cannot be revoked. `hereOnly` skips the revocation and leaves the authorization open
   * at the server. Failures: the `revocation_*` codes, with nothing changed; the `secret_store_*` codes, with nothing deleted.
   */
  remove(hereOnly: boolean): Promise<Result<RemovalEnd>> {
    return this.exclusively(async () => {
      if (!this.record) return fail('not_licensed');
      const secrets = await this.readSecrets();
      if (!secrets.ok && secrets.failure.code !== 'secret_store_damaged') return secrets;
      const held = secrets.ok ? secrets.value : null;
      const revocable = !hereOnly && held?.refreshToken ? held : null;
      // Recorded before anything is revoked, so that the next start can continue an interrupted removal.
      this.#keep({ ...this.record, removing: revocable ? 'at_server' : 'here' });
      const revoked = revocable ? await this.#revoke(revocable) : succeed(null);
      const forgotten = revoked.ok ? await this.#forget() : revoked;
      // A removal that failed is not an interrupted one: the next start must not finish it unless a person asks again.
      if (!forgotten.ok) {
        this.#undoRemoval();
        return forgotten;
      }
      const end = removalEnd(held, revocable !== null);
      this.#deps.onEvent({ kind: 'removed', ...end });
      return succeed(end);
    });
  }

  /**
   * If the server still has to end the authorization and cannot be reached, the removal waits, because the server may have ended
   * it already. If the server refuses to end it, the license is shown again, and a person decides what to do.
   */
  async #finishRemoval(held: LicenseSecrets | null): Promise<void> {
    const revoked = held?.refreshToken ? await this.#revoke(held) : null;
    if (revoked?.ok === false && this.record?.removing === 'at_server') {
      if (hasTrait(causeOf(revoked.failure), 'transient')) return;
      this.#undoRemoval();
      this.#deps.onEvent(leftOpen('removal', revoked.failure));
    } else if ((await this.#forget()).ok) {
      this.#deps.onEvent({ kind: 'removed', ...removalEnd(held, revoked?.ok === true) });
    }
  }

  #undoRemoval(): void {
    if (!this.record) return;
    const { removing: _, ...record } = this.record;
    this.#keep(record);
  }

  async #revoke(secrets: LicenseSecrets): Promise<Result<null>> {
    if (!secrets.refreshToken) return succeed(null);
    if (!sameIssuer(secrets.issuer, this.profile.issuer))
      return fail('revocation_failed', { facts: { cause: 'token_issuer_mismatch' } });
    const context = await this.authorizationContext({ held: secrets });
    if (!context.ok) return fail('revocation_failed', { facts: { cause: context.failure.code } });
    return requestRevocation(context.value, secrets.refreshToken);
  }

  async #forget(): Promise<Result<null>> {
    const removed = await this.#secrets.remove();
    if (!removed.ok) return removed;
    const forgotten = this.#keeper.forget();
    this.#deps.onChanged();
    return forgotten;
  }

  /** Clears the failure of missing tokens once they are readable again. No new authorization is needed, and refreshing continues. */
  #tokensAreBack(): void {
    if (!this.record || !saysTokensAreGone(this.record)) return;
    const { lastFailure: _, lastFailureAt: __, ...record } = this.record;
    this.#keep(record);
  }

  /**
   * Records that another computer acquired this license, without waiting for a refresh. Clears that failure again on the computer
   * that acquired the license, because the record may come from the other one.
   */
  #noteOtherComputer(): void {
    const wasElsewhere = this.record?.lastFailure?.code === 'license_of_another_computer';
    const other = this.otherComputer();
    if (other && !wasElsewhere) this.noteFailure(other);
    if (!this.record || other || !wasElsewhere) return;
    const { lastFailure: _, lastFailureAt: __, ...record } = this.record;
    this.#keep(record);
  }

  /** Rebuilds the record from the tokens if it belongs to another token or was altered. The tokens are authoritative. */
  async #followTokens({ accessToken, recordKey }: LicenseSecrets): Promise<void> {
    const claims = await this.verifier.verifyHeld(accessToken, { fetchKeys: !this.record });
    if (!claims.ok || (!this.#altered && isOfToken(this.record, claims.value.details))) return;
    this.#deps.trustedTime.observeIssuedAt(claims.value.details.tokenIssuedAt);
    if (recordKey !== undefined) this.#keeper.useKey(recordKey);
    // The next refresh is due at once, whatever the clock says, because the lost record's due time is unknown.
    this.announce(claims.value, claims.value.details.tokenIssuedAt, 'refreshed');
  }

  #keep(record: LicenseRecord): Result<null> {
    if (!record.removing) this.#removedEarlier = false;
    const written = this.#keeper.keep(record);
    this.#deps.onChanged();
    return written;
  }
}

function removalEnd(held: LicenseSecrets | null, revoked: boolean): RemovalEnd {
  return present({ revoked, nothingToRevoke: held && !held.refreshToken ? true : undefined });
}

/**
 * Returns the recorded refusal if it still holds. Once the server has refused the authorization, a failure that is no decision
 * of the server, such as one of the network, a captive portal or a busy server, does not change that.
 */
function stillHolds(known: Failure | undefined, failure: Failure): Failure | undefined {
  return hasTrait(known?.code, 'reauthorize') && !hasTrait(failure.code, 'decision') ? known : undefined;
}
