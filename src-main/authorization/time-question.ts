import type { Http } from '../ports/http.ts';

/** No server knows this grant type, so it refuses the request and says in `Date` what the time is. */
export const noGrant = 'urn:fusion-license-console:no-grant';

/**
 * Asks the token endpoint for nothing but its `Date`. No cache answers a POST (RFC 9111 §4), and the request holds neither a code
 * nor a token, so none is used up: a server refuses it with `unsupported_grant_type` (RFC 6749 §5.2).
 */
export async function askForTime(http: Http, tokenEndpoint: string, clientId: string): Promise<void> {
  await http.send({
    method: 'POST',
    url: tokenEndpoint,
    headers: {
      accept: 'application/json',
      'cache-control': 'no-store',
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    },
    body: new URLSearchParams({ grant_type: noGrant, client_id: clientId }).toString(),
  });
}
