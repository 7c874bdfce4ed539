import { None, refreshTokenGrantRequest } from 'oauth4webapi';
import { type AuthorizationContext, judgedTarget, publicClient, resourceParameter } from './authorization-context.ts';
import { provenRequest } from './proven-request.ts';
import { readTokenResponse, type TokenResponse } from './token-set.ts';

/**
 * Exchanges the refresh token for new tokens (RFC 6749 §6). Never repeats the request, except with a new proof (see
 * {@link provenRequest}): a server that rotates refresh tokens revokes the grant on reuse. A refresh token that comes with a
 * fault replaces the one that was sent.
 */
export async function requestRefreshTokenGrant(
  context: AuthorizationContext,
  refreshToken: string,
  resource: string | undefined,
): Promise<TokenResponse> {
  const exchanged = await provenRequest(context, 'token_refresh', (options) =>
    refreshTokenGrantRequest(context.metadata, publicClient(context), None(), refreshToken, {
      ...options,
      additionalParameters: resourceParameter(resource),
    }),
  );
  return judgedTarget(readTokenResponse(exchanged, context), resource);
}
