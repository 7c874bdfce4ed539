/** Enforces the polling interval of each device code (RFC 8628 §3.5). */

/** Timers may fire early by this much. Such a poll does not count as too early. */
const timerRoundingMs = 5;

/** Each `slow_down` adds this to the interval, "for this and all subsequent requests". */
const slowDownSeconds = 5;

interface Pace {
  lastPollAt?: number | undefined;
  pollBeforeAt?: number | undefined;
  slowDowns: number;
}

export class PollPacing {
  readonly #paces = new Map<string, Pace>();

  /** Whether this poll comes too early and must be answered with `slow_down`. Each poll, early or not, starts a new interval. */
  isTooEarly(deviceCode: string, intervalSeconds: number, now: number): boolean {
    const pace = this.#paces.get(deviceCode) ?? { slowDowns: 0 };
    this.#paces.set(deviceCode, pace);
    const requiredMs = (intervalSeconds + pace.slowDowns * slowDownSeconds) * 1000;
    const early = pace.lastPollAt !== undefined && now - pace.lastPollAt < requiredMs - timerRoundingMs;
    pace.pollBeforeAt = pace.lastPollAt;
    pace.lastPollAt = now;
    if (early) pace.slowDowns += 1;
    return early;
  }

  /** Undoes the latest poll, as if it had not been made. */
  forgive(deviceCode: string): void {
    const pace = this.#paces.get(deviceCode);
    if (pace !== undefined) pace.lastPollAt = pace.pollBeforeAt;
  }

  clear(): void {
    this.#paces.clear();
  }
}
