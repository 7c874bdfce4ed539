import type { ClockStatus } from '../../src-shared/license-status.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http, HttpOutcome } from '../ports/http.ts';
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

  /** Takes up the mark of an earlier run. */
  restore(markAt: number): void {
    this.#mark = { at: markAt };
  }

  /** The newest mark, ms since the epoch, for keeping; null before any evidence. */
  get markAt(): number | null {
    if (this.#mark?.monotonicMs === undefined) return this.#mark?.at ?? null;
    return this.#mark.at + (this.#read().monotonicMs - this.#mark.monotonicMs);
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

  /** A verified token's `iat` proves that it is at least that late; it only moves the mark forward. */
  hearIssuedAt(at: number): void {
    const { judgedAt } = this.evaluate();
    const known = this.markAt;
    if (known !== null && at <= Math.max(known, judgedAt)) return;
    this.#mark = at > judgedAt + clockToleranceMs ? { at, monotonicMs: this.#read().monotonicMs } : { at };
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

/** Lets trusted time hear the `Date` of every answer of the Authorization server, and tells what came of each request. */
export function hearingHttp(http: Http, trustedTime: TrustedTime, onOutcome: (outcome: HttpOutcome) => void): Http {
  return {
    async send(request) {
      const outcome = await http.send(request);
      if (outcome.ok && outcome.answer.serverDate !== undefined) trustedTime.hearServerDate(outcome.answer.serverDate);
      onOutcome(outcome);
      return outcome;
    },
  };
}
