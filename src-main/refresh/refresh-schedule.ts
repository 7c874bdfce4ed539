/** When to refresh, as pure functions of instants and a random number; trusted time in ms. */

/** At half of the token's life ±10 %, so that stores do not ask all at once. */
export function refreshDueAt(issuedAt: number, expiresAt: number, random: number): number {
  const lifeMs = Math.max(0, expiresAt - issuedAt);
  return Math.round(issuedAt + lifeMs * (0.5 + (random - 0.5) * 0.2));
}

export const firstRetryMs = 30_000;
export const maxRetryMs = 3_600_000;
/** No refresh follows another more closely than this, whatever the clock says. */
export const minDelayMs = 1_000;

/** Full jitter back-off, capped at 1 h; what the server asked for in Retry-After comes on top of it. */
export function retryDelayMs(failures: number, random: number, retryAfterSeconds = 0): number {
  const ceilingMs = Math.min(maxRetryMs, firstRetryMs * 2 ** Math.max(0, failures - 1));
  return Math.max(minDelayMs, Math.round(retryAfterSeconds * 1000 + ceilingMs * random));
}

const longestSpreadMs = 5 * 60_000;

/**
 * How long a try waits after the network came back or the computer woke up: what happens to many stores at once must not
 * bring them to the server in the same second. Scaled by the token's life; none where the token has run out.
 */
export function reconnectDelayMs(lifeMs: number, remainingMs: number, random: number): number {
  if (remainingMs <= 0) return 0;
  return Math.round(Math.min(longestSpreadMs, Math.max(0, lifeMs) * 0.02) * random);
}

/**
 * When a refresh whose answer was lost is asked for again. A server that had issued already takes the old refresh token once
 * more only within its short grace; later it would take it for stolen (RFC 9700 §4.14.2). Once, and never at once.
 */
export function lostAnswerRetryMs(random: number): number {
  return Math.round(2_000 + 8_000 * random);
}
