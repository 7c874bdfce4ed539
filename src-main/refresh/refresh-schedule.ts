/** Computes when to refresh, as pure functions of instants (trusted time in ms) and a random number. */

/** A random instant between 40 % and 60 % of the token's life, so that stores do not all refresh at once. */
export function refreshDueAt(issuedAt: number, expiresAt: number, random: number): number {
  const lifeMs = Math.max(0, expiresAt - issuedAt);
  return Math.round(issuedAt + lifeMs * (0.5 + (random - 0.5) * 0.2));
}

export const firstRetryMs = 30_000;
export const maxRetryMs = 3_600_000;
/** The shortest delay before a refresh, even if the clock jumps. */
export const minDelayMs = 1_000;

/**
 * Exponential back-off with full jitter, capped at 1 h, or at an eighth of a shorter token's life: a server whose tokens last minutes
 * expects frequent requests. The server's Retry-After is added to it.
 */
export function retryDelayMs(
  failures: number,
  random: number,
  retryAfterSeconds = 0,
  lifeMs = Number.POSITIVE_INFINITY,
): number {
  const mostMs = Math.min(maxRetryMs, Math.max(firstRetryMs, lifeMs / 8));
  const ceilingMs = Math.min(mostMs, firstRetryMs * 2 ** Math.max(0, failures - 1));
  return Math.max(minDelayMs, Math.round(retryAfterSeconds * 1000 + ceilingMs * random));
}

/** At least this many attempts fit into the last part of a token's life, in which the console does not wait as long as asked. */
const lastAttempts = 4;

/**
 * When a refresh that failed at `failedAt` is tried again, given the delay of {@link retryDelayMs}. The server can ask for a long pause,
 * even one beyond the token's expiry. It gets this pause until `pausesUntil`. From then on, the attempts are close enough together that
 * several come before the expiry. After the expiry they are at most {@link maxRetryMs} apart.
 */
export function retryDueAt(
  token: { readonly pausesUntil: number; readonly expiresAt: number },
  failedAt: number,
  delayMs: number,
  random: number,
): number {
  const { pausesUntil, expiresAt } = token;
  const apartMs = ((expiresAt - pausesUntil) / lastAttempts) * (0.5 + random / 2);
  const latest = failedAt < expiresAt ? Math.max(pausesUntil, failedAt + apartMs) : failedAt + maxRetryMs;
  return Math.round(Math.min(failedAt + delayMs, Math.max(failedAt + minDelayMs, latest)));
}

const longestSpreadMs = 5 * 60_000;

/**
 * The delay of a refresh after the network came back or the computer woke up. Such an event can affect many stores at once, and
 * they must not all reach the server in the same second. Scales with the token's life. 0 if the token has expired.
 */
export function reconnectDelayMs(lifeMs: number, remainingMs: number, random: number): number {
  if (remainingMs <= 0) return 0;
  return Math.round(Math.min(longestSpreadMs, Math.max(0, lifeMs) * 0.02) * random);
}

/**
 * The delay before a refresh whose response was lost is tried again. If the server did issue tokens, it accepts the old refresh
 * token again only during a short grace period, and later treats it as stolen (RFC 9700 §4.14.2). So this quick retry is made
 * only once, and not immediately.
 */
export function lostAnswerRetryMs(random: number): number {
  return Math.round(2_000 + 8_000 * random);
}
