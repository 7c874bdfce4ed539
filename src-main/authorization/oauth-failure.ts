import { type FailureCode, hasTrait } from '../../src-shared/failure-codes.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';
import type { HttpAnswer } from '../ports/http.ts';
import { foreignAnswer } from './foreign-answer.ts';
import { retryAfterFacts } from './retry-after.ts';
import { readDocument, readNumber, type ServerDocument } from './server-document.ts';

/** Why a protocol request failed, and whether the server may still have acted on it. */
export interface ProtocolFault {
  readonly failure: Failure;
  /** RFC 6749 §5.2 `error`, if the response has one. */
  readonly error?: string;
  /** The `interval` of the response in seconds, if a `slow_down` has one. */
  readonly intervalSeconds?: number;
  /** True if the server has not decided, so that a later attempt may succeed. */
  readonly transient: boolean;
  /** True if the server may have acted on the request although there was no usable response. */
  readonly maybeDelivered: boolean;
}

const namedErrors: ReadonlyMap<string, FailureCode> = new Map([
  ['access_denied', 'access_denied'],
  // Used by IdentityServer and its successors.
  ['authorization_declined', 'access_denied'],
  ['expired_token', 'expired_token'],
  ['invalid_grant', 'invalid_grant'],
  ['invalid_client', 'invalid_client'],
  ['unauthorized_client', 'unauthorized_client'],
  ['invalid_scope', 'invalid_scope'],
  ['invalid_target', 'invalid_target'],
  ['invalid_request', 'authorization_refused'],
  ['unsupported_grant_type', 'authorization_refused'],
  // For a token that should be revoked (RFC 7009 §2.2.1), or was revoked earlier.
  ['unsupported_token_type', 'authorization_refused'],
  ['invalid_token', 'authorization_refused'],
  ['use_dpop_nonce', 'use_dpop_nonce'],
  ['invalid_dpop_proof', 'invalid_dpop_proof'],
  ['slow_down', 'too_many_requests'],
  ['authorization_pending', 'response_invalid'],
  // Defined for the authorization endpoint (RFC 6749 §4.1.2.1), but some servers use them here too.
  ['temporarily_unavailable', 'server_error'],
  ['server_error', 'server_error'],
]);

/** Errors of a server that has not decided yet. */
const undecided: ReadonlySet<string> = new Set([
  'authorization_pending',
  'slow_down',
  'temporarily_unavailable',
  'server_error',
]);

/**
 * The OAuth error of a response (RFC 6749 §5.2, RFC 8628 §3.5). A known error counts with any status and headers. An unknown error
 * counts only with a status that OAuth servers use for refusals, because proxies and gateways send JSON error pages too.
 */
export function errorOf({ status, headers, body }: HttpAnswer): string | undefined {
  const error = readDocument(body)?.['error'];
  if (typeof error === 'string') {
    const isRefusal = status === 400 || status === 401 || isSuccess(status) || (status === 403 && isCode(error));
    return namedErrors.has(error) || isRefusal ? error : undefined;
  }
  // RFC 9449 §9: some servers send it as a challenge instead.
  const challenge = headers['www-authenticate'] ?? '';
  return /\bDPoP\b.*\berror\s*=\s*"?use_dpop_nonce\b/i.test(challenge) ? 'use_dpop_nonce' : undefined;
}

/** The document of a successful response without `error` (RFC 6749 §5.1). Null for every other response. */
export function successOf({ status, body }: HttpAnswer): ServerDocument | null {
  const document = isSuccess(status) ? readDocument(body) : null;
  return document && document['error'] === undefined ? document : null;
}

/** The fault of a response that is not the expected success (RFC 6749 §5.2, RFC 8628 §3.5, RFC 9449 §5). */
export function oauthFailure(answer: HttpAnswer): ProtocolFault {
  const error = errorOf(answer);
  const fault = error === undefined ? fromUnusableAnswer(answer) : fromError(answer, error);
  const facts = { ...fault.failure.facts, ...retryAfterFacts(answer) };
  return { ...fault, failure: { ...fault.failure, facts } };
}

/** The fault of a request without a response. */
export function noAnswerFault({ failure: reason, maybeDelivered }: NoAnswer): ProtocolFault {
  return { failure: reason, transient: hasTrait(reason.code, 'transient'), maybeDelivered };
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
  return present({
    failure: failure(code, present({ detail, facts: { error: readableText(error) ?? '' } })),
    error,
    intervalSeconds,
    transient: undecided.has(error),
    // The server may have failed after it had acted.
    maybeDelivered: code === 'server_error' && status >= 500,
  });
}

function fromUnusableAnswer(answer: HttpAnswer): ProtocolFault {
  const { status } = answer;
  return {
    failure: failure(unusableAnswerCode(answer), { facts: { status: String(status) } }),
    // The server has refused nothing, so the caller may try again.
    transient: true,
    maybeDelivered: status < 400 || status >= 500,
  };
}

/** Names a response that is not an OAuth response: from a busy or broken server, or from something between it and this computer. */
function unusableAnswerCode(answer: HttpAnswer): FailureCode {
  const { status, headers } = answer;
  const foreign = foreignAnswer(answer);
  if (foreign) return foreign;
  if (status === 408) return 'request_timeout';
  if (status === 429) return 'too_many_requests';
  if (status >= 500) return 'server_error';
  return (headers['content-type'] ?? '').includes('json') ? 'response_invalid' : 'unexpected_content';
}

/** Does the text look like a registered OAuth error code? The name of an HTTP status, such as "Forbidden", does not. */
function isCode(error: string): boolean {
  return /^[a-z0-9_]+$/.test(error);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** The server's own words for the screen, limited in length. Undefined if the value is not a string or has no visible characters. */
function readableText(text: unknown): string | undefined {
  return typeof text === 'string' ? shownText(text, 300) || undefined : undefined;
}
