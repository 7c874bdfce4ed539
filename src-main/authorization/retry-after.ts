import type { Failure } from '../../src-shared/result.ts';
import type { HttpAnswer } from '../ports/http.ts';

/**
 * No pause that a server asks for is longer: a license would run out unseen. It bounds `Retry-After`, the interval of polls and
 * the life of a code.
 */
export const longestPauseSeconds = 86_400;

/**
 * `Retry-After` in seconds, as a number or as a date (RFC 9110 §10.2.3), {@link longestPauseSeconds} at most. A date is read against the answer's own
 * `Date`, so no clock here plays a part. Junk, and a date beside no `Date`, count as absent.
 */
export function readRetryAfter({ headers }: Pick<HttpAnswer, 'headers'>): number | undefined {
  const text = (headers['retry-after'] ?? '').trim();
  if (/^\d+$/.test(text)) return bounded(Number(text));
  // Without a weekday it is no HTTP-date: `Date.parse` reads much else as one, such as "-5".
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(text)) return undefined;
  const seconds = (Date.parse(text) - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isNaN(seconds) ? undefined : bounded(seconds);
}

/** What a failure keeps of it, for those who plan the next try and for those who are told to wait. */
export function retryAfterFacts(answer: Pick<HttpAnswer, 'headers'>): { readonly retry_after?: string } {
  const seconds = readRetryAfter(answer);
  return seconds === undefined ? {} : { retry_after: String(seconds) };
}

/** The seconds of {@link retryAfterFacts}; 0 where the server asked for no pause. */
export function retryAfterOf({ facts }: Failure): number {
  const seconds = Number(facts?.['retry_after'] ?? 0);
  return Number.isNaN(seconds) ? 0 : bounded(seconds);
}

function bounded(seconds: number): number {
  return Math.min(longestPauseSeconds, Math.max(0, Math.ceil(seconds)));
}
