const known = new Map<number, string>();
const mostKnown = 256;

/** Formats ms since the Unix epoch for the wire. Cached, because busy callers need the same few values again and again. */
export function instantOf(ms: number): string {
  const cached = known.get(ms);
  if (cached !== undefined) return cached;
  const instant = new Date(ms).toISOString();
  if (known.size >= mostKnown) known.clear();
  known.set(ms, instant);
  return instant;
}
