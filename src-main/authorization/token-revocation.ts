import { None, revocationRequest } from 'oauth4webapi';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { HttpAnswer } from '../ports/http.ts';
import { type AuthorizationContext, publicClient } from './authorization-context.ts';
import { foreignAnswer, isPage } from './foreign-answer.ts';
import { errorOf, oauthFailure } from './oauth-failure.ts';
import { provenRequest } from './proven-request.ts';

/**
 * Revokes a refresh token and with it the grant (RFC 7009 §2.1). A token that the server does not know counts as revoked.
 * Failures: `revocation_not_offered`; `revocation_refused`, with the server's own words; `revocation_failed` where nobody
 * has decided, with the reason's code as the fact `cause`.
 */
export async function requestRevocation(context: AuthorizationContext, refreshToken: string): Promise<Result<null>> {
  const { metadata } = context;
  if (!metadata.revocation_endpoint) return fail('revocation_not_offered');
  const exchanged = await provenRequest(context, 'revocation_endpoint', (options) =>
    revocationRequest(metadata, publicClient(context), None(), refreshToken, {
      ...options,
      additionalParameters: { token_type_hint: 'refresh_token' },
    }),
  );
  if (!exchanged.ok) return fail('revocation_failed', { facts: { cause: exchanged.fault.failure.code } });
  return judge(exchanged.answer);
}

/** Servers that do not keep to RFC 7009 §2.2 say so of a token that is revoked, expired or unknown. */
const goneAlready: ReadonlySet<string> = new Set(['invalid_token', 'invalid_grant']);

function judge(answer: HttpAnswer): Result<null> {
  const error = errorOf(answer);
  if (error && goneAlready.has(error)) return succeed(null);
  // All else in the body of a success means nothing (RFC 7009 §2.2), but a page comes from somebody in between.
  if (!error && isSuccess(answer) && !foreignAnswer(answer)) return succeed(null);
  const { failure, transient } = oauthFailure(answer);
  const isRefused = error ? !transient : isRefusal(answer);
  if (!isRefused) return fail('revocation_failed', { facts: { cause: failure.code } });
  return fail('revocation_refused', {
    ...(failure.detail ? { detail: failure.detail } : {}),
    facts: { ...failure.facts },
  });
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Not now, rather than no: a proxy's password, a deadline, too early, too many requests. */
const passing: ReadonlySet<number> = new Set([407, 408, 425, 429]);

/** A refusal without an OAuth error, as servers have for public clients. A page may be of somebody in between. */
function isRefusal(answer: HttpAnswer): boolean {
  const { status } = answer;
  return status >= 400 && status < 500 && !passing.has(status) && !isPage(answer);
}
