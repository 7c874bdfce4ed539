import { None, processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi';
import { type AuthorizationContext, publicClient, resourceParameter } from './authorization-context.ts';
import { oauthFailure, type ProtocolFault } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';
import { type TokenSet, tokenSetOf } from './token-set.ts';

export type RefreshTokenGrantOutcome =
  | { readonly ok: true; readonly tokens: TokenSet }
  | { readonly ok: false; readonly fault: ProtocolFault };

/** Exchanges the refresh token for fresh tokens (RFC 6749 §6). Never repeated here, unless for a nonce: a rotating server revokes on reuse. */
export async function requestRefreshTokenGrant(
  context: AuthorizationContext,
  refreshToken: string,
  resource: string | undefined,
): Promise<RefreshTokenGrantOutcome> {
  try {
    const issued = await provenRequest(context, 'token_endpoint', async (options) => {
      const { metadata } = context;
      const client = publicClient(context);
      const response = await refreshTokenGrantRequest(metadata, client, None(), refreshToken, {
        ...options,
        additionalParameters: resourceParameter(resource),
      });
      return processRefreshTokenResponse(metadata, client, response);
    });
    return { ok: true, tokens: tokenSetOf(issued, context) };
  } catch (thrown) {
    return { ok: false, fault: oauthFailure(thrown) };
  }
}
