import type { Failure } from '../../src-shared/result.ts';

/** What a request is for: the name of the step in the log. */
export type HttpPurpose =
  | 'discovery'
  | 'signing_keys'
  | 'device_code'
  | 'poll'
  | 'token_refresh'
  | 'revocation'
  | 'clock'
  | 'administrator_notice';

export interface HttpRequest {
  readonly purpose: HttpPurpose;
  /** The ID of the server profile that the request is about. Absent if it is about none. */
  readonly server?: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Already encoded, such as `application/x-www-form-urlencoded`. */
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** The size limit of the answer in bytes, for a document that may be larger than an Authorization server's answers. */
  readonly largestAnswer?: number;
  /** True if the path itself is a secret, as in many webhooks. It is then not logged. */
  readonly secretAddress?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The values of `Date` and `Age`, in ms. Absent if the server sent no usable `Date`. */
  readonly serverDate?: { readonly at: number; readonly ageMs?: number };
}

/** An answer, or why there was none. `maybeDelivered`: the request may have reached the server and been acted on. */
export type HttpOutcome =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly failure: Failure; readonly maybeDelivered: boolean };

/**
 * Sends one request with a deadline and a size limit, follows no redirect, keeps no cookie, and never rejects.
 * Any status counts as an answer. The caller judges it.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpOutcome>;
}
