import { isDPoPNonceError, ResponseBodyError } from 'oauth4webapi';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { NoAnswer } from './authorization-context.ts';
import { foreignAnswerCode } from './foreign-answer.ts';

/** Why a protocol request failed, and whether the server may have acted on it all the same. */
export interface ProtocolFault {
  readonly failure: Failure;
  /** RFC 6749 §5.2 `error`, where the server answered with one. */
  readonly error?: string;
  /** The answer's own `interval`, seconds, where a `slow_down` carried one. */
  readonly intervalSeconds?: number;
  readonly retryAfterSeconds?: number;
  /** True where trying again later may succeed: the server has not decided. */
  readonly transient: boolean;
  /** True where the server may have acted on the request although no usable answer came. */
  readonly maybeDelivered: boolean;
}

const namedErrors: ReadonlyMap<string, FailureCode> = new Map([
  ['access_denied', 'access_denied'],
  // The IdentityServer family says it so.
  ['authorization_declined', 'access_denied'],
  ['expired_token', 'expired_token'],
  ['invalid_grant', 'invalid_grant'],
  ['invalid_client', 'invalid_client'],
  ['unauthorized_client', 'unauthorized_client'],
  ['invalid_scope', 'invalid_scope'],
  ['invalid_target', 'invalid_target'],
  ['use_dpop_nonce', 'use_dpop_nonce'],
  ['invalid_dpop_proof', 'invalid_dpop_proof'],
  // Of the authorization endpoint (RFC 6749 §4.1.2.1), but servers say them here too.
  ['temporarily_unavailable', 'server_error'],
  ['server_error', 'server_error'],
]);

/** Turns whatever a protocol request threw into a fault with a code (RFC 6749 §5.2, RFC 8628 §3.5, RFC 9449 §5). */
export function oauthFailure(thrown: unknown): ProtocolFault {
  if (thrown instanceof NoAnswer) {
    return {
      failure: thrown.failure,
      transient: isTransient(thrown.failure.code),
      maybeDelivered: thrown.maybeDelivered,
    };
  }
  if (thrown instanceof ResponseBodyError) return fromErrorBody(thrown);
  // RFC 9449 §9: said as a challenge instead.
  if (isDPoPNonceError(thrown)) {
    return { failure: failure('use_dpop_nonce'), error: 'use_dpop_nonce', transient: false, maybeDelivered: false };
  }
  return fromUnusableAnswer(thrown);
}

function fromErrorBody(answer: ResponseBodyError): ProtocolFault {
  const detail = readableText(answer.error_description);
  const interval = answer.cause['interval'];
  const retryAfterSeconds = readRetryAfter(answer.response.headers.get('retry-after'));
  const busy = answer.status === 429;
  const code = busy ? 'too_many_requests' : (namedErrors.get(answer.error) ?? 'authorization_refused');
  return {
    failure: failure(code, { ...(detail ? { detail } : {}), facts: { error: readableText(answer.error) ?? '' } }),
    error: answer.error,
    ...(typeof interval === 'number' && Number.isFinite(interval) ? { intervalSeconds: interval } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    transient: busy || answer.error === 'temporarily_unavailable' || answer.error === 'server_error',
    maybeDelivered: false,
  };
}

function fromUnusableAnswer(thrown: unknown): ProtocolFault {
  const response = responseOf(thrown);
  if (!response) return { failure: failure('response_invalid'), transient: false, maybeDelivered: true };
  const retryAfterSeconds = readRetryAfter(response.headers.get('retry-after'));
  const code = unusableAnswerCode(response);
  return {
    failure: failure(code, { facts: { status: String(response.status) } }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    transient: code !== 'response_invalid',
    maybeDelivered: response.status < 400 || response.status >= 500,
  };
}

/** A response whose body is no OAuth answer: busy, broken, or a page of somebody else's in between. */
export function unusableAnswerCode(response: Pick<Response, 'status' | 'headers'>): FailureCode {
  const contentType = response.headers.get('content-type') ?? '';
  const foreign = foreignAnswerCode({ status: response.status, contentType });
  if (foreign) return foreign;
  if (response.status === 429) return 'too_many_requests';
  if (response.status >= 500) return 'server_error';
  if (!contentType.includes('json')) return 'unexpected_content';
  return 'response_invalid';
}

function responseOf(thrown: unknown): Response | undefined {
  if (!(thrown instanceof Error)) return undefined;
  // A 401 with a challenge carries its response itself.
  if ('response' in thrown && thrown.response instanceof Response) return thrown.response;
  const cause: unknown = thrown.cause;
  if (cause instanceof Response) return cause;
  const inner = typeof cause === 'object' && cause !== null && 'response' in cause ? cause.response : undefined;
  return inner instanceof Response ? inner : undefined;
}

const transientCodes: ReadonlySet<string> = new Set<FailureCode>([
  'network_unreachable',
  'request_timeout',
  'response_too_large',
  'unexpected_content',
  'too_many_requests',
  'server_error',
  'captive_portal',
  'proxy_refused',
  'certificate_untrusted',
  'certificate_date_invalid',
  'certificate_invalid',
  // A certificate was out of its dates by a clock that is known to be wrong.
  'clock_wrong',
]);

/** Does a failure of that code say that trying again later may succeed? */
export function isTransient(code: string | undefined): boolean {
  return code !== undefined && transientCodes.has(code);
}

const refusals: ReadonlySet<FailureCode> = new Set([
  'access_denied',
  'expired_token',
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'authorization_refused',
]);

/**
 * Did the server itself refuse, or issue what turned out to be of no use? False after what is on the way to it, broken at
 * it or wrong on this computer: what the server had said before still holds then.
 */
export function isDecision({ code }: Failure): boolean {
  const issued = /^(token|license)_|^(wrong_device|signing_keys_unavailable)$/.test(code);
  return refusals.has(code) || issued;
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3, the delta form); a date or junk counts as absent. */
function readRetryAfter(header: string | null): number | undefined {
  return header && /^\d{1,6}$/.test(header.trim()) ? Number(header) : undefined;
}

/**
 * The server's own words, bounded and without what breaks a line or turns its direction, as they go on the screen; what is no
 * text counts as absent.
 */
function readableText(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const clean = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .trim()
    .slice(0, 300);
  return clean || undefined;
}
