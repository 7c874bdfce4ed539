import { type AuthorizationContext, exchange, type Exchange, type RequestOptions } from './authorization-context.ts';
import { errorOf } from './oauth-failure.ts';
import type { HttpAnswer } from '../ports/http.ts';
import { isNonce } from './server-nonces.ts';

type ProvenRequestOptions = RequestOptions & { readonly headers?: { readonly DPoP: string } };

/** If trusted time moved by more than this, a rejected proof was probably rejected because of its `iat`. */
const correctionMs = 60_000;

/**
 * Sends a POST, with a proof of possession if the context has a key (RFC 9449 §5). A server that rejected the proof has not acted
 * on the request. So the request is repeated once, immediately, with a new proof, if the server wants its nonce in the proof
 * (§8), or if the response corrected trusted time.
 */
export async function provenRequest(
  context: AuthorizationContext,
  purpose: 'poll' | 'token_refresh' | 'revocation',
  send: (options: ProvenRequestOptions) => Promise<unknown>,
): Promise<Exchange> {
  const endpoint = purpose === 'revocation' ? 'revocation_endpoint' : 'token_endpoint';
  const ask = async () => {
    const headers = await proofHeaders(context, context.metadata[endpoint]);
    return exchange(context, purpose, (options) => send({ ...options, ...headers }));
  };
  const askedAt = context.proof?.now() ?? 0;
  const first = await ask();
  if (!context.proof || !first.ok) return first;
  const corrected = Math.abs(context.proof.now() - askedAt) > correctionMs;
  return bringsNonce(first.answer) || (corrected && refusesProof(first.answer)) ? ask() : first;
}

async function proofHeaders(
  { proof }: AuthorizationContext,
  url: string | undefined,
): Promise<Pick<ProvenRequestOptions, 'headers'>> {
  if (!proof || url === undefined) return {};
  const { key, nonces, now } = proof;
  return { headers: { DPoP: await key.prove({ method: 'POST', url, issuedAt: now(), nonce: nonces.nextFor(url) }) } };
}

/** Without a usable nonce in the response, the repeated request would fail with `use_dpop_nonce` again. */
function bringsNonce(answer: HttpAnswer): boolean {
  const { status, headers } = answer;
  return errorOf(answer) === 'use_dpop_nonce' && (status === 400 || status === 401) && isNonce(headers['dpop-nonce']);
}

function refusesProof(answer: HttpAnswer): boolean {
  return answer.status === 400 && errorOf(answer) === 'invalid_dpop_proof';
}
