/**
 * Why a call got no answer. `code` is the API's own (`unauthorized`, `forbidden`, `not_licensed`, `token_expired` …) or one
 * of this client's:
 * `console_not_running`: nothing listens, because the console does not run or its local license API is off;
 * `address_refused`: what was found is not on this computer, or not this account's;
 * `secret_missing`: no client secret was given; `timed_out`; `connection_lost`; `answer_malformed`; `answer_too_large`;
 * `closed`: {@link LicenseClient.close} was called.
 */
export class LicenseApiError extends Error {
  override readonly name = 'LicenseApiError';
  readonly code: string;
  /** The HTTP status; absent where there was no answer. */
  readonly status?: number;
  /** One plain sentence more, where there is one. */
  readonly detail: string;

  constructor(code: string, title: string, more: { detail?: string; status?: number; cause?: unknown } = {}) {
    super(more.detail ? `${title}: ${more.detail}` : title, more.cause === undefined ? {} : { cause: more.cause });
    this.code = code;
    this.detail = more.detail ?? '';
    if (more.status !== undefined) this.status = more.status;
  }
}
