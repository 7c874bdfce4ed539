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
  /** Absent where the server issued none; on a refresh, the old one then stays in use (RFC 6749 §6). */
  readonly refreshToken?: string;
  /** True where `token_type` says that the license token is bound to a key (RFC 9449 §5). */
  readonly bound?: boolean;
  /** The key that they were asked for with. */
  readonly proofKey?: ProofKey;
}

/**
 * What the token endpoint answered. A fault may come with a refresh token: then the server has issued one, and what stands
 * beside it is of no use.
 */
export type TokenAnswer =
  | { readonly ok: true; readonly tokens: TokenSet }
  | { readonly ok: false; readonly fault: ProtocolFault; readonly refreshToken?: string };

/** RFC 6749 appendix A.12 and A.17: of these characters tokens are made. */
const visible = /^[\x20-\x7e]+$/;
const maxRefreshTokenLength = 16_384;
const maxAccessTokenLength = 131_072;

/**
 * Reads the answer of the token endpoint. The refresh token is taken first, whatever else stands there. Members that nothing
 * here uses are not looked at: the license token says itself when it ends, and no ID token is needed.
 */
export function readTokenAnswer(exchanged: Exchange, context: AuthorizationContext): TokenAnswer {
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
  // It is required (RFC 6749 §5.1), but where it is missing there is only one that can be meant.
  const type = document['token_type'] ?? 'bearer';
  const isBound = typeof type === 'string' && type.toLowerCase() === 'dpop';
  const isBearer = typeof type === 'string' && type.toLowerCase() === 'bearer';
  if (accessToken === undefined || !(isBound || isBearer)) return null;
  return { accessToken, ...(isBound ? { bound: true } : {}), ...(proof ? { proofKey: proof.key } : {}) };
}

/** Where tokens were issued, no later answer to the same request can be better. */
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
