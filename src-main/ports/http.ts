import type { Failure } from '../../src-shared/result.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Already encoded, such as `application/x-www-form-urlencoded`. */
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** A document that may be larger than the answers of an Authorization server are, in bytes. */
  readonly largestAnswer?: number;
  /** The path is a secret in itself, as a web hook's often is: it is not logged. */
  readonly secretAddress?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What `Date` and `Age` say, in ms; absent where the server sent no usable `Date`. */
  readonly serverDate?: { readonly at: number; readonly ageMs?: number };
}

/** An answer, or why there was none. `maybeDelivered`: the request may have reached the server and been acted on. */
export type HttpOutcome =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly failure: Failure; readonly maybeDelivered: boolean };

/**
 * Sends one request with a deadline and a size cap, follows no redirect, keeps no cookie, and never rejects.
 * Any status is an answer; judging it is the caller's matter.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpOutcome>;
}
