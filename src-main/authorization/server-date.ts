/** What a response says about the time. */
export interface ServerDate {
  /** The `Date` header, in ms since the epoch. */
  readonly at: number;
  /** The `Age` header in ms: the longest time that a cache has held the response. Absent if no cache says that it did. */
  readonly ageMs?: number;
}

/** IMF-fixdate (RFC 9110 §5.6.7), which all servers send. Programs disagree on how to read the other forms. */
const imfFixdate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** A `Date` before 2020 or from 2100 on is ignored as absurd. */
const absurdBeforeAt = Date.UTC(2020, 0, 1);
const absurdFromAt = Date.UTC(2100, 0, 1);
/** A response that a cache held for longer says nothing about the time. */
const longestAgeSeconds = 31 * 86_400;

/** Reads `Date` and `Age` of a response (RFC 9110 §6.6.1, RFC 9111 §5.1). Undefined if `Date` is missing or either is absurd. */
export function serverDateOf(headers: Readonly<Record<string, string>>): ServerDate | undefined {
  const date = headers['date'] ?? '';
  const at = imfFixdate.test(date) ? Date.parse(date) : Number.NaN;
  if (!(at >= absurdBeforeAt && at < absurdFromAt)) return undefined;
  const age = headers['age'];
  if (age === undefined) return { at };
  const ageSeconds = /^\d{1,9}$/.test(age) ? Number(age) : Number.POSITIVE_INFINITY;
  return ageSeconds <= longestAgeSeconds ? { at, ageMs: ageSeconds * 1000 } : undefined;
}
