import { present } from '../../src-shared/present.ts';
import { failure } from '../../src-shared/result.ts';
import type { HttpAnswer } from '../ports/http.ts';
import type { AuthorizationContext, Exchange } from './authorization-context.ts';
import { oauthFailure, type ProtocolFault, successOf } from './oauth-failure.ts';
import type { ProofKey } from './proof-key.ts';
import type { ServerDocument } from './server-document.ts';

/** What the token endpoint issued (RFC 6749 §5.1). Never logged, never sent to the screen. */
export interface TokenSet {
  /** The license token. */
  readonly accessToken: string;
  /** Absent if the server issued none. After a refresh the old one then stays in use (RFC 6749 §6). */
  readonly refreshToken?: string;
  /** True if `token_type` says that the license token is bound to a key (RFC 9449 §5). */
  readonly bound?: boolean;
  /** The key whose proof was in the request. */
  readonly proofKey?: ProofKey;
}

/**
 * The result of a request to the token endpoint. A fault can include a refresh token: the server issued it, but the rest of the
 * response is unusable.
 */
export type TokenResponse =
  | { readonly ok: true; readonly tokens: TokenSet }
  | { readonly ok: false; readonly fault: ProtocolFault; readonly refreshToken?: string };

/** The characters that tokens consist of (RFC 6749 appendix A.12 and A.17). */
const visible = /^[\x20-\x7e]+$/;
const maxRefreshTokenLength = 16_384;
const maxAccessTokenLength = 131_072;

/**
 * Reads the response of the token endpoint. Takes the refresh token first, even if the rest is invalid. Ignores members that the
 * console does not need, such as `expires_in` (the license token has its own expiry) and `id_token`.
 */
export function readTokenResponse(exchanged: Exchange, context: AuthorizationContext): TokenResponse {
  if (!exchanged.ok) return exchanged;
  const { answer } = exchanged;
  const document = successOf(answer);
  if (!document) return { ok: false, fault: oauthFailure(answer) };
  const refreshToken = legalText(document['refresh_token'], maxRefreshTokenLength);
  const tokens = readTokens(document, context);
  const lost = document['refresh_token'] !== undefined && refreshToken === undefined;
  const issued = refreshToken === undefined ? {} : { refreshToken };
  if (tokens && !lost) return { ok: true, tokens: { ...tokens, ...issued } };
  return { ok: false, fault: unusableTokens(answer, document, refreshToken), ...issued };
}

function readTokens(document: ServerDocument, { proof }: AuthorizationContext): TokenSet | null {
  const accessToken = legalText(document['access_token'], maxAccessTokenLength);
  // `token_type` is required (RFC 6749 §5.1). If it is missing, only `bearer` can be meant.
  const type = document['token_type'] ?? 'bearer';
  const isBound = typeof type === 'string' && type.toLowerCase() === 'dpop';
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
  if (accessToken === undefined || !(isBound || isBearer)) return null;
  return present({ accessToken, bound: isBound ? true : undefined, proofKey: proof?.key });
}

/** If tokens were issued, repeating the request cannot give a better response, so the fault is not transient. */
function unusableTokens(answer: HttpAnswer, document: ServerDocument, refreshToken: string | undefined): ProtocolFault {
  const issued = document['access_token'] !== undefined || document['refresh_token'] !== undefined;
  const facts = { status: String(answer.status) };
  return {
    failure: failure('response_invalid', { facts }),
    transient: !issued,
    maybeDelivered: refreshToken === undefined,
  };
}

function legalText(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value.length <= maxLength && visible.test(value) ? value : undefined;
}
