import { z } from 'zod/mini';

/** An RFC 3339 instant in UTC; the names of members that hold one end in `_at`. */
export const instantSchema = z.iso.datetime({ precision: 3 });

/** The instant of ms since the Unix epoch, as it stands on the wire. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
