import type { Failure } from '../../src-shared/result.ts';
import type { HttpAnswer } from '../ports/http.ts';

/**
 * The longest pause that a server can ask for. With a longer one a license could expire unnoticed. Limits `Retry-After`, the poll
 * interval and the life of a code.
 */
export const longestPauseSeconds = 86_400;

/**
 * Reads `Retry-After` as seconds, from a number or a date (RFC 9110 §10.2.3). At most {@link longestPauseSeconds}. A date is
 * compared with the `Date` of the same response, so this computer's clock does not matter. An invalid value, and a date in a
 * response without `Date`, count as absent.
 */
export function readRetryAfter({ headers }: Pick<HttpAnswer, 'headers'>): number | undefined {
  const text = (headers['retry-after'] ?? '').trim();
  if (/^\d+$/.test(text)) return bounded(Number(text));
  // An HTTP-date starts with a weekday. `Date.parse` also accepts other texts, such as "-5".
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(text)) return undefined;
  const seconds = (Date.parse(text) - Date.parse(headers['date'] ?? '')) / 1000;
  return Number.isNaN(seconds) ? undefined : bounded(seconds);
}

/** The failure fact for `Retry-After`. It is used to plan the next attempt and to tell a person how long to wait. */
export function retryAfterFacts(answer: Pick<HttpAnswer, 'headers'>): { readonly retry_after?: string } {
  const seconds = readRetryAfter(answer);
  return seconds === undefined ? {} : { retry_after: String(seconds) };
}

/** The seconds of {@link retryAfterFacts}. 0 if the server asked for no pause. */
export function retryAfterOf({ facts }: Failure): number {
  const seconds = Number(facts?.['retry_after'] ?? 0);
  return Number.isNaN(seconds) ? 0 : bounded(seconds);
}

function bounded(seconds: number): number {
  return Math.min(longestPauseSeconds, Math.max(0, Math.ceil(seconds)));
}
