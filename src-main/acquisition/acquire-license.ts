import { eventFacts, type LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { requestDeviceAuthorization } from '../authorization/device-authorization.ts';
import { ProofKey } from '../authorization/proof-key.ts';
import type { TokenSet } from '../authorization/token-set.ts';
import type { LicenseClaims } from '../tokens/license-claims.ts';
import type { LicenseSecrets } from '../license/license-record.ts';
import type { PendingLicense } from '../license/pending-license.ts';
import { differenceNow, type MeantServer, newServerName, serverDifference } from '../license/server-difference.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import { withinLimit } from '../time/within-limit.ts';
import { checkIssued } from '../license/check-issued.ts';
import { AcquisitionAttempt, type PollDecision } from './acquisition-attempt.ts';
import { mayVerifyLater } from './acquisition-failure.ts';
import { MessageHandedOn } from './message-handed-on.ts';
import { PendingQuestion } from './pending-question.ts';
import type { UnfinishedAcquisition } from './unfinished-acquisition.ts';

interface AcquireLicenseDeps {
  readonly license: LicenseService;
  readonly unfinished: UnfinishedAcquisition;
  readonly clock: Clock;
  readonly timer: Timer;
  /** The server's name in the settings, now. */
  readonly serverName: () => string;
  /** Does another server at the same Authorization server have this name? */
  readonly isNameTaken: (serverName: string) => boolean;
  /** Gives the server the name of the device that was authorized. Failure: `settings_not_written`. */
  readonly rename: (serverName: string) => Result<null>;
  /** When the first refresh of a token is due, in trusted time. */
  readonly refreshDueAt: (issuedAt: number, expiresAt: number) => number;
  /** Called when a code is shown, so that it can be copied to the clipboard at once. */
  readonly onUserCode: (userCode: string) => void;
  readonly onLicensed: () => void;
  readonly onChanged: () => void;
  readonly onEvent: (event: LicenseEvent) => void;
}

const longestEndMs = 5_000;

type Step = 'idle' | 'requesting_code' | 'awaiting_authorization' | 'storing_license' | 'confirming_server';

/**
 * The steps to acquire a license with the device authorization grant (RFC 8628), from Next to the license details.
 * An old license stays until the new one is in the keychain. Its grant is revoked after that. A license that seems to be for
 * another server is used only after a person has accepted it.
 */
export class AcquireLicense {
  readonly #deps: AcquireLicenseDeps;
  readonly message = new MessageHandedOn();
  #state: Step | 'failed' = 'idle';
  #attempt: AcquisitionAttempt | null = null;
  #requesting: AbortController | null = null;
  #failure: Failure | null = null;
  #failedUserCode: string | undefined;
  #failedAfterTokens = false;
  #codePage: string | null = null;
  /** Tokens that were issued but could not be verified or stored yet. They are kept so that the code is not wasted. */
  #issued: TokenSet | null = null;
  readonly #question: PendingQuestion;
  #polling: Promise<unknown> = Promise.resolve();
  #receiving: Promise<unknown> = Promise.resolve();

  constructor(deps: AcquireLicenseDeps) {
    this.#deps = deps;
    this.#question = new PendingQuestion(deps.license);
  }

  /** The current step, for the screen. It never contains the device code. */
  view(): AcquisitionState {
    if (this.#state === 'awaiting_authorization' && this.#attempt) return this.#attempt.view();
    if (this.#state === 'failed' && this.#failure) {
      const authorized = this.#failedAfterTokens ? true : undefined;
      return present({ state: 'failed', failure: this.#failure, userCode: this.#failedUserCode, authorized });
    }
    if (this.#state === 'confirming_server' && this.#question.current) {
      return { state: 'confirming_server', difference: this.#differenceOf(this.#question.current) };
    }
    return { state: this.#state === 'requesting_code' || this.#state === 'storing_license' ? this.#state : 'idle' };
  }

  /** Are issued tokens being verified or stored now? */
  get isStoring(): boolean {
    return this.#state === 'storing_license';
  }

  get userCode(): string | null {
    return this.#attempt?.device.userCode ?? null;
  }

  /** The address of the page for the last User Code, also after its end. */
  get codePage(): string | null {
    return this.#codePage;
  }

  /** Call when the User Code was copied to the clipboard. */
  noteCopied(userCode: string): void {
    if (this.#attempt?.device.userCode === userCode) this.#attempt.noteCopied();
  }

  get verification(): { readonly uri: string; readonly uriComplete?: string } | null {
    const device = this.#attempt?.device;
    if (!device) return null;
    return present({ uri: device.verificationUri, uriComplete: device.verificationUriComplete });
  }

  /**
   * Next: requests a User Code and starts to poll. If there are tokens that could not be verified or stored earlier, or that a person
   * has not accepted, continues with those instead. Failures: `acquisition_in_progress`; those of discovery, the server and the
   * keychain, which also become the state.
   */
  async start(): Promise<Result<null>> {
    if (this.#state === 'requesting_code' || this.#state === 'storing_license') return fail('acquisition_in_progress');
    if (this.#issued) return this.#receive(this.#issued);
    if (this.#question.current) {
      this.#enter('confirming_server');
      return succeed(null);
    }
    return this.#begin();
  }

  async #begin(): Promise<Result<null>> {
    this.#endAttempt();
    const requesting = new AbortController();
    this.#requesting = requesting;
    this.#enter('requesting_code');
    // An authorization may still be ending, or the question of an earlier run may just be read.
    await this.#receiving;
    const left = await this.#question.left();
    if (requesting.signal.aborted) return succeed(null);
    if (left.ok && left.value) return this.#track(this.#takeUp(left.value));
    const begun = left.ok ? await this.#requestCode(requesting) : left;
    if (requesting.signal.aborted) return succeed(null);
    this.#requesting = null;
    if (!begun.ok) return this.#fail(begun.failure);
    // An existing license stays until the new one is stored, so after a crash there is nothing to explain.
    if (!this.#deps.license.view()) this.#deps.unfinished.begin();
    this.#attempt = begun.value;
    this.#codePage = begun.value.device.verificationUri;
    begun.value.start();
    this.#enter('awaiting_authorization');
    this.#deps.onUserCode(begun.value.device.userCode);
    return succeed(null);
  }

  /** Call when the network comes back. */
  networkIsBack(): void {
    this.#attempt?.networkIsBack();
  }

  /**
   * Complete Authorization: polls now if the interval allows it. Failures: `nothing_to_complete`, `poll_not_due`,
   * `acquisition_in_progress`.
   */
  async complete(): Promise<Result<null>> {
    if (this.#state === 'storing_license') return fail('acquisition_in_progress');
    if (this.#issued) return this.#receive(this.#issued);
    const attempt = this.#attempt;
    if (!attempt) return fail('nothing_to_complete');
    return attempt.pollNow();
  }

  /**
   * Keep: uses the license although it seems to be for another server, and gives the server the device's name. Failures:
   * `nothing_to_complete`, `settings_not_written`, and those of the keychain. Nothing is lost then.
   */
  async keep(): Promise<Result<null>> {
    const pending = this.#question.current;
    if (!pending || this.#state !== 'confirming_server') return fail('nothing_to_complete');
    return this.#track(this.#keep(pending));
  }

  /**
   * Undo: ends the new authorization at the server, then requests a User Code. Failures: those of {@link decline} and
   * {@link start}.
   */
  async undo(): Promise<Result<null>> {
    const undoing = new AbortController();
    const ended = await this.#track(this.#endQuestion(undoing));
    if (!ended.ok) return ended;
    this.#deps.onEvent({ kind: 'acquisition_failed', code: 'device_not_accepted' });
    // Somebody may have cancelled meanwhile.
    return undoing.signal.aborted ? ended : this.#begin();
  }

  /**
   * Ends the new authorization at the server, because nobody can be asked about it. The state becomes `device_not_accepted`.
   * Failures: `nothing_to_complete`, and those of the keychain.
   */
  async decline(): Promise<Result<null>> {
    const ended = await this.#track(this.#endQuestion(new AbortController()));
    if (ended.ok) this.#showFailure(failure('device_not_accepted'));
    return ended;
  }

  /**
   * Call this after startup has reconciled record and keychain. Asks again about a license that nobody has accepted yet. Shows
   * `acquisition_interrupted` if an earlier run stopped before it stored a license.
   */
  async resume(): Promise<void> {
    await this.#track(this.#resume());
  }

  async #resume(): Promise<Result<null>> {
    const { license, unfinished } = this.#deps;
    // While the keychain fails, it is unknown whether it holds the license.
    if (this.#state !== 'idle' || license.keychainTrouble) return succeed(null);
    const left = await this.#question.left();
    if (!left.ok || this.#state !== 'idle') return succeed(null);
    if (left.value) return this.#takeUp(left.value);
    if (unfinished.isLeft() && license.view()) unfinished.end();
    else if (unfinished.isLeft()) this.#showFailure(failure('acquisition_interrupted'));
    return succeed(null);
  }

  /** Returns to the first step and stops polling for the shown code. Tokens that are not stored or accepted yet are kept. */
  cancel(): void {
    this.#requesting?.abort();
    this.#requesting = null;
    if (this.#state === 'storing_license') return;
    this.#endAttempt();
    this.#enter(this.#question.current ? 'confirming_server' : 'idle');
  }

  async #requestCode(requesting: AbortController): Promise<Result<AcquisitionAttempt>> {
    const { license } = this.#deps;
    const keychain = await license.probeKeychain();
    if (!keychain.ok) return keychain;
    const proofKey = license.profile.dpop ? await ProofKey.create() : undefined;
    const context = await license.authorizationContext({ fresh: true, signal: requesting.signal, proofKey });
    if (!context.ok) return context;
    const { scope, resource } = license.profile;
    const outcome = await requestDeviceAuthorization(context.value, { scope, resource });
    if (!outcome.ok) return { ok: false, failure: outcome.fault.failure };
    // A poll is never aborted: its response may contain tokens, whose grant must not stay open.
    const { signal: _, ...polling } = context.value;
    const { clock, timer, onChanged } = this.#deps;
    const attempt: AcquisitionAttempt = new AcquisitionAttempt(polling, outcome.value, {
      clock,
      timer,
      message: this.message,
      resource,
      onChanged,
      onDecided: (decision) => this.#conclude(attempt, decision),
    });
    return succeed(attempt);
  }

  async #conclude(attempt: AcquisitionAttempt, decision: PollDecision): Promise<void> {
    // If this attempt was cancelled or replaced, its grant must not stay open.
    const isCurrent = attempt === this.#attempt;
    if ('tokens' in decision) {
      await (isCurrent ? this.#receive(decision.tokens) : this.#giveBack(decision.tokens));
      return;
    }
    const { failure: reason, refreshToken } = decision;
    if (refreshToken !== undefined) {
      if (isCurrent) this.#enter('storing_license');
      await this.#giveBack(present({ accessToken: '', refreshToken, proofKey: attempt.context.proof?.key }));
    }
    if (isCurrent) this.#fail(reason);
  }

  /**
   * Await this before dropping this object. Resolves when issued tokens are stored. Tokens that could not be verified or stored
   * have then been revoked. Waits at most {@link longestEndMs} each for a poll in flight and for the revocation.
   */
  async settled(): Promise<void> {
    const { timer } = this.#deps;
    await withinLimit(timer, longestEndMs, Promise.all([this.#polling, this.#attempt?.settled]), null);
    await this.#receiving;
    const unused = this.#issued;
    this.#issued = null;
    if (unused) await withinLimit(timer, longestEndMs, this.#giveBack(unused), null);
  }

  #receive(tokens: TokenSet): Promise<Result<null>> {
    return this.#track(this.#process(tokens));
  }

  #track(receiving: Promise<Result<null>>): Promise<Result<null>> {
    this.#receiving = receiving;
    return receiving;
  }

  /** Verifies and stores issued tokens. Tokens that this console cannot use are revoked. */
  async #process(tokens: TokenSet): Promise<Result<null>> {
    const { license } = this.#deps;
    this.#issued = tokens;
    this.#enter('storing_license');
    const claims = await license.verifier.verifyFresh(tokens.accessToken);
    if (!claims.ok && mayVerifyLater(claims.failure)) return this.#fail(claims.failure);
    const usable = claims.ok ? checkIssued(tokens, claims.value, license.profile.edition) : claims;
    if (claims.ok && usable.ok) return this.#offer(secretsOf(tokens, license.profile), claims.value);
    this.#issued = null;
    await this.#giveBack(tokens);
    return this.#fail(usable.ok ? failure('internal_error') : usable.failure);
  }

  async #giveBack(tokens: TokenSet): Promise<void> {
    const { license } = this.#deps;
    await license.grants.end(secretsOf(tokens, license.profile), 'unused');
  }

  /** Stores a license for the server that the person meant. Any other one is put aside until a person has accepted it. */
  async #offer(secrets: LicenseSecrets, claims: LicenseClaims): Promise<Result<null>> {
    const meant = this.#meantServer();
    const difference = serverDifference(claims, meant);
    if (!difference) {
      const newName = newServerName(claims.details, meant);
      // A name that cannot be written now is no reason to lose the license.
      if (newName !== undefined) this.#deps.rename(newName);
      return this.#store(secrets, claims);
    }
    const asked = await this.#question.ask({ secrets, claims, difference });
    if (!asked.ok) return this.#fail(asked.failure);
    this.#issued = null;
    this.#endAttempt();
    this.#enter('confirming_server');
    return asked;
  }

  #meantServer(): MeantServer {
    const { license, serverName, isNameTaken } = this.#deps;
    const { edition } = license.profile;
    return { serverName: serverName(), edition, held: license.view()?.details ?? null, isNameTaken };
  }

  /** If nothing differs now, for example after the server was renamed, a person still has to answer. */
  #differenceOf({ claims, difference }: PendingLicense): ServerDifference {
    return differenceNow(claims, difference, this.#meantServer());
  }

  /** Asks again about a license that was put aside, or uses it if a person has already accepted it. */
  async #takeUp(pending: PendingLicense): Promise<Result<null>> {
    this.#requesting = null;
    this.#question.askAgain(pending);
    if (pending.answer === 'keep') return this.#keep(pending);
    this.#enter('confirming_server');
    return succeed(null);
  }

  async #keep(pending: PendingLicense): Promise<Result<null>> {
    const { newName } = this.#differenceOf(pending);
    this.#enter('storing_license');
    const answered = await this.#question.ask({ ...pending, answer: 'keep' });
    const renamed = answered.ok && newName !== undefined ? this.#deps.rename(newName) : answered;
    if (renamed.ok) return this.#store(pending.secrets, pending.claims);
    // If this fails too, the next start uses the license without asking, as the person has decided.
    if (answered.ok) await this.#question.ask(pending);
    this.#enter('confirming_server');
    return renamed;
  }

  /** `ending` is aborted if somebody cancels meanwhile. */
  async #endQuestion(ending: AbortController): Promise<Result<null>> {
    const pending = this.#question.current;
    if (!pending || this.#state !== 'confirming_server') return fail('nothing_to_complete');
    this.#requesting = ending;
    this.#enter('requesting_code');
    const ended = await this.#question.end(pending);
    if (!ended.ok) this.#enter('confirming_server');
    return ended;
  }

  #store(secrets: LicenseSecrets, claims: LicenseClaims): Promise<Result<null>> {
    const { license } = this.#deps;
    return license.exclusively(async () => {
      const replaced = license.record ? await license.readSecrets() : succeed(null);
      const stored = await license.storeSecrets(secrets);
      if (!stored.ok) return this.#fail(stored.failure);
      this.#issued = null;
      const { tokenIssuedAt, tokenExpiresAt } = claims.details;
      license.announce(claims, this.#deps.refreshDueAt(tokenIssuedAt, tokenExpiresAt), 'acquired');
      this.#endAttempt();
      this.message.end();
      await this.#question.close();
      this.#enter('idle');
      this.#deps.onLicensed();
      if (replaced.ok && replaced.value && replaced.value.refreshToken !== secrets.refreshToken) {
        await license.grants.end(replaced.value, 'replaced');
      }
      return succeed(null);
    });
  }

  #enter(state: Step): void {
    this.#state = state;
    this.#failure = null;
    this.#failedUserCode = undefined;
    this.#failedAfterTokens = false;
    this.#deps.onChanged();
  }

  #fail(reason: Failure): Result<never> {
    this.#failedUserCode = this.#attempt?.device.userCode;
    this.#failedAfterTokens = this.#state === 'storing_license';
    this.#endAttempt();
    return this.#showFailure(reason);
  }

  #showFailure(reason: Failure): Result<never> {
    this.#state = 'failed';
    this.#failure = reason;
    this.#deps.onEvent({ kind: 'acquisition_failed', ...eventFacts(reason) });
    this.#deps.onChanged();
    return { ok: false, failure: reason };
  }

  #endAttempt(): void {
    if (!this.#issued) this.#deps.unfinished.end();
    if (this.#attempt) {
      this.#attempt.end();
      this.#polling = Promise.all([this.#polling, this.#attempt.settled]);
    }
    this.#attempt = null;
  }
}

/** Builds the keychain entry for tokens that were issued for a profile. */
function secretsOf(
  { accessToken, refreshToken, proofKey }: TokenSet,
  { issuer, clientId }: ServerProfile,
): LicenseSecrets {
  return present({ accessToken, refreshToken, issuer, clientId, dpopKey: proofKey?.privateJwk });
}
