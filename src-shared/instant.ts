const known = new Map<number, string>();
const mostKnown = 256;

/** An RFC 3339 instant in UTC, from ms since the Unix epoch. Cached, because busy callers need the same few values again and again. */
export function instantOf(ms: number): string;
export function instantOf(ms: number | undefined): string | undefined;
export function instantOf(ms?: number): string | undefined {
  if (ms === undefined) return undefined;
  const cached = known.get(ms);
  if (cached !== undefined) return cached;
  const instant = new Date(ms).toISOString();
  if (known.size >= mostKnown) known.clear();
  known.set(ms, instant);
  return instant;
}
