import { z } from 'zod/mini';

/** An RFC 3339 instant in UTC; the names of members that hold one end in `_at`. */
export const instantSchema = z.iso.datetime({ precision: 3 });

const known = new Map<number, string>();
const mostKnown = 256;

/** The instant of ms since the Unix epoch, as it stands on the wire. Busy callers ask for the same few again and again. */
export function instantOf(ms: number): string {
  const told = known.get(ms);
  if (told !== undefined) return told;
  const instant = new Date(ms).toISOString();
  if (known.size >= mostKnown) known.clear();
  known.set(ms, instant);
  return instant;
}
