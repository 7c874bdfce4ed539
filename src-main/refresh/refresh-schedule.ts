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

/** What a server asks for beyond a day would let a license run out unseen. */
export const maxRetryAfterSeconds = 86_400;

/** Full jitter back-off, capped at 1 h; what the server asked for in Retry-After comes on top of it. */
export function retryDelayMs(failures: number, random: number, retryAfterSeconds = 0): number {
  const ceilingMs = Math.min(maxRetryMs, firstRetryMs * 2 ** Math.min(20, Math.max(0, failures - 1)));
  return Math.max(minDelayMs, Math.round(retryAfterSeconds * 1000 + ceilingMs * random));
}
