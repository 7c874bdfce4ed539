import { longestPauseSeconds } from '../authorization/retry-after.ts';

/**
 * When to poll (RFC 8628 §3.5), as plain data in monotonic time. A poll comes at least one interval after the previous poll, or
 * after the code was issued. Each `slow_down` adds 5 s to the interval for the rest of this code's life.
 */
export interface PollSchedule {
  readonly intervalMs: number;
  /** The earliest monotonic instant of the next poll, even if a person clicks. */
  readonly earliestMs: number;
  /** When the console polls without a click: `earliestMs`, or later after requests that failed. */
  readonly nextMs: number;
  /** When the code expires. */
  readonly deadlineMs: number;
  readonly troubles: number;
}

const slowDownSeconds = 5;
const maxIntervalMs = longestPauseSeconds * 1000;
const maxTroubleDelayMs = 30_000;

export function startPolling(nowMs: number, intervalSeconds: number, lifeSeconds: number): PollSchedule {
  const intervalMs = Math.min(maxIntervalMs, intervalSeconds * 1000);
  return {
    intervalMs,
    earliestMs: nowMs + intervalMs,
    nextMs: nowMs + intervalMs,
    deadlineMs: nowMs + lifeSeconds * 1000,
    troubles: 0,
  };
}

/** After `authorization_pending`. */
export function afterPending(schedule: PollSchedule, nowMs: number): PollSchedule {
  return oneIntervalLater({ ...schedule, troubles: 0 }, nowMs);
}

/** After `slow_down`: adds 5 s to the interval, or uses the response's `interval` if that is larger. */
export function afterSlowDown(schedule: PollSchedule, nowMs: number, answerIntervalSeconds = 0): PollSchedule {
  const raisedMs = Math.max(schedule.intervalMs + slowDownSeconds * 1000, answerIntervalSeconds * 1000);
  return oneIntervalLater({ ...schedule, intervalMs: Math.min(maxIntervalMs, raisedMs), troubles: 0 }, nowMs);
}

/**
 * After a poll without a usable response: waits for the interval or an exponential back-off of at most 30 s, whichever is longer,
 * and at least as long as the server asked for.
 */
export function afterTrouble(schedule: PollSchedule, nowMs: number, retryAfterSeconds = 0): PollSchedule {
  const troubles = schedule.troubles + 1;
  const backOffMs = Math.min(maxTroubleDelayMs, 1000 * 2 ** (troubles - 1));
  const earliest = oneIntervalLater({ ...schedule, troubles }, nowMs);
  const earliestMs = Math.max(earliest.earliestMs, nowMs + retryAfterSeconds * 1000);
  return { ...earliest, earliestMs, nextMs: Math.max(earliestMs, nowMs + Math.max(schedule.intervalMs, backOffMs)) };
}

/** After the network came back: a back-off ends, but no poll comes earlier than the server allows. */
export function afterReconnecting(schedule: PollSchedule, nowMs: number): PollSchedule {
  return { ...schedule, nextMs: Math.min(schedule.nextMs, Math.max(schedule.earliestMs, nowMs)) };
}

/** Has the code expired? */
export function isOver(schedule: PollSchedule, nowMs: number): boolean {
  return nowMs >= schedule.deadlineMs;
}

function oneIntervalLater(schedule: PollSchedule, nowMs: number): PollSchedule {
  return { ...schedule, earliestMs: nowMs + schedule.intervalMs, nextMs: nowMs + schedule.intervalMs };
}
