import { None, processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi';
import { type AuthorizationContext, publicClient, requestOptions } from './authorization-context.ts';
import { oauthFailure, type ProtocolFault } from './oauth-failure.ts';
import { type TokenSet, tokenSetOf } from './token-set.ts';

export type RefreshTokenGrantOutcome =
  | { readonly ok: true; readonly tokens: TokenSet }
  | { readonly ok: false; readonly fault: ProtocolFault };

/** Exchanges the refresh token for fresh tokens (RFC 6749 §6). Never repeated here: a rotating server revokes on reuse. */
export async function requestRefreshTokenGrant(
  context: AuthorizationContext,
  refreshToken: string,
  resource: string,
): Promise<RefreshTokenGrantOutcome> {
  try {
    const response = await refreshTokenGrantRequest(context.metadata, publicClient(context), None(), refreshToken, {
      ...requestOptions(context.http, context.signal),
      additionalParameters: { resource },
    });
    return {
      ok: true,
      tokens: tokenSetOf(await processRefreshTokenResponse(context.metadata, publicClient(context), response)),
    };
  } catch (thrown) {
    return { ok: false, fault: oauthFailure(thrown) };
  }
}
