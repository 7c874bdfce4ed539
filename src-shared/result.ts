import { type FailureCode, hasTrait, isFailureCode, type Remedy, remedyOf } from './failure-codes.ts';

/** Plain data that says why an operation failed. Safe to show: it never contains a token, device code or key. */
export interface Failure {
  readonly code: FailureCode;
  /** The one next action that the screen offers. */
  readonly remedy: Remedy;
  /** The server's or the system's own message, verbatim, if there was one. */
  readonly detail?: string;
  /** Values that this failure's text needs, such as a device's name. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** The server's own reason for a refusal (RFC 6749 §5.2, `error_description`), if it gave one. */
export function serverReason({ detail, facts }: Failure): string | undefined {
  return facts?.['error'] === undefined ? undefined : detail;
}

/** The failure behind this one, if it names one in the fact `cause`. */
export function causeOf({ facts }: Failure): FailureCode | undefined {
  const cause = facts?.['cause'];
  return cause !== undefined && isFailureCode(cause) ? cause : undefined;
}

/** Can another revocation request still succeed? Not if the server has already refused, or if the cause is permanent. */
export function mayRevokeLater(failure: Failure): boolean {
  return failure.code === 'revocation_failed' && !hasTrait(causeOf(failure), 'irrevocable');
}

/** Either a value or a {@link Failure}. A failure that a person can meet is returned, never thrown. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  code: FailureCode,
  extra: { detail?: string; facts?: Record<string, string> } = {},
): Result<never> {
  return { ok: false, failure: failure(code, extra) };
}

export function failure(code: FailureCode, extra: { detail?: string; facts?: Record<string, string> } = {}): Failure {
  return { code, remedy: remedyOf(code), ...extra };
}
