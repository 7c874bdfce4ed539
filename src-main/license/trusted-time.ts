import type { ClockStatus } from '../../src-shared/license-status.ts';
import { fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { foreignAnswer } from '../authorization/foreign-answer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http, HttpOutcome, HttpRequest } from '../ports/http.ts';
import { type ClockReading, clockToleranceMs, evaluateClock, type TrustedMark } from './clock-check.ts';

/** Keeps the mark of trusted time and judges the computer's clock by it; see {@link evaluateClock} for the rules. */
export class TrustedTime {
  readonly #clock: Clock;
  #baseline: ClockReading;
  #mark: TrustedMark | null = null;
  #onHeard: () => void = () => {};

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

  /** The `Date` of an answer of the Authorization server just heard: the newest evidence, so it also corrects the mark. */
  hearServerDate(at: number): void {
    this.#mark = { at, monotonicMs: this.#read().monotonicMs };
    this.#onHeard();
  }

  /**
   * A verified token's `iat` proves that it is at least that late; it only moves the mark forward. It is no server date: a
   * mark that was a lower bound stays one, as of the baseline, unless the clock is far behind the token.
   */
  hearIssuedAt(at: number): void {
    const known = this.markAt;
    if (known !== null && at <= known) return;
    const { monotonicMs } = this.#read();
    const counts = this.hasFreshEvidence || at > this.evaluate().judgedAt + clockToleranceMs;
    this.#mark = counts ? { at, monotonicMs } : { at: at - (monotonicMs - this.#baseline.monotonicMs) };
    this.#onHeard();
  }

  /** After sleep monotonic time may have stood still: both clocks are read anew and the mark becomes a lower bound. */
  startOver(): void {
    const at = this.markAt;
    this.#mark = at === null ? null : { at };
    this.#baseline = this.#read();
  }

  /** Judges the clock now. `judgedAt` is the instant at which the license is to be judged. */
  evaluate(): { readonly clock: ClockStatus; readonly judgedAt: number } {
    return evaluateClock(this.#read(), this.#baseline, this.#mark);
  }

  /** Trusted time minus wall time, for protocol checks that read a clock. */
  get clockSkewSeconds(): number {
    return Math.round((this.evaluate().judgedAt - this.#clock.wallNow()) / 1000);
  }

  #read(): ClockReading {
    return { wallAt: this.#clock.wallNow(), monotonicMs: this.#clock.monotonicNow() };
  }
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
        trustedTime.hearServerDate(outcome.answer.serverDate);
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
