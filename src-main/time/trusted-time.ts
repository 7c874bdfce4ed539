import type { ClockDoubt, ClockStatus } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import { fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { foreignAnswer } from '../authorization/foreign-answer.ts';
import type { ServerDate } from '../authorization/server-date.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http, HttpOutcome, HttpRequest } from '../ports/http.ts';
import {
  type ClockReading,
  clockToleranceMs,
  evaluateClock,
  isOffsetUnchanged,
  type TrustedMark,
} from './clock-check.ts';

/** The `Date` of a response, and whether the request was a POST. */
interface ReceivedDate extends ServerDate {
  readonly isPost: boolean;
}

/** Evidence that contradicts what is known. It has no effect until another response agrees with it. */
interface Candidate extends ReceivedDate {
  readonly monotonicMs: number;
}

/** A server that can be asked for the time. */
interface TimeSource {
  /** The address that is asked. Several servers of the console can have the same. Null if it is not known yet. */
  readonly endpoint: string | null;
  /** Did the last request get an answer? Two servers can reach the same address in different ways, one of them through a laptop. */
  readonly answers: boolean;
  /**
   * Sends one request, which ends at its own deadline. Its `Date` arrives through {@link TrustedTime.observe}. Resolves to true if the server
   * answered, and to false if the request could not be sent.
   */
  ask(): Promise<boolean>;
}

/** Keeps the mark of trusted time and evaluates the computer's clock against it; see {@link evaluateClock} for the rules. */
export class TrustedTime {
  readonly #clock: Clock;
  readonly #sources = new Map<string, TimeSource>();
  #baseline: ClockReading;
  #mark: TrustedMark | null = null;
  #candidate: Candidate | null = null;
  #asking: Promise<void> | null = null;
  /** The last question to the servers about the clock. `aboutMs`: the wall clock minus monotonic time when it began. */
  #asked: { readonly aboutMs: number; readonly isAnswered: boolean } | null = null;
  #onMoved: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#baseline = this.#read();
  }

  /** Restores the mark of an earlier run. Of several marks the latest counts. */
  restore(markAt: number): void {
    if (!this.hasFreshEvidence && (this.#mark === null || markAt > this.#mark.at)) this.#mark = { at: markAt };
  }

  /** Drops a restored mark that was not written by this console. */
  distrust(markAt: number): void {
    if (!this.hasFreshEvidence && this.#mark?.at === markAt) this.#mark = null;
  }

  /** The mark carried forward to now, to be saved, in ms since the epoch. Null before any evidence. */
  get markAt(): number | null {
    if (!this.#mark) return null;
    const sinceMs = this.#mark.monotonicMs ?? this.#baseline.monotonicMs;
    return this.#mark.at + (this.#read().monotonicMs - sinceMs);
  }

  /** Has any evidence arrived since monotonic time started counting? */
  get hasFreshEvidence(): boolean {
    return this.#mark?.monotonicMs !== undefined;
  }

  /** Does this computer's clock agree with the mark? False if there is none, or if only a lower bound from an earlier run is known. */
  get isConfirmed(): boolean {
    const { markAt } = this;
    return markAt !== null && Math.abs(this.#clock.wallNow() - markAt) <= clockToleranceMs;
  }

  /** Called when trusted time jumped or the verdict on the clock changed. Timers that depend on either must be set again. */
  set onMoved(listener: () => void) {
    this.#onMoved = listener;
  }

  /** Registers how to ask the server of that name for the time. */
  addSource(name: string, source: TimeSource): void {
    this.#sources.set(name, source);
  }

  /** The server of that name is no longer asked. */
  removeSource(name: string): void {
    this.#sources.delete(name);
  }

  /**
   * Weighs the `Date` of a response. It proves only that the time is now `Date` or later, because a cache may have held the
   * response, even a cache that sends no `Age`. The response to a POST without `Age` gives the exact time. The mark moves only if
   * something else agrees: this computer's clock, the mark, or another response; of two responses one must be to a POST.
   * Otherwise the time is in doubt, and the servers are asked.
   */
  observe(received: ReceivedDate): void {
    const before = this.evaluate();
    this.#weigh(received);
    this.#notifyMove(before);
    if (this.#isOpen) void this.settle();
  }

  #weigh(received: ReceivedDate): void {
    const now = this.#read();
    const isExact = isOfNow(received);
    const candidate = this.#candidate && carried(this.#candidate, now.monotonicMs);
    const clockAgrees = agree(received, { at: now.wallAt });
    const { markAt } = this;
    // A mark from an earlier run counts only together with an exact time. Together they outweigh a clock that was set back.
    const markAgrees = markAt !== null && (isExact || this.hasFreshEvidence) && agree(received, { at: markAt });
    const answerAgrees = candidate !== null && (isExact || isOfNow(candidate)) && agree(received, candidate);
    const atMark = { at: received.at, monotonicMs: now.monotonicMs, wallAt: now.wallAt };
    if (isExact && (clockAgrees || markAgrees || answerAgrees)) {
      this.#mark = atMark;
      this.#candidate = null;
      this.#asked = null;
    } else if (answerAgrees && candidate && isOfNow(candidate)) {
      this.#mark = { ...atMark, at: candidate.at };
      this.#candidate = null;
      this.#asked = null;
    } else if (!isExact && (clockAgrees || markAgrees)) {
      if (clockAgrees && candidate && !isOfNow(candidate)) this.#candidate = null;
      if (markAt === null || received.at > markAt) this.#forward(received.at, now, clockAgrees);
    } else if (isExact || !this.#isKnownBetter(received, now)) {
      this.#candidate = { ...received, monotonicMs: now.monotonicMs };
      this.#asked = null;
    }
  }

  /** An old response from a cache adds nothing while the clock is still as far off as when the mark was set. */
  #isKnownBetter({ at }: ReceivedDate, now: ClockReading): boolean {
    return isOffsetUnchanged(now, this.#mark) && at <= (this.markAt ?? 0);
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
   * The `iat` of a verified token proves that the time is now `iat` or later, so it only moves the mark forward. It is not a
   * server date: a mark that was a lower bound at the baseline stays one, unless the clock is far behind the token.
   */
  observeIssuedAt(at: number): void {
    const known = this.markAt;
    if (known !== null && at <= known) return;
    const before = this.evaluate();
    const now = this.#read();
    const isFarAhead = at > before.judgedAt + clockToleranceMs;
    if (isFarAhead && !this.hasFreshEvidence) this.#mark = { at, monotonicMs: now.monotonicMs, wallAt: now.wallAt };
    else this.#forward(at, now, false);
    this.#notifyMove(before);
  }

  /** Call this after sleep, when monotonic time may have stopped. Reads both clocks again and makes the mark a lower bound. */
  startOver(): void {
    const at = this.markAt;
    this.#mark = at === null ? null : { at };
    this.#baseline = this.#read();
    this.#candidate = null;
    this.#asked = null;
  }

  /** Call this regularly. Asks the servers for the time if the clock is in doubt and no server was asked about this doubt yet. */
  look(): void {
    if (this.#isOpen) void this.settle();
  }

  /**
   * As {@link look}, but waits until the doubt is settled or each server has answered, which takes no longer than two requests. Does not
   * repeat a question that left the clock in doubt.
   */
  async settle(): Promise<void> {
    if (!this.#isOpen && !this.#asking) return;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    await this.#asking;
  }

  /**
   * Asks each address, all at the same time, so that an address that does not answer delays no other. An answer may be new evidence, which
   * has no effect until another agrees with it, so the address is then asked once more.
   */
  async #ask(): Promise<void> {
    const before = this.evaluate();
    const aboutMs = this.#offsetMs;
    const known = [...this.#sources.values()].toSorted((one, other) => Number(one.answers) - Number(other.answers));
    // The last source of an endpoint counts: the one that gets answers.
    const sources = new Map(known.map((source) => [source.endpoint, source]));
    sources.delete(null);
    if (sources.size === 0) return;
    let isAnswered = false;
    await new Promise<void>((resolve) => {
      const asking = [...sources.values()].map(async (source) => {
        for (let asked = 0; asked < 2; asked += 1) {
          const known = this.#candidate;
          const answered = await source.ask().catch(() => false);
          isAnswered ||= answered;
          if (!this.#isInDoubt) return resolve();
          if (this.#candidate === known) return;
        }
      });
      void Promise.all(asking).then(() => resolve());
    });
    this.#asked = { aboutMs, isAnswered };
    this.#notifyMove(before);
  }

  /** Evaluates the clock now. `judgedAt` is the instant at which the license is evaluated. */
  evaluate(): { readonly clock: ClockStatus; readonly judgedAt: number } {
    const now = this.#read();
    const judged = evaluateClock(now, this.#baseline, this.#mark);
    const { clock, judgedAt } = judged;
    if (clock.state === 'wrong') {
      const { localAt, trustedAt } = clock;
      if (isOffsetUnchanged(now, this.#mark) || this.#sources.size === 0) return judged;
      // Time does not run backwards, so a clock behind trusted time is wrong. A clock ahead may be right after a pause.
      if (this.#wasAsked && localAt < trustedAt) return judged;
      return { clock: { state: 'right', doubt: this.#doubt(localAt, trustedAt) }, judgedAt };
    }
    if (!this.#candidate) return judged;
    const { at } = carried(this.#candidate, now.monotonicMs);
    return { clock: { state: 'right', doubt: this.#doubt(now.wallAt, at) }, judgedAt };
  }

  #doubt(localAt: number, trustedAt: number): ClockDoubt {
    const mayAnswer = [...this.#sources.values()].some(({ endpoint }) => endpoint !== null);
    const hasHope = this.#wasAsked ? this.#asked?.isAnswered : mayAnswer;
    return present({ localAt, trustedAt, unanswered: hasHope ? undefined : true });
  }

  get #isInDoubt(): boolean {
    const now = this.#read();
    if (this.#candidate) return true;
    const isWrong = evaluateClock(now, this.#baseline, this.#mark).clock.state === 'wrong';
    return isWrong && !isOffsetUnchanged(now, this.#mark);
  }

  /** The clock is in doubt, and no server was asked about this doubt yet. */
  get #isOpen(): boolean {
    return this.#isInDoubt && !this.#wasAsked;
  }

  get #wasAsked(): boolean {
    return this.#asked !== null && Math.abs(this.#offsetMs - this.#asked.aboutMs) <= clockToleranceMs;
  }

  get #offsetMs(): number {
    return this.#clock.wallNow() - this.#clock.monotonicNow();
  }

  #notifyMove(before: { readonly clock: ClockStatus; readonly judgedAt: number }): void {
    const after = this.evaluate();
    const jumped = Math.abs(after.judgedAt - before.judgedAt) > clockToleranceMs;
    if (jumped || nameOf(after.clock) !== nameOf(before.clock)) this.#onMoved();
  }

  #read(): ClockReading {
    return { wallAt: this.#clock.wallNow(), monotonicMs: this.#clock.monotonicNow() };
  }
}

/** The response to a POST does not come from a cache unless it has an `Age` (RFC 9111 §4). */
function isOfNow({ isPost, ageMs }: ReceivedDate): boolean {
  return isPost && ageMs === undefined;
}

/** Is there an instant that fits both dates, within the clock tolerance? */
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
 * Passes the `Date` of each response from the Authorization server to trusted time, and reports the outcome of each request that the
 * console did not abort. Ignores the `Date` if something else answered in place of the server. If a certificate's dates do not fit and the
 * clock is known to be wrong, the failure is `clock_wrong`.
 */
export function observeHttp(http: Http, trustedTime: TrustedTime, onOutcome: (outcome: Result<null>) => void): Http {
  return {
    async send(request) {
      const outcome = nameTheClock(await http.send(request), trustedTime);
      const foreign = outcome.ok ? foreignAnswer(outcome.answer) : null;
      if (outcome.ok && !foreign && outcome.answer.serverDate !== undefined)
        trustedTime.observe({ ...outcome.answer.serverDate, isPost: request.method === 'POST' });
      if (outcome.ok) onOutcome(foreign ? fail(foreign, { facts: { host: hostOf(request) } }) : succeed(null));
      else if (!request.signal?.aborted) onOutcome({ ok: false, failure: outcome.failure });
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
