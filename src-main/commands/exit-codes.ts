import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { Failure } from '../../src-shared/result.ts';

/** Exit codes for scripts. README.md has the same table. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line is wrong; nothing was done. */
  usage: 2,
  /** There is no license. */
  notLicensed: 3,
  /** There is a license, but a person must act on the license, its token, the keychain or the clock. */
  personMustAct: 4,
  /** The Authorization server refused, or a peer is not accepted. */
  refused: 5,
  /** The Authorization server could not be reached or could not answer. A later try may succeed. */
  noConnection: 6,
  cancelled: 130,
} as const;

const ofFailures: Partial<Record<FailureCode, number>> = {
  command_malformed: exitCodes.usage,
  switch_refused: exitCodes.usage,
  variable_refused: exitCodes.usage,
  server_unknown: exitCodes.usage,
  confirmation_missing: exitCodes.usage,
  issuer_malformed: exitCodes.usage,
  issuer_insecure: exitCodes.usage,
  not_licensed: exitCodes.notLicensed,
  no_server: exitCodes.notLicensed,
  invalid_grant: exitCodes.personMustAct,
  no_refresh_token: exitCodes.personMustAct,
  license_of_another_computer: exitCodes.personMustAct,
  token_expired: exitCodes.personMustAct,
  clock_wrong: exitCodes.personMustAct,
  certificate_date_invalid: exitCodes.personMustAct,
  secret_store_missing: exitCodes.personMustAct,
  secret_store_locked: exitCodes.personMustAct,
  secret_store_timeout: exitCodes.personMustAct,
  secret_store_refused: exitCodes.personMustAct,
  secret_store_full: exitCodes.personMustAct,
  secret_store_password_changed: exitCodes.personMustAct,
  secret_store_changed_backend: exitCodes.personMustAct,
  secret_store_damaged: exitCodes.personMustAct,
  access_denied: exitCodes.refused,
  authorization_refused: exitCodes.refused,
  invalid_client: exitCodes.refused,
  unauthorized_client: exitCodes.refused,
  invalid_scope: exitCodes.refused,
  invalid_target: exitCodes.refused,
  resource_missing: exitCodes.refused,
  wrong_device: exitCodes.refused,
  revocation_refused: exitCodes.refused,
  revocation_not_offered: exitCodes.refused,
  network_unreachable: exitCodes.noConnection,
  request_timeout: exitCodes.noConnection,
  captive_portal: exitCodes.noConnection,
  proxy_refused: exitCodes.noConnection,
  certificate_untrusted: exitCodes.noConnection,
  certificate_invalid: exitCodes.noConnection,
  unexpected_redirect: exitCodes.noConnection,
  unexpected_content: exitCodes.noConnection,
  too_many_requests: exitCodes.noConnection,
  server_error: exitCodes.noConnection,
  page_unusable: exitCodes.noConnection,
  proxy_unsupported: exitCodes.noConnection,
  revocation_failed: exitCodes.noConnection,
  command_cancelled: exitCodes.cancelled,
};

export function exitCodeOf({ code }: Failure): number {
  return ofFailures[code] ?? exitCodes.failed;
}

/** Which code wins among several servers, the most important first. */
const byWeight = [
  exitCodes.cancelled,
  exitCodes.usage,
  exitCodes.refused,
  exitCodes.personMustAct,
  exitCodes.notLicensed,
  exitCodes.failed,
  exitCodes.noConnection,
  exitCodes.done,
];

export function worstOf(codes: readonly number[]): number {
  return byWeight.find((code) => codes.includes(code as never)) ?? exitCodes.done;
}
