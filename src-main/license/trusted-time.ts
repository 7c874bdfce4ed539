import type { ClockStatus } from '../../src-shared/license-status.ts';
import { fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { foreignAnswer } from '../authorization/foreign-answer.ts';
import type { ServerDate } from '../authorization/server-date.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http, HttpOutcome, HttpRequest } from '../ports/http.ts';
import { type ClockReading, clockToleranceMs, evaluateClock, isAsHeard, type TrustedMark } from './clock-check.ts';

/** The `Date` of an answer, and whether it is one to a POST. */
export interface HeardDate extends ServerDate {
  readonly isPost: boolean;
}

/** Evidence that speaks against what is known. It moves nothing until another answer agrees with it. */
interface Candidate extends HeardDate {
  readonly monotonicMs: number;
}

/** Asks a server what the time is. False where there is nobody to ask yet. */
export type AskForTime = () => Promise<boolean>;

/** Keeps the mark of trusted time and judges the computer's clock by it; see {@link evaluateClock} for the rules. */
export class TrustedTime {
  readonly #clock: Clock;
  readonly #askers = new Map<string, AskForTime>();
  #baseline: ClockReading;
  #mark: TrustedMark | null = null;
  #candidate: Candidate | null = null;
  #asking: Promise<void> | null = null;
  /** The wall clock minus monotonic time when the servers were last asked about the clock. */
  #askedAboutMs: number | null = null;
  #onHeard: () => void = () => {};
  #onMoved: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#baseline = this.#read();
  }

  /** Takes up the mark of an earlier run; the latest counts. */
  restore(markAt: number): void {
    if (!this.hasFreshEvidence && (this.#mark === null || markAt > this.#mark.at)) this.#mark = { at: markAt };
  }

  /** A mark that was restored turned out not to be of this console's making. */
  distrust(markAt: number): void {
    if (!this.hasFreshEvidence && this.#mark?.at === markAt) this.#mark = null;
  }

  /** The newest mark, ms since the epoch, for keeping; null before any evidence. */
  get markAt(): number | null {
    if (!this.#mark) return null;
    const sinceMs = this.#mark.monotonicMs ?? this.#baseline.monotonicMs;
    return this.#mark.at + (this.#read().monotonicMs - sinceMs);
  }

  /** Has anything been heard while monotonic time has been counting? */
  get hasFreshEvidence(): boolean {
    return this.#mark?.monotonicMs !== undefined;
  }

  set onHeard(listener: () => void) {
    this.#onHeard = listener;
  }

  /** Called when trusted time jumped or the verdict on the clock changed: what was planned by them must be planned again. */
  set onMoved(listener: () => void) {
    this.#onMoved = listener;
  }

  /** How the server of that name is asked for the time. */
  askBy(name: string, ask: AskForTime): void {
    this.#askers.set(name, ask);
  }

  /**
   * Takes up the `Date` of an answer. It proves only that now is `Date` or later: a cache may have held the answer, even one that
   * sends no `Age`. The answer to a POST without `Age` tells the time itself. The mark moves where something else agrees: this
   * computer's clock, the mark, or another answer, one of the two to a POST. Otherwise the time is in doubt, and the server is
   * asked.
   */
  hear(heard: HeardDate): void {
    const before = this.evaluate();
    this.#weigh(heard);
    this.#onHeard();
    this.#tellMove(before);
    if (this.#isOpen) void this.settle();
  }

  #weigh(heard: HeardDate): void {
    const now = this.#read();
    const isExact = isOfNow(heard);
    const candidate = this.#candidate && carried(this.#candidate, now.monotonicMs);
    const clockAgrees = agree(heard, { at: now.wallAt });
    const { markAt } = this;
    // A mark of an earlier run counts beside an answer that is the time itself: two that agree against a clock that was set back.
    const markAgrees = markAt !== null && (isExact || this.hasFreshEvidence) && agree(heard, { at: markAt });
    const answerAgrees = candidate !== null && (isExact || isOfNow(candidate)) && agree(heard, candidate);
    const atMark = { at: heard.at, monotonicMs: now.monotonicMs, wallAt: now.wallAt };
    if (isExact && (clockAgrees || markAgrees || answerAgrees)) {
      this.#mark = atMark;
      this.#candidate = null;
      this.#askedAboutMs = null;
    } else if (answerAgrees && candidate && isOfNow(candidate)) {
      this.#mark = { ...atMark, at: candidate.at };
      this.#candidate = null;
      this.#askedAboutMs = null;
    } else if (!isExact && (clockAgrees || markAgrees)) {
      if (clockAgrees && candidate && !isOfNow(candidate)) this.#candidate = null;
      if (markAt === null || heard.at > markAt) this.#forward(heard.at, now, clockAgrees);
    } else if (isExact || !this.#isKnownBetter(heard, now)) {
      this.#candidate = { ...heard, monotonicMs: now.monotonicMs };
      this.#askedAboutMs = null;
    }
  }

  /** An old answer from a cache is no news while the clock is as far off as it was when the mark was heard. */
  #isKnownBetter({ at }: HeardDate, now: ClockReading): boolean {
    return isAsHeard(now, this.#mark) && at <= (this.markAt ?? 0);
  }

  #forward(at: number, now: ClockReading, clockAgrees: boolean): void {
    const mark = this.#mark;
    const passedMs = now.monotonicMs - (mark?.monotonicMs ?? this.#baseline.monotonicMs);
    if (mark?.monotonicMs === undefined) {
      this.#mark = { at: at - passedMs };
      return;
    }
    const wallAt = clockAgrees || mark.wallAt === undefined ? now.wallAt : mark.wallAt + passedMs;
    this.#mark = { at, monotonicMs: now.monotonicMs, wallAt };
  }

  /**
   * A verified token's `iat` proves that it is at least that late; it only moves the mark forward. It is no server date: a
   * mark that was a lower bound stays one, as of the baseline, unless the clock is far behind the token.
   */
  hearIssuedAt(at: number): void {
    const known = this.markAt;
    if (known !== null && at <= known) return;
    const before = this.evaluate();
    const now = this.#read();
    const isFarAhead = at > before.judgedAt + clockToleranceMs;
    if (isFarAhead && !this.hasFreshEvidence) this.#mark = { at, monotonicMs: now.monotonicMs, wallAt: now.wallAt };
    else this.#forward(at, now, false);
    this.#onHeard();
    this.#tellMove(before);
  }

  /** After sleep monotonic time may have stood still: both clocks are read anew and the mark becomes a lower bound. */
  startOver(): void {
    const at = this.markAt;
    this.#mark = at === null ? null : { at };
    this.#baseline = this.#read();
    this.#candidate = null;
    this.#askedAboutMs = null;
  }

  /** Call this regularly. Asks the servers for the time where the clock is in doubt and they were not asked about that yet. */
  look(): void {
    if (this.#isOpen) void this.settle();
  }

  /** Asks the servers for the time where the clock is in doubt, and waits for it. A question that had no answer is not repeated. */
  async settle(): Promise<void> {
    if (!this.#isOpen && !this.#asking) return;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    await this.#asking;
  }

  async #ask(): Promise<void> {
    for (const ask of this.#askers.values()) {
      const before = this.evaluate();
      const aboutMs = this.#offsetMs;
      if (!(await ask().catch(() => false))) continue;
      this.#askedAboutMs = aboutMs;
      this.#tellMove(before);
      if (!this.#isInDoubt) return;
    }
  }

  /** Judges the clock now. `judgedAt` is the instant at which the license is to be judged. */
  evaluate(): { readonly clock: ClockStatus; readonly judgedAt: number } {
    const now = this.#read();
    const judged = evaluateClock(now, this.#baseline, this.#mark);
    const { clock, judgedAt } = judged;
    if (clock.state === 'wrong') {
      const { localAt, trustedAt } = clock;
      if (isAsHeard(now, this.#mark) || this.#askers.size === 0) return judged;
      // Time does not run backwards. A clock that is ahead may be right: the computer may have been paused.
      if (this.#wasAsked && localAt < trustedAt) return judged;
      return { clock: { state: 'right', doubt: { localAt, trustedAt } }, judgedAt };
    }
    if (!this.#candidate) return judged;
    const { at } = carried(this.#candidate, now.monotonicMs);
    return { clock: { state: 'right', doubt: { localAt: now.wallAt, trustedAt: at } }, judgedAt };
  }

  /** Trusted time minus wall time, for protocol checks that read a clock. */
  get clockSkewSeconds(): number {
    return Math.round((this.evaluate().judgedAt - this.#clock.wallNow()) / 1000);
  }

  get #isInDoubt(): boolean {
    const now = this.#read();
    if (this.#candidate) return true;
    const isWrong = evaluateClock(now, this.#baseline, this.#mark).clock.state === 'wrong';
    return isWrong && !isAsHeard(now, this.#mark);
  }

  /** In doubt, and no server was asked about that yet. */
  get #isOpen(): boolean {
    return this.#isInDoubt && !this.#wasAsked;
  }

  get #wasAsked(): boolean {
    return this.#askedAboutMs !== null && Math.abs(this.#offsetMs - this.#askedAboutMs) <= clockToleranceMs;
  }

  get #offsetMs(): number {
    return this.#clock.wallNow() - this.#clock.monotonicNow();
  }

  #tellMove(before: { readonly clock: ClockStatus; readonly judgedAt: number }): void {
    const after = this.evaluate();
    const jumped = Math.abs(after.judgedAt - before.judgedAt) > clockToleranceMs;
    if (jumped || nameOf(after.clock) !== nameOf(before.clock)) this.#onMoved();
  }

  #read(): ClockReading {
    return { wallAt: this.#clock.wallNow(), monotonicMs: this.#clock.monotonicNow() };
  }
}

/** Nothing has held the answer to a POST, unless it says so itself (RFC 9111 §4). */
function isOfNow({ isPost, ageMs }: HeardDate): boolean {
  return isPost && ageMs === undefined;
}

/** Is there an instant that fits both, give or take what a clock may be off? */
function agree(one: ServerDate, other: ServerDate): boolean {
  const apartMs = Math.max(one.at - other.at - (other.ageMs ?? 0), other.at - one.at - (one.ageMs ?? 0));
  return apartMs <= clockToleranceMs;
}

function carried(candidate: Candidate, monotonicMs: number): Candidate {
  return { ...candidate, at: candidate.at + (monotonicMs - candidate.monotonicMs), monotonicMs };
}

function nameOf(clock: ClockStatus): string {
  return clock.state === 'right' && clock.doubt ? 'in doubt' : clock.state;
}

/**
 * Lets trusted time hear the `Date` of every answer of the Authorization server, and tells what came of each request that
 * the console did not give up itself. Who answers in the server's place is not heard, and a certificate that is out of its
 * dates by a clock that is known to be wrong is `clock_wrong`.
 */
export function hearingHttp(http: Http, trustedTime: TrustedTime, onHeard: (heard: Result<null>) => void): Http {
  return {
    async send(request) {
      const outcome = nameTheClock(await http.send(request), trustedTime);
      const foreign = outcome.ok ? foreignAnswer(outcome.answer) : null;
      if (outcome.ok && !foreign && outcome.answer.serverDate !== undefined)
        trustedTime.hear({ ...outcome.answer.serverDate, isPost: request.method === 'POST' });
      if (outcome.ok) onHeard(foreign ? fail(foreign, { facts: { host: hostOf(request) } }) : succeed(null));
      else if (!request.signal?.aborted) onHeard({ ok: false, failure: outcome.failure });
      return outcome;
    },
  };
}

function nameTheClock(outcome: HttpOutcome, trustedTime: TrustedTime): HttpOutcome {
  const aboutDates = !outcome.ok && outcome.failure.code === 'certificate_date_invalid';
  if (!aboutDates || trustedTime.evaluate().clock.state !== 'wrong') return outcome;
  return { ...outcome, failure: failure('clock_wrong') };
}

function hostOf({ url }: HttpRequest): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
