import { isDPoPNonceError, ResponseBodyError, WWWAuthenticateChallengeError } from 'oauth4webapi';
import { type AuthorizationContext, requestOptions } from './authorization-context.ts';
import { isNonce } from './server-nonces.ts';

export type ProvenRequestOptions = ReturnType<typeof requestOptions> & { readonly headers?: { readonly DPoP: string } };

/** By how much trusted time has to move for a refused proof to have been refused for its `iat`. */
const correctionMs = 60_000;

/**
 * Sends a POST with a proof of possession where the context has a key (RFC 9449 §5). A server that refused the proof has not
 * acted on the request, so it is sent again at once, one time, with another proof: where the server wants its nonce in it (§8),
 * or where its answer has set trusted time right.
 *
 * @param send Sends the request and reads its answer; throws what {@link oauthFailure} understands.
 */
export async function provenRequest<T>(
  context: AuthorizationContext,
  endpoint: 'token_endpoint' | 'revocation_endpoint',
  send: (options: ProvenRequestOptions) => Promise<T>,
): Promise<T> {
  const ask = async () =>
    send({ ...requestOptions(context), ...(await proofHeaders(context, context.metadata[endpoint])) });
  const askedAt = context.proof?.now() ?? 0;
  try {
    return await ask();
  } catch (thrown) {
    if (!context.proof) throw thrown;
    const corrected = Math.abs(context.proof.now() - askedAt) > correctionMs;
    if (!bringsNonce(thrown) && !(corrected && refusesProof(thrown))) throw thrown;
    return await ask();
  }
}

async function proofHeaders(
  { proof }: AuthorizationContext,
  url: string | undefined,
): Promise<Pick<ProvenRequestOptions, 'headers'>> {
  if (!proof || url === undefined) return {};
  const { key, nonces, now } = proof;
  return { headers: { DPoP: await key.prove({ method: 'POST', url, issuedAt: now(), nonce: nonces.nextFor(url) }) } };
}

/** `use_dpop_nonce` without a nonce to use would only be answered the same again. */
function bringsNonce(thrown: unknown): boolean {
  if (!isDPoPNonceError(thrown)) return false;
  if (!(thrown instanceof ResponseBodyError || thrown instanceof WWWAuthenticateChallengeError)) return false;
  const { status, headers } = thrown.response;
  return (status === 400 || status === 401) && isNonce(headers.get('dpop-nonce'));
}

function refusesProof(thrown: unknown): boolean {
  return thrown instanceof ResponseBodyError && thrown.status === 400 && thrown.error === 'invalid_dpop_proof';
}
