import { None, revocationRequest } from 'oauth4webapi';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { type AuthorizationContext, publicClient } from './authorization-context.ts';
import { foreignAnswer } from './foreign-answer.ts';
import { oauthFailure } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';

/**
 * Revokes a refresh token and with it the grant (RFC 7009 §2.1). A token that the server does not know counts as revoked.
 * Failure: `revocation_failed`, with the reason's code as the fact `cause`.
 */
export async function requestRevocation(context: AuthorizationContext, refreshToken: string): Promise<Result<null>> {
  const { metadata } = context;
  if (!metadata.revocation_endpoint) return fail('revocation_failed', { facts: { cause: 'no_revocation_endpoint' } });
  const exchanged = await provenRequest(context, 'revocation_endpoint', (options) =>
    revocationRequest(metadata, publicClient(context), None(), refreshToken, {
      ...options,
      additionalParameters: { token_type_hint: 'refresh_token' },
    }),
  );
  if (!exchanged.ok) return fail('revocation_failed', { facts: { cause: exchanged.fault.failure.code } });
  const { answer } = exchanged;
  // The body of an answer means nothing (RFC 7009 §2.2), but a page comes from somebody in between.
  if (answer.status === 200 && !foreignAnswer(answer)) return succeed(null);
  return fail('revocation_failed', { facts: { cause: oauthFailure(answer).failure.code } });
}
