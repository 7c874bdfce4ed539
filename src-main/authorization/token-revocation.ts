import { None, processRevocationResponse, revocationRequest } from 'oauth4webapi';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { type AuthorizationContext, publicClient } from './authorization-context.ts';
import { oauthFailure } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';

/**
 * Revokes a refresh token and with it the grant (RFC 7009 §2.1). A token that the server does not know counts as revoked.
 * Failure: `revocation_failed`, with the reason's code as the fact `cause`.
 */
export async function requestRevocation(context: AuthorizationContext, refreshToken: string): Promise<Result<null>> {
  const { metadata } = context;
  if (!metadata.revocation_endpoint) return fail('revocation_failed', { facts: { cause: 'no_revocation_endpoint' } });
  try {
    return await provenRequest(context, 'revocation_endpoint', async (options) => {
      const response = await revocationRequest(metadata, publicClient(context), None(), refreshToken, {
        ...options,
        additionalParameters: { token_type_hint: 'refresh_token' },
      });
      // The body of an answer means nothing (RFC 7009 §2.2), but a page comes from somebody in between.
      const page = response.ok && /^\s*</.test(await response.clone().text());
      if (page) return fail('revocation_failed', { facts: { cause: 'captive_portal' } });
      await processRevocationResponse(response);
      return succeed(null);
    });
  } catch (thrown) {
    return fail('revocation_failed', { facts: { cause: oauthFailure(thrown).failure.code } });
  }
}
