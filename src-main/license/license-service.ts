import type { AuthorizationEnd, LicenseView, RemovalEnd, UnreadFile } from '../../src-shared/console-state.ts';
import { eventFacts, type LicenseEvent } from '../../src-shared/license-event.ts';
import { type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { mayRevokeLater } from '../../src-shared/revocation-failure.ts';
import type { ServerProfile } from '../../src-shared/server-profile.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import { isDecision, isTransient } from '../authorization/oauth-failure.ts';
import { requestRevocation } from '../authorization/token-revocation.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Http } from '../ports/http.ts';
import type { Computer, OwnComputer } from '../ports/own-computer.ts';
import type { Seal } from '../ports/seal.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { evaluateLicense } from './evaluate-license.ts';
import type { LicenseClaims } from './license-claims.ts';
import { licenseInstants } from './license-instants.ts';
import type { LicenseRecord, LicenseSecrets } from './license-record.ts';
import { isOfToken, parseSecrets, serializeSecrets } from './license-record.ts';
import { LicenseVerifier } from './license-verifier.ts';
import { longestOpenMs, OpenGrants, soonestAgainMs } from './open-grants.ts';
import { RecordKeeper } from './record-keeper.ts';
import { accessServer, type ServerAccess } from './server-access.ts';
import type { TrustedTime } from './trusted-time.ts';

export interface LicenseServiceDeps {
  readonly http: Http;
  readonly documents: DocumentStore;
  readonly secrets: SecretStore;
  readonly seal: Seal;
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
  readonly ownComputer: OwnComputer;
  readonly onChanged: () => void;
  /** What happened, for the history. */
  readonly onEvent: (event: LicenseEvent) => void;
}

/**
 * The license of one profile: what is kept of it, and the only code that changes that. Tokens go to the keychain first,
 * and only then is the record on disk moved. No failure of network, parsing or keychain deletes a license.
 */
export class LicenseService {
  readonly profile: ServerProfile;
  readonly #deps: LicenseServiceDeps;
  readonly #secretName: string;
  readonly verifier: LicenseVerifier;
  readonly #keeper: RecordKeeper;
  readonly #openGrants: OpenGrants;
  /** A removal that an earlier run did not finish: the license is no longer shown. */
  #removedEarlier = false;
  /** The record on disk is not of this console's making, and nothing has taken its place yet. */
  #altered = false;
  #keychainTrouble: Failure | null = null;
  /** The tokens in the keychain came without a refresh token. */
  #withoutRefreshToken = false;
  /** This computer; null until the system has said, or where it does not. */
  #computer: Computer | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #endingGrants: Promise<void> | null = null;

  constructor(profile: ServerProfile, deps: LicenseServiceDeps) {
    this.profile = profile;
    this.#deps = deps;
    this.verifier = new LicenseVerifier(profile, deps);
    this.#keeper = new RecordKeeper(`license.${profile.id}`, deps);
    this.#secretName = `license.${profile.id}`;
    this.#openGrants = new OpenGrants(profile.id, deps.secrets);
  }

  get record(): LicenseRecord | null {
    return this.#keeper.record;
  }

  /** The last keychain call's failure; null after a success. */
  get keychainTrouble(): Failure | null {
    return this.#keychainTrouble;
  }

  /** The license as it stands now, for the screen. */
  view(): LicenseView | null {
    if (!this.record || this.#removedEarlier) return null;
    const { details } = this.record;
    return { details, evaluation: evaluateLicense(details, this.#deps.trustedTime.evaluate().judgedAt) };
  }

  /** What {@link LicenseService.remove} would do about the authorization at the server, as far as is known without asking. */
  get removalEnds(): AuthorizationEnd {
    if (this.record?.withoutRefreshToken) return 'nothing_to_revoke';
    return this.#deps.knownServer.offersRevocation ? 'ended' : 'not_offered';
  }

  /** A removal that was cut off waits for the server, which may not have ended the authorization yet. */
  get removalWaits(): boolean {
    return this.#removedEarlier && this.record?.removing === 'at_server';
  }

  /** Takes up the kept record: no network, no keychain. `unreadable` where there was one that is not whole. */
  restore(): UnreadFile & { readonly unreadable: boolean } {
    const restored = this.#keeper.restore();
    this.#removedEarlier = this.record?.removing !== undefined;
    return restored;
  }

  /** Keeps the mark of trusted time with the record, where it has moved by at least `movedMs`. */
  keepMark(movedMs: number): void {
    this.#keeper.keepMark(movedMs);
  }

  /** One change at a time, in the order asked for. */
  exclusively<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(change, change);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /**
   * Brings record and keychain together after a start: finishes a removal that was cut off, lets a record that is missing
   * or of an earlier token follow the tokens, and says where these are gone. Deletes nothing but what a person had already
   * asked to remove.
   */
  reconcile(): Promise<void> {
    return this.exclusively(async () => {
      const secrets = await this.readSecrets();
      if (!secrets.ok) return;
      // Nobody of this console's asked for a removal that an altered record tells of.
      if (this.#altered && this.record?.removing) this.#undoRemoval();
      if (this.record?.removing) {
        await this.#finishRemoval(secrets.value);
      } else if (secrets.value) {
        this.#tokensAreBack();
        this.#tellOfOtherComputer();
        await this.#followTokens(secrets.value);
      } else if (this.record) {
        this.noteFailure(failure('secret_store_damaged'));
      }
      this.#deps.onChanged();
    });
  }

  /** How to speak to this profile's Authorization server; see {@link accessServer}. */
  authorizationContext(access: ServerAccess = {}): Promise<Result<AuthorizationContext>> {
    return accessServer(this.profile, this.#deps, access);
  }

  /** Finds out whether the Authorization server answers; what it says is kept, its date is heard, and what waited for it is done. */
  async contactServer(): Promise<void> {
    const { knownServer } = this.#deps;
    // Without a license no peer is verified: the keys are fetched with the next one.
    const answered = this.record ? await knownServer.contact() : (await knownServer.freshMetadata()).ok;
    if (this.record?.removing) await this.reconcile();
    if (answered) await this.endOpenGrants();
  }

  /** Puts tokens into the keychain. Nothing is announced before this has succeeded. */
  async storeSecrets(secrets: LicenseSecrets): Promise<Result<null>> {
    this.#computer = await this.#deps.ownComputer();
    const recordKey = secrets.recordKey ?? this.#keeper.key ?? this.#deps.seal.newKey();
    const endpoints = this.#deps.knownServer.keptEndpoints;
    const value = serializeSecrets({ ...secrets, recordKey, ...(endpoints ? { endpoints } : {}) });
    const stored = this.#noteKeychain(await this.#deps.secrets.write(this.#secretName, value));
    if (!stored.ok) return stored;
    this.#keeper.useKey(recordKey);
    this.#withoutRefreshToken = !secrets.refreshToken;
    return stored;
  }

  async readSecrets(): Promise<Result<LicenseSecrets | null>> {
    this.#computer = await this.#deps.ownComputer();
    const read = this.#noteKeychain(await this.#deps.secrets.read(this.#secretName));
    if (!read.ok) return read;
    if (read.value === null) return succeed(null);
    const secrets = parseSecrets(read.value);
    if (!secrets) return this.#noteKeychain(fail('secret_store_damaged'));
    if (!this.#altered && this.#keeper.check(secrets.recordKey) === 'altered') {
      this.#altered = true;
      this.#deps.onEvent({ kind: 'record_altered' });
    }
    this.#followRefreshToken(secrets);
    return succeed(secrets);
  }

  /** Lets the record say what the keychain holds: earlier versions kept nothing of it, and the seal does not cover it. */
  #followRefreshToken({ refreshToken }: LicenseSecrets): void {
    this.#withoutRefreshToken = !refreshToken;
    if (!this.record || this.#altered || this.#withoutRefreshToken === (this.record.withoutRefreshToken ?? false))
      return;
    const { withoutRefreshToken: _, ...record } = this.record;
    if (!this.#withoutRefreshToken) return void this.#keep(record);
    // A refusal of what was never asked for says nothing.
    const { lastFailure: __, lastFailureAt: ___, ...untried } = record;
    this.#keep({ ...untried, withoutRefreshToken: true });
  }

  /**
   * Why the license is not to be refreshed here: another computer of this account acquired it, and brought it here with the
   * account's profile. A rotating server takes a second user of a refresh token for a thief (RFC 9700 §4.14.2). Null where it is
   * this computer's own, or nobody knows. Known once the keychain has been read.
   */
  otherComputer(): Failure | null {
    const { computer } = this.record ?? {};
    if (!computer || !this.#computer || computer.id === this.#computer.id) return null;
    return failure('license_of_another_computer', { facts: { computer: computer.name } });
  }

  /** Finds out before a person is asked for anything whether the keychain takes a value at all. */
  async probeKeychain(): Promise<Result<null>> {
    const name = `probe.${this.profile.id}`;
    const written = this.#noteKeychain(await this.#deps.secrets.write(name, 'probe'));
    if (written.ok) await this.#deps.secrets.remove(name);
    return written;
  }

  /** Lets the system ask for the keychain's password; then record and keychain are brought together. */
  async unlockKeychain(): Promise<Result<null>> {
    const unlocked = this.#noteKeychain(await this.#deps.secrets.unlock());
    if (unlocked.ok) await this.reconcile();
    return unlocked;
  }

  /** Announces a license whose tokens are in the keychain. */
  announce({ details }: LicenseClaims, refreshDueAt: number, how: 'acquired' | 'refreshed'): Result<null> {
    const { serverId } = details;
    const replaced = this.record !== null;
    this.#altered = false;
    const lastRefreshedAt = this.#deps.trustedTime.evaluate().judgedAt;
    const computer = (how === 'refreshed' ? this.record?.computer : undefined) ?? this.#computer;
    const kept = this.#keep({
      version: 1,
      issuer: this.profile.issuer,
      details,
      lastRefreshedAt,
      refreshDueAt,
      ...(this.#withoutRefreshToken ? { withoutRefreshToken: true } : {}),
      ...(computer ? { computer } : {}),
    });
    const clocks = licenseInstants(details);
    this.#deps.onEvent(how === 'acquired' ? { kind: how, serverId, replaced, ...clocks } : { kind: how, ...clocks });
    return kept;
  }

  /** Keeps why the last try to refresh failed, or the refusal before it where that still holds; the license stays as it is. */
  noteFailure(failure: Failure, refreshDueAt?: number): void {
    // Without a refresh token nothing was tried: the record says that it has none.
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
   * Ends a grant that the console does not use: a new license has replaced it, or its tokens are of no use. A failure is noted.
   * {@link endOpenGrants} tries again where the server may end it later.
   */
  async endGrant(secrets: LicenseSecrets, of: 'replaced' | 'unused'): Promise<void> {
    const revoked = await this.#revoke(secrets);
    if (revoked.ok) return;
    const endpoints = secrets.endpoints ?? this.#deps.knownServer.keptEndpoints;
    // Only the refresh token is needed to end the grant.
    const { accessToken: _, recordKey: __, ...needed } = secrets;
    const kept = { ...needed, accessToken: '', ...(endpoints ? { endpoints } : {}) };
    const grant = { of, since: this.#now(), secrets: kept };
    const triesAgain = mayRevokeLater(revoked.failure) && (await this.#openGrants.keep(grant));
    this.#noteLeftOpen(of, revoked.failure, triesAgain);
  }

  /**
   * Tries again to end the grants that could not be ended. Call it after the server has answered. No change of the license waits
   * for it.
   */
  endOpenGrants(): Promise<void> {
    this.#endingGrants ??= this.#endEachGrant().finally(() => {
      this.#endingGrants = null;
    });
    return this.#endingGrants;
  }

  async #endEachGrant(): Promise<void> {
    // A locked keychain may ask its person at each call.
    if (this.#keychainTrouble) return;
    for (const grant of await this.#openGrants.all()) {
      // The time at which it failed may lie ahead: the clock may have been wrong then.
      const openMs = Math.abs(this.#now() - grant.since);
      if (openMs < soonestAgainMs) return;
      const held = await this.exclusively(() => this.readSecrets());
      if (!held.ok) return;
      // Some servers issue the same refresh token again. The license depends on it then.
      const isInUse = held.value?.refreshToken === grant.secrets.refreshToken;
      const revoked = isInUse ? null : await this.#revoke(grant.secrets);
      // The other grants would fail for the same reason.
      if (revoked?.ok === false && mayRevokeLater(revoked.failure) && openMs < longestOpenMs) return;
      if (!(await this.#openGrants.drop(grant))) return;
      if (revoked?.ok) this.#deps.onEvent({ kind: 'grant_ended', of: grant.of });
      else if (revoked) this.#noteLeftOpen(grant.of, revoked.failure);
    }
  }

  #noteLeftOpen(of: 'removal' | 'replaced' | 'unused', { code, detail }: Failure, triesAgain = false): void {
    const more = { ...(detail ? { detail } : {}), ...(triesAgain ? { triesAgain: true as const } : {}) };
    this.#deps.onEvent({ kind: 'revocation_failed', of, code, ...more });
  }

  #now(): number {
    return this.#deps.trustedTime.evaluate().judgedAt;
  }

  /**
   * Revokes at the server, then lets go of everything here, and says what became of the authorization: there is nothing to
   * revoke with where the tokens are gone. Failures: the `revocation_*` codes, with nothing changed, unless `hereOnly`, which
   * leaves the authorization open at the server; the `secret_store_*` codes, with nothing deleted.
   */
  remove(hereOnly: boolean): Promise<Result<RemovalEnd>> {
    return this.exclusively(async () => {
      if (!this.record) return fail('not_licensed');
      const secrets = await this.readSecrets();
      if (!secrets.ok && secrets.failure.code !== 'secret_store_damaged') return secrets;
      const held = secrets.ok ? secrets.value : null;
      const revocable = !hereOnly && held?.refreshToken ? held : null;
      // Before anything is ended there: the next start goes on where this one is cut off.
      this.#keep({ ...this.record, removing: revocable ? 'at_server' : 'here' });
      const revoked = revocable ? await this.#revoke(revocable) : succeed(null);
      const forgotten = revoked.ok ? await this.#forget() : revoked;
      // A removal that failed is not one that was cut off: the next start must not finish it behind a person's back.
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
   * Where the server was to end the authorization and cannot be reached, it waits: it may have ended it already. Where the
   * server does not end it, the license is back: how to go on is for a person to say.
   */
  async #finishRemoval(held: LicenseSecrets | null): Promise<void> {
    const revoked = held?.refreshToken ? await this.#revoke(held) : null;
    if (revoked?.ok === false && this.record?.removing === 'at_server') {
      if (isTransient(revoked.failure.facts?.['cause'])) return;
      this.#undoRemoval();
      this.#noteLeftOpen('removal', revoked.failure);
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
    const removed = this.#noteKeychain(await this.#deps.secrets.remove(this.#secretName));
    if (!removed.ok) return removed;
    const forgotten = this.#keeper.forget();
    this.#deps.onChanged();
    return forgotten;
  }

  /** What had been missing is here again: nobody needs to authorize anything, and refreshing goes on. */
  #tokensAreBack(): void {
    if (this.record?.lastFailure?.code !== 'secret_store_damaged') return;
    const { lastFailure: _, lastFailureAt: __, ...record } = this.record;
    this.#keep(record);
  }

  /** Says whose license it is, before anything is asked for; what the other computer was told does not count on its own. */
  #tellOfOtherComputer(): void {
    const told = this.record?.lastFailure?.code === 'license_of_another_computer';
    const other = this.otherComputer();
    if (other && !told) this.noteFailure(other);
    if (!this.record || other || !told) return;
    const { lastFailure: _, lastFailureAt: __, ...record } = this.record;
    this.#keep(record);
  }

  /** Lets the record follow the tokens, which are the truth: where it is of another token, or not of this console's making. */
  async #followTokens({ accessToken, recordKey }: LicenseSecrets): Promise<void> {
    const claims = await this.verifier.verifyHeld(accessToken, { fetchKeys: !this.record });
    if (!claims.ok || (!this.#altered && isOfToken(this.record, claims.value.details))) return;
    this.#deps.trustedTime.hearIssuedAt(claims.value.details.tokenIssuedAt);
    if (recordKey !== undefined) this.#keeper.useKey(recordKey);
    // The next refresh is due at once, whatever the clock says: it is unknown what the record had said.
    this.announce(claims.value, claims.value.details.tokenIssuedAt, 'refreshed');
  }

  #keep(record: LicenseRecord): Result<null> {
    if (!record.removing) this.#removedEarlier = false;
    const written = this.#keeper.keep(record);
    this.#deps.onChanged();
    return written;
  }

  #noteKeychain<T>(result: Result<T>): Result<T> {
    const trouble = result.ok ? null : result.failure;
    if (trouble?.code !== this.#keychainTrouble?.code) {
      this.#keychainTrouble = trouble;
      this.#deps.onChanged();
    }
    return result;
  }
}

function removalEnd(held: LicenseSecrets | null, revoked: boolean): RemovalEnd {
  return { revoked, ...(held && !held.refreshToken ? { nothingToRevoke: true } : {}) };
}

/** No network, page or busy server makes an authorization good again that the server has refused. */
function stillHolds(known: Failure | undefined, failure: Failure): Failure | undefined {
  return known?.code === 'invalid_grant' && !isDecision(failure) ? known : undefined;
}
