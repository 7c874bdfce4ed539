import { failure } from '../../src-shared/result.ts';
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
  return namedByGrant(judgedTarget(readTokenResponse(exchanged, context), resource));
}

/**
 * Other names for `invalid_grant`: those of OpenID Connect Core §3.1.2.6, which Microsoft Entra ID also uses here, that of GitHub, and one
 * that other servers use. A person has to authorize again after each of them.
 */
const endsGrant: ReadonlySet<string> = new Set([
  'interaction_required',
  'consent_required',
  'login_required',
  'account_selection_required',
  'bad_refresh_token',
  'invalid_refresh_token',
]);

function namedByGrant(response: TokenResponse): TokenResponse {
  if (response.ok || !endsGrant.has(response.fault.error ?? '')) return response;
  const { fault } = response;
  return { ...response, fault: { ...fault, failure: { ...fault.failure, ...failure('invalid_grant') } } };
}
