import { None, revocationRequest } from 'oauth4webapi';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { HttpAnswer } from '../ports/http.ts';
import { type AuthorizationContext, publicClient } from './authorization-context.ts';
import { foreignAnswer, isPage } from './foreign-answer.ts';
import { errorOf, oauthFailure } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';

/**
 * Revokes a refresh token and with it the grant (RFC 7009 §2.1). A token that the server does not know counts as revoked.
 * Failures: `revocation_not_offered`; `revocation_refused`, with the server's own words; `revocation_failed` if the server has
 * not decided, with the reason's code as the fact `cause`.
 */
export async function requestRevocation(context: AuthorizationContext, refreshToken: string): Promise<Result<null>> {
  const { metadata } = context;
  if (!metadata.revocation_endpoint) return fail('revocation_not_offered');
  const exchanged = await provenRequest(context, 'revocation', (options) =>
    revocationRequest(metadata, publicClient(context), None(), refreshToken, {
      ...options,
      additionalParameters: { token_type_hint: 'refresh_token' },
    }),
  );
  if (!exchanged.ok) return fail('revocation_failed', { facts: { cause: exchanged.fault.failure.code } });
  return judge(exchanged.answer);
}

/** Some servers return these for a revoked, expired or unknown token, although RFC 7009 §2.2 requires a success. */
const alreadyRevoked: ReadonlySet<string> = new Set(['invalid_token', 'invalid_grant']);

function judge(answer: HttpAnswer): Result<null> {
  const error = errorOf(answer);
  if (error && alreadyRevoked.has(error)) return succeed(null);
  // The rest of a successful response's body is ignored (RFC 7009 §2.2), but an HTML page comes from something in between.
  if (!error && isSuccess(answer) && !foreignAnswer(answer)) return succeed(null);
  const { failure, transient } = oauthFailure(answer);
  const isRefused = error ? !transient : isRefusal(answer);
  if (!isRefused) return fail('revocation_failed', { facts: { cause: failure.code } });
  return fail('revocation_refused', present({ detail: failure.detail, facts: { ...failure.facts } }));
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Temporary refusals: proxy authentication required, request timeout, too early, too many requests. */
const passing: ReadonlySet<number> = new Set([407, 408, 425, 429]);

/** Is this a refusal without an OAuth error? Some servers refuse public clients this way. A page may come from something in between. */
function isRefusal(answer: HttpAnswer): boolean {
  const { status } = answer;
  return status >= 400 && status < 500 && !passing.has(status) && !isPage(answer);
}
