import type { AuthorizationServer } from 'oauth4webapi';
import { z } from 'zod/mini';
import { present } from '../../src-shared/present.ts';
import { fail, type Failure, failure, type Result, succeed } from '../../src-shared/result.ts';
import type { Http, HttpAnswer } from '../ports/http.ts';
import { foreignAnswer, isForbiddingPage } from './foreign-answer.ts';
import { isAllowedTransport, parseIssuerAddress, sameIssuer } from './issuer-address.ts';
import { retryAfterFacts } from './retry-after.ts';
import { readDocument } from './server-document.ts';

const endpoint = z.string().check(
  z.maxLength(2000),
  z.refine((text) => URL.canParse(text) && isAllowedTransport(new URL(text))),
);

/** The metadata that this console uses (RFC 8414 §2, RFC 8628 §4). Other members are ignored. */
export const metadataSchema = z.object({
  issuer: endpoint,
  device_authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  revocation_endpoint: z.optional(endpoint),
  /** Set by our own sandbox, so that nobody mistakes it for a production server. RFC 8414 §2 allows additional members. */
  fusion_license_sandbox: z.catch(z.optional(z.literal(true)), undefined),
});
export type ServerMetadata = z.infer<typeof metadataSchema> & AuthorizationServer;

/**
 * Finds an Authorization server's metadata: OIDC Discovery §4, then RFC 8414 §3. A missing or extra trailing slash in the typed
 * address does not matter, because the document names the exact issuer.
 */
export async function requestMetadata(http: Http, typedIssuer: string): Promise<Result<ServerMetadata>> {
  const address = parseIssuerAddress(typedIssuer);
  if (!address.ok) return address;
  let lastFailure: Failure | null = null;
  for (const url of metadataAddresses(address.value)) {
    const outcome = await http.send({
      purpose: 'discovery',
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
    });
    if (!outcome.ok)
      return fail(outcome.failure.code, {
        ...outcome.failure,
        facts: { ...outcome.failure.facts, host: address.value.host },
      });
    const metadata = processMetadata(address.value, outcome.answer);
    if (metadata.ok) return metadata;
    // The first document is final if the host has it. The second address is tried only if the host does not.
    lastFailure = metadata.failure;
    if (lastFailure.code !== 'metadata_not_found') break;
  }
  return { ok: false, failure: lastFailure ?? failure('metadata_not_found') };
}

/** The two well-known addresses, in the order in which they are tried. */
export function metadataAddresses(issuer: URL): readonly [string, string] {
  const path = issuer.pathname.replace(/\/+$/, '');
  return [
    `${issuer.origin}${path}/.well-known/openid-configuration`,
    `${issuer.origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

/**
 * Checks a metadata response against the address that was requested (RFC 8414 §3.3). An HTML page gives `metadata_not_found` with the fact
 * `page`, which is `forbids` for one like a filter's: only a caller that knows the address to be right can tell whether a filter answered
 * or the address is wrong.
 */
function processMetadata(asked: URL, answer: HttpAnswer): Result<ServerMetadata> {
  const facts = { host: asked.host, status: String(answer.status) };
  const foreign = foreignAnswer(answer);
  if (foreign && answer.status >= 300) return fail(foreign, { facts });
  const busy = { facts: { ...facts, ...retryAfterFacts(answer) } };
  if (answer.status === 429) return fail('too_many_requests', busy);
  if (answer.status >= 500) return fail('server_error', busy);
  if (answer.status !== 200) {
    const page = isForbiddingPage(answer) ? 'forbids' : undefined;
    return fail('metadata_not_found', { facts: present({ ...facts, page }) });
  }
  const document = readDocument(answer.body);
  if (!document) {
    const page = foreign === 'captive_portal' || /^\s*</.test(answer.body);
    return page
      ? fail('metadata_not_found', { facts: { ...facts, page: 'yes' } })
      : fail('metadata_invalid', { facts });
  }
  const issuer = document['issuer'];
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return fail('metadata_invalid', { facts });
  if (!sameIssuer(issuer, asked.href)) {
    return fail('issuer_mismatch', { facts: { ...facts, issuer: issuer.slice(0, 200), typed: asked.href } });
  }
  if (!document['device_authorization_endpoint']) return fail('device_flow_unsupported', { facts });
  const parsed = metadataSchema.safeParse(document);
  if (!parsed.success || !staysSecure(parsed.data)) return fail('metadata_invalid', { facts });
  return succeed(parsed.data as ServerMetadata);
}

/** Only a server on this computer may use http. A server elsewhere must not direct requests to this computer. */
function staysSecure(metadata: z.infer<typeof metadataSchema>): boolean {
  const { issuer, fusion_license_sandbox: _no, ...endpoints } = metadata;
  if (new URL(issuer).protocol === 'http:') return true;
  return Object.values(endpoints).every((address) => address === undefined || new URL(address).protocol === 'https:');
}
