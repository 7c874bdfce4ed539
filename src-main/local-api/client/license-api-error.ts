/**
 * Why a call failed. `code` is one of the API's codes (`unauthorized`, `forbidden`, `not_licensed`, `token_expired` …) or one
 * of this client's codes:
 * `console_not_running`: nothing listens, because the console does not run or its local license API is off;
 * `address_refused`: the address is not on this computer, or does not belong to this account;
 * `secret_missing`: no client secret was given; `timed_out`; `connection_lost`; `answer_malformed`; `answer_too_large`;
 * `closed`: {@link LicenseClient.close} was called.
 */
export class LicenseApiError extends Error {
  override readonly name = 'LicenseApiError';
  readonly code: string;
  /** The HTTP status. Absent if there was no answer. */
  readonly status?: number;
  /** A further explanation. Empty if there is none. */
  readonly detail: string;

  constructor(code: string, title: string, more: { detail?: string; status?: number; cause?: unknown } = {}) {
    super(more.detail ? `${title}: ${more.detail}` : title, more.cause === undefined ? {} : { cause: more.cause });
    this.code = code;
    this.detail = more.detail ?? '';
    if (more.status !== undefined) this.status = more.status;
  }
}
