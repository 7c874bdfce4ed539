import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import { shownAddress } from '../../src-shared/text/shown-text.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import { type DeviceAuthorization, whereUncheckable } from '../authorization/device-authorization.ts';
import { type DeviceCodeGrantOutcome, requestDeviceCodeGrant } from '../authorization/device-code-grant.ts';
import { isOwnAddress } from '../authorization/issuer-address.ts';
import { retryAfterOf } from '../authorization/retry-after.ts';
import type { TokenSet } from '../authorization/token-set.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import { nameRefusal } from './acquisition-failure.ts';
import type { SentMessage } from './sent-message.ts';
import {
  afterReconnecting,
  afterPending,
  afterSlowDown,
  afterTrouble,
  isOver,
  type PollSchedule,
  startPolling,
} from './poll-schedule.ts';

/** What ends the polling for a User Code. */
export type PollDecision =
  | { readonly tokens: TokenSet }
  /** `refreshToken`: the server issued one, but the rest of the response is unusable. */
  | { readonly failure: Failure; readonly refreshToken?: string };

interface AcquisitionAttemptDeps {
  readonly clock: Clock;
  readonly timer: Timer;
  /** The resource that the license is for (RFC 8707). */
  readonly resource: string | undefined;
  /** The message that a person elsewhere has. */
  readonly message: SentMessage;
  readonly onChanged: () => void;
  /** Called once, also if the attempt has ended while a poll was in flight. */
  readonly onDecided: (decision: PollDecision) => Promise<void>;
}

/** One User Code, and the polling for it (RFC 8628 §3.4 and §3.5). */
export class AcquisitionAttempt {
  readonly context: AuthorizationContext;
  readonly device: DeviceAuthorization;
  readonly #deps: AcquisitionAttemptDeps;
  #schedule: PollSchedule;
  #ended = false;
  #checkedMs: number | undefined;
  #trouble: Failure | undefined;
  #copied = false;
  /** A response with tokens may have been lost on the way. */
  #answerLost = false;
  #polling: Promise<void> | null = null;
  #cancelTimer = () => {};

  /** The life of the code starts now. */
  constructor(context: AuthorizationContext, device: DeviceAuthorization, deps: AcquisitionAttemptDeps) {
    this.context = context;
    this.device = device;
    this.#deps = deps;
    this.#schedule = startPolling(deps.clock.monotonicNow(), device.intervalSeconds, device.expiresInSeconds);
  }

  /** Resolves when no poll is in flight. */
  get settled(): Promise<void> {
    return this.#polling ?? Promise.resolve();
  }

  /** The attempt for the screen: without the device code, and with addresses in the form that a browser shows. */
  view(): AcquisitionState {
    const { device, context } = this;
    const { verificationUri, verificationUriComplete: complete } = device;
    const issuer = new URL(context.metadata.issuer);
    const isOwn = [verificationUri, complete ?? verificationUri].every((uri) => isOwnAddress(new URL(uri), issuer));
    const nowMs = this.#deps.clock.monotonicNow();
    const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
    return {
      state: 'awaiting_authorization',
      code: present({
        userCode: device.userCode,
        verificationUri: shownAddress(verificationUri),
        verificationUriComplete: complete && shownAddress(complete),
        copied: this.#copied ? true : undefined,
        messageIsOld: this.#deps.message.isOlderThan(device.userCode) ? true : undefined,
        otherSite: isOwn ? undefined : true,
        lifeSeconds: device.expiresInSeconds,
        remainingSeconds: seconds(this.#schedule.deadlineMs - nowMs),
      }),
      poll: present({
        intervalSeconds: this.#schedule.intervalMs / 1000,
        checkedSecondsAgo: this.#checkedMs === undefined ? undefined : seconds(nowMs - this.#checkedMs),
        nextInSeconds: this.#polling ? 0 : seconds(this.#schedule.nextMs - nowMs),
        trouble: this.#trouble,
      }),
    };
  }

  /** Call when the User Code was copied to the clipboard. */
  noteCopied(): void {
    this.#copied = true;
    this.#deps.onChanged();
  }

  /** Polls whenever the next poll is due, until there is a decision. */
  start(): void {
    const nowMs = this.#deps.clock.monotonicNow();
    const wakeMs = Math.min(this.#schedule.nextMs, this.#schedule.deadlineMs);
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.timer.schedule(Math.max(0, wakeMs - nowMs), () => void this.#wake());
  }

  /** Call when the network comes back. */
  networkIsBack(): void {
    if (this.#ended || this.#polling) return;
    this.#schedule = afterReconnecting(this.#schedule, this.#deps.clock.monotonicNow());
    this.start();
  }

  /** Polls now, and waits for the answer. Failure: `poll_not_due`, with the `seconds` to wait. */
  async pollNow(): Promise<Result<null>> {
    const waitMs = this.#schedule.earliestMs - this.#deps.clock.monotonicNow();
    if (this.#polling || waitMs > 0) {
      return fail('poll_not_due', { facts: { seconds: String(Math.max(0, Math.ceil(waitMs / 1000))) } });
    }
    await this.#poll();
    return succeed(null);
  }

  /** Stops polling. A poll in flight is not aborted: its response may contain tokens, whose grant must not stay open. */
  end(): void {
    this.#ended = true;
    this.#cancelTimer();
  }

  async #wake(): Promise<void> {
    if (this.#ended || this.#polling) return;
    const nowMs = this.#deps.clock.monotonicNow();
    if (isOver(this.#schedule, nowMs)) await this.#deps.onDecided({ failure: failure('expired_token') });
    else if (nowMs < this.#schedule.nextMs) this.start();
    else await this.#poll();
  }

  #poll(): Promise<void> {
    this.#polling = this.#pollOnce();
    this.#deps.onChanged();
    return this.#polling;
  }

  async #pollOnce(): Promise<void> {
    this.#cancelTimer();
    const outcome = await requestDeviceCodeGrant(this.context, this.device.deviceCode, this.#deps.resource);
    this.#checkedMs = this.#deps.clock.monotonicNow();
    this.#trouble = undefined;
    const decision = this.#decisionOf(outcome, this.#checkedMs);
    if (decision) return this.#deps.onDecided(decision).finally(() => (this.#polling = null));
    this.#polling = null;
    if (this.#ended) return;
    this.start();
    this.#deps.onChanged();
  }

  /** Null if the polling continues. */
  #decisionOf(outcome: DeviceCodeGrantOutcome, nowMs: number): PollDecision | null {
    switch (outcome.answer) {
      case 'tokens':
        return { tokens: outcome.tokens };
      case 'refused': {
        const { fault, refreshToken } = outcome;
        return present({ failure: nameRefusal(fault.failure, this.#answerLost), refreshToken });
      }
      case 'authorization_pending':
        this.#answerLost = false;
        this.#schedule = afterPending(this.#schedule, nowMs);
        return null;
      case 'slow_down': {
        this.#schedule = afterSlowDown(this.#schedule, nowMs, outcome.intervalSeconds);
        const uncheckable = whereUncheckable(this.#schedule.intervalMs / 1000, this.device.expiresInSeconds);
        return uncheckable && { failure: uncheckable };
      }
      case 'trouble':
        this.#answerLost ||= outcome.fault.maybeDelivered;
        this.#trouble = outcome.fault.failure;
        this.#schedule = afterTrouble(this.#schedule, nowMs, retryAfterOf(outcome.fault.failure));
        return null;
    }
  }
}
