import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import type { DeviceAuthorization } from '../authorization/device-authorization.ts';
import type { TokenSet } from '../authorization/token-set.ts';
import type { LicenseClaims } from '../tokens/license-claims.ts';
import type { LicenseSecrets } from '../license/license-record.ts';
import type { PendingLicense } from '../license/pending-license.ts';
import { newServerName, serverDifference } from '../license/server-difference.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import { withinLimit } from '../time/within-limit.ts';
import { checkIssued } from '../license/check-issued.ts';
import { AcquisitionAttempt, type PollDecision } from './acquisition-attempt.ts';
import { mayVerifyLater } from './acquisition-failure.ts';
import { AcquisitionProgress } from './acquisition-progress.ts';
import { SentMessage } from './sent-message.ts';
import { PendingQuestion, type PendingQuestionDeps } from './pending-question.ts';
import { requestUserCode } from './request-user-code.ts';
import type { UnfinishedAcquisition } from './unfinished-acquisition.ts';

interface AcquireLicenseDeps extends PendingQuestionDeps {
  readonly unfinished: UnfinishedAcquisition;
  readonly clock: Clock;
  readonly timer: Timer;
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

/**
 * The steps to acquire a license with the device authorization grant (RFC 8628), from Next to the license details.
 * An old license stays until the new one is in the keychain. Its grant is revoked after that. A license that seems to be for
 * another server is used only after a person has accepted it.
 */
export class AcquireLicense {
  readonly #deps: AcquireLicenseDeps;
  readonly message = new SentMessage();
  readonly #progress: AcquisitionProgress;
  #attempt: AcquisitionAttempt | null = null;
  #requesting: AbortController | null = null;
  #codePage: string | null = null;
  /** Tokens that were issued but could not be verified or stored yet. They are kept so that the code is not wasted. */
  #issued: TokenSet | null = null;
  readonly #question: PendingQuestion;
  #polling: Promise<unknown> = Promise.resolve();
  #receiving: Promise<unknown> = Promise.resolve();

  constructor(deps: AcquireLicenseDeps) {
    this.#deps = deps;
    this.#progress = new AcquisitionProgress(deps);
    this.#question = new PendingQuestion(deps);
  }

  /** The current step, for the screen. It never contains the device code. */
  view(): AcquisitionState {
    const { step } = this.#progress;
    if (step === 'awaiting_authorization' && this.#attempt) return this.#attempt.view();
    const { difference } = this.#question;
    if (step === 'confirming_server' && difference) return { state: step, difference };
    return this.#progress.view();
  }

  /** Are issued tokens being verified or stored now? */
  get isStoring(): boolean {
    return this.#progress.step === 'storing_license';
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
    const { step } = this.#progress;
    if (step === 'requesting_code' || step === 'storing_license') return fail('acquisition_in_progress');
    if (this.#issued) return this.#receive(this.#issued);
    if (this.#question.current) {
      this.#progress.enter('confirming_server');
      return succeed(null);
    }
    return this.#begin();
  }

  async #begin(): Promise<Result<null>> {
    this.#endAttempt();
    const requesting = new AbortController();
    this.#requesting = requesting;
    this.#progress.enter('requesting_code');
    // An authorization may still be ending, or the question of an earlier run may just be read.
    await this.#receiving;
    const left = await this.#question.left();
    if (requesting.signal.aborted) return succeed(null);
    if (left.ok && left.value) return this.#track(this.#takeUp(left.value));
    const requested = left.ok ? await requestUserCode(this.#deps.license, requesting.signal) : left;
    if (requesting.signal.aborted) return succeed(null);
    this.#requesting = null;
    if (!requested.ok) return this.#fail(requested.failure);
    // An existing license stays until the new one is stored, so after a crash there is nothing to explain.
    if (!this.#deps.license.view()) this.#deps.unfinished.begin();
    const { device, context } = requested.value;
    this.#codePage = device.verificationUri;
    this.#attempt = this.#attemptOf(context, device);
    this.#attempt.start();
    this.#progress.enter('awaiting_authorization');
    this.#deps.onUserCode(device.userCode);
    return succeed(null);
  }

  #attemptOf(context: AuthorizationContext, device: DeviceAuthorization): AcquisitionAttempt {
    const { license, clock, timer, onChanged } = this.#deps;
    const attempt: AcquisitionAttempt = new AcquisitionAttempt(context, device, {
      clock,
      timer,
      message: this.message,
      resource: license.profile.resource,
      onChanged,
      onDecided: (decision) => this.#conclude(attempt, decision),
    });
    return attempt;
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
    if (this.#progress.step === 'storing_license') return fail('acquisition_in_progress');
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
    if (!pending || this.#progress.step !== 'confirming_server') return fail('nothing_to_complete');
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
    if (ended.ok) this.#progress.fail(failure('device_not_accepted'));
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
    if (this.#progress.step !== 'idle' || license.keychainTrouble) return succeed(null);
    const left = await this.#question.left();
    if (!left.ok || this.#progress.step !== 'idle') return succeed(null);
    if (left.value) return this.#takeUp(left.value);
    if (unfinished.isLeft() && license.view()) unfinished.end();
    else if (unfinished.isLeft()) this.#progress.fail(failure('acquisition_interrupted'));
    return succeed(null);
  }

  /** Returns to the first step and stops polling for the shown code. Tokens that are not stored or accepted yet are kept. */
  cancel(): void {
    this.#requesting?.abort();
    this.#requesting = null;
    if (this.#progress.step === 'storing_license') return;
    this.#endAttempt();
    this.#progress.enter(this.#question.current ? 'confirming_server' : 'idle');
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
      if (isCurrent) this.#progress.enter('storing_license');
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
    this.#progress.enter('storing_license');
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
    const { meant } = this.#question;
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
    this.#progress.enter('confirming_server');
    return asked;
  }

  /** Asks again about a license that was put aside, or uses it if a person has already accepted it. */
  async #takeUp(pending: PendingLicense): Promise<Result<null>> {
    this.#requesting = null;
    this.#question.askAgain(pending);
    if (pending.answer === 'keep') return this.#keep(pending);
    this.#progress.enter('confirming_server');
    return succeed(null);
  }

  async #keep(pending: PendingLicense): Promise<Result<null>> {
    const newName = this.#question.difference?.newName;
    this.#progress.enter('storing_license');
    const answered = await this.#question.ask({ ...pending, answer: 'keep' });
    const renamed = answered.ok && newName !== undefined ? this.#deps.rename(newName) : answered;
    if (renamed.ok) return this.#store(pending.secrets, pending.claims);
    // If this fails too, the next start uses the license without asking, as the person has decided.
    if (answered.ok) await this.#question.ask(pending);
    this.#progress.enter('confirming_server');
    return renamed;
  }

  /** `ending` is aborted if somebody cancels meanwhile. */
  async #endQuestion(ending: AbortController): Promise<Result<null>> {
    const pending = this.#question.current;
    if (!pending || this.#progress.step !== 'confirming_server') return fail('nothing_to_complete');
    this.#requesting = ending;
    this.#progress.enter('requesting_code');
    const ended = await this.#question.end(pending);
    if (!ended.ok) this.#progress.enter('confirming_server');
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
      this.#progress.enter('idle');
      this.#deps.onLicensed();
      if (replaced.ok && replaced.value && replaced.value.refreshToken !== secrets.refreshToken) {
        await license.grants.end(replaced.value, 'replaced');
      }
      return succeed(null);
    });
  }

  #fail(reason: Failure): Result<never> {
    const userCode = this.#attempt?.device.userCode;
    this.#endAttempt();
    return this.#progress.fail(reason, userCode);
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
