import type { Http } from '../ports/http.ts';
import { foreignAnswer } from './foreign-answer.ts';

/** A grant type that no server knows. The server rejects the request, and its response has the time in `Date`. */
export const noGrant = 'urn:fusion-license-console:no-grant';

/**
 * Sends a request to the token endpoint only to get its `Date`. Caches do not answer a POST (RFC 9111 §4). The request contains no code and
 * no token, so it uses none up: the server rejects it with `unsupported_grant_type` (RFC 6749 §5.2). Resolves to true if the server itself
 * answered.
 */
export async function askForTime(http: Http, tokenEndpoint: string, clientId: string): Promise<boolean> {
  const outcome = await http.send({
    purpose: 'clock',
    method: 'POST',
    url: tokenEndpoint,
    headers: {
      accept: 'application/json',
      'cache-control': 'no-store',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body: new URLSearchParams({ grant_type: noGrant, client_id: clientId }).toString(),
  });
  return outcome.ok && foreignAnswer(outcome.answer) === null;
}
