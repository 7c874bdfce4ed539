import { z } from 'zod/mini';

/** An RFC 3339 instant in UTC; the names of members that hold one end in `_at`. */
export const instantSchema = z.iso.datetime({ precision: 3 });

let last = { ms: 0, instant: new Date(0).toISOString() };

/** The instant of ms since the Unix epoch, as it stands on the wire. Busy callers ask for the same one many times. */
export function instantOf(ms: number): string {
  if (last.ms !== ms) last = { ms, instant: new Date(ms).toISOString() };
  return last.instant;
}
