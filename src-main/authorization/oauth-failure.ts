import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { shownText } from '../../src-shared/shown-text.ts';
import type { HttpAnswer } from '../ports/http.ts';
import { foreignAnswer } from './foreign-answer.ts';
import { retryAfterFacts } from './retry-after.ts';
import { readDocument, readNumber, type ServerDocument } from './server-document.ts';

/** Why a protocol request failed, and whether the server may have acted on it all the same. */
export interface ProtocolFault {
  readonly failure: Failure;
  /** RFC 6749 §5.2 `error`, where the server answered with one. */
  readonly error?: string;
  /** The answer's own `interval`, seconds, where a `slow_down` carried one. */
  readonly intervalSeconds?: number;
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
  ['invalid_request', 'authorization_refused'],
  ['unsupported_grant_type', 'authorization_refused'],
  // Of a token that is to be revoked (RFC 7009 §2.2.1), or was revoked before.
  ['unsupported_token_type', 'authorization_refused'],
  ['invalid_token', 'authorization_refused'],
  ['use_dpop_nonce', 'use_dpop_nonce'],
  ['invalid_dpop_proof', 'invalid_dpop_proof'],
  ['slow_down', 'too_many_requests'],
  ['authorization_pending', 'response_invalid'],
  // Of the authorization endpoint (RFC 6749 §4.1.2.1), but servers say them here too.
  ['temporarily_unavailable', 'server_error'],
  ['server_error', 'server_error'],
]);

/** What a server says before it has decided. */
const undecided: ReadonlySet<string> = new Set([
  'authorization_pending',
  'slow_down',
  'temporarily_unavailable',
  'server_error',
]);

/**
 * The OAuth error of an answer (RFC 6749 §5.2, RFC 8628 §3.5), whatever its status and headers say. An error that has no name
 * here counts only where a server's own refusal has that status: in between, pages of errors are JSON too.
 */
export function errorOf({ status, headers, body }: HttpAnswer): string | undefined {
  const error = readDocument(body)?.['error'];
  if (typeof error === 'string') {
    const isRefusal = status === 400 || status === 401 || isSuccess(status) || (status === 403 && isCode(error));
    return namedErrors.has(error) || isRefusal ? error : undefined;
  }
  // RFC 9449 §9: said as a challenge instead.
  const challenge = headers['www-authenticate'] ?? '';
  return /\bDPoP\b.*\berror\s*=\s*"?use_dpop_nonce\b/i.test(challenge) ? 'use_dpop_nonce' : undefined;
}

/** The document of a successful answer, which says nothing of an error (RFC 6749 §5.1); null for every other answer. */
export function successOf({ status, body }: HttpAnswer): ServerDocument | null {
  const document = isSuccess(status) ? readDocument(body) : null;
  return document && document['error'] === undefined ? document : null;
}

/** Why an answer is none that its request was sent for (RFC 6749 §5.2, RFC 8628 §3.5, RFC 9449 §5). */
export function oauthFailure(answer: HttpAnswer): ProtocolFault {
  const error = errorOf(answer);
  const fault = error === undefined ? fromUnusableAnswer(answer) : fromError(answer, error);
  const facts = { ...fault.failure.facts, ...retryAfterFacts(answer) };
  return { ...fault, failure: { ...fault.failure, facts } };
}

/** No answer came. */
export function noAnswerFault({ failure: reason, maybeDelivered }: NoAnswer): ProtocolFault {
  return { failure: reason, transient: isTransient(reason.code), maybeDelivered };
}

interface NoAnswer {
  readonly failure: Failure;
  readonly maybeDelivered: boolean;
}

function fromError({ status, body }: HttpAnswer, error: string): ProtocolFault {
  const document = readDocument(body);
  const detail = readableText(document?.['error_description']);
  const intervalSeconds = readNumber(document?.['interval']);
  const code = namedErrors.get(error) ?? 'authorization_refused';
  return {
    failure: failure(code, { ...(detail ? { detail } : {}), facts: { error: readableText(error) ?? '' } }),
    error,
    ...(intervalSeconds === undefined ? {} : { intervalSeconds }),
    transient: undecided.has(error),
    // What broke at the server may have broken after it had acted.
    maybeDelivered: code === 'server_error' && status >= 500,
  };
}

function fromUnusableAnswer(answer: HttpAnswer): ProtocolFault {
  const { status } = answer;
  return {
    failure: failure(unusableAnswerCode(answer), { facts: { status: String(status) } }),
    // Nobody has refused anything: who asks goes on.
    transient: true,
    maybeDelivered: status < 400 || status >= 500,
  };
}

/** An answer that is no OAuth answer: busy, broken, or a page of somebody else's in between. */
function unusableAnswerCode(answer: HttpAnswer): FailureCode {
  const { status, headers } = answer;
  const foreign = foreignAnswer(answer);
  if (foreign) return foreign;
  if (status === 408) return 'request_timeout';
  if (status === 429) return 'too_many_requests';
  if (status >= 500) return 'server_error';
  return (headers['content-type'] ?? '').includes('json') ? 'response_invalid' : 'unexpected_content';
}

/** The form of the codes that OAuth has registered, which no name of an HTTP status has. */
function isCode(error: string): boolean {
  return /^[a-z0-9_]+$/.test(error);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

const transientCodes: ReadonlySet<string | undefined> = new Set<FailureCode>([
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
  return transientCodes.has(code);
}

const decisions: ReadonlySet<FailureCode> = new Set([
  'access_denied',
  'expired_token',
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'resource_missing',
  'authorization_refused',
  'wrong_device',
]);
/** Of the failures of what was issued. */
const issuedPrefixes = ['token_', 'license_', 'signing_keys_'] as const;

/**
 * Did the server itself refuse, or issue what turned out to be of no use? False after what is on the way to it, broken at
 * it or wrong on this computer: what the server had said before still holds then.
 */
export function isDecision({ code }: Failure): boolean {
  return decisions.has(code) || issuedPrefixes.some((prefix) => code.startsWith(prefix));
}

/** The server's own words, bounded, as they go on the screen; what is no text, or shows nothing, counts as absent. */
function readableText(text: unknown): string | undefined {
  return typeof text === 'string' ? shownText(text, 300) || undefined : undefined;
}
