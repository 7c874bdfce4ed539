import type { TokenEndpointResponse } from 'oauth4webapi';
import type { AuthorizationContext } from './authorization-context.ts';
import type { ProofKey } from './proof-key.ts';

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

/** The tokens of an answer to a request that was sent in that context. */
export function tokenSetOf(response: TokenEndpointResponse, { proof }: AuthorizationContext): TokenSet {
  return {
    accessToken: response.access_token,
    ...(response.refresh_token === undefined ? {} : { refreshToken: response.refresh_token }),
    ...(response.token_type === 'dpop' ? { bound: true } : {}),
    ...(proof ? { proofKey: proof.key } : {}),
  };
}
