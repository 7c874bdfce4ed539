import type { AuthorizationServer } from 'oauth4webapi';
import { z } from 'zod/mini';
import { fail, type Failure, type Result, succeed } from '../../src-shared/result.ts';
import type { Http, HttpAnswer } from '../ports/http.ts';
import { foreignAnswer } from './foreign-answer.ts';
import { isAllowedTransport, parseIssuerAddress, sameIssuer } from './issuer-address.ts';
import { retryAfterFacts } from './retry-after.ts';
import { readDocument } from './server-document.ts';

const endpoint = z.string().check(
  z.maxLength(2000),
  z.refine((text) => URL.canParse(text) && isAllowedTransport(new URL(text))),
);

/** What this console needs of the metadata (RFC 8414 §2, RFC 8628 §4); the rest is ignored. */
export const metadataSchema = z.object({
  issuer: endpoint,
  device_authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  revocation_endpoint: z.optional(endpoint),
  /** Of our own sandbox (RFC 8414 §2 leaves room for more): so that nobody takes it for a server to sell by. */
  fusion_license_sandbox: z.catch(z.optional(z.literal(true)), undefined),
});
export type ServerMetadata = z.infer<typeof metadataSchema> & AuthorizationServer;

/**
 * Finds an Authorization server's metadata: OIDC Discovery §4, then RFC 8414 §3.
 * A trailing slash that a person typed too much or too little is settled by the document.
 */
export async function requestMetadata(http: Http, typedIssuer: string): Promise<Result<ServerMetadata>> {
  const address = parseIssuerAddress(typedIssuer);
  if (!address.ok) return address;
  let lastFailure: Failure | null = null;
  for (const url of metadataAddresses(address.value)) {
    const outcome = await http.send({ method: 'GET', url, headers: { accept: 'application/json' } });
    if (!outcome.ok)
      return fail(outcome.failure.code, {
        ...outcome.failure,
        facts: { ...outcome.failure.facts, host: address.value.host },
      });
    const metadata = processMetadata(address.value, outcome.answer);
    if (metadata.ok) return metadata;
    // A host that has the first document has decided; only a host without it is asked for the second.
    lastFailure = metadata.failure;
    if (lastFailure.code !== 'metadata_not_found') break;
  }
  return { ok: false, failure: lastFailure ?? { code: 'metadata_not_found', remedy: 'edit_settings' } };
}

/** The two well-known addresses, in the order in which they are asked. */
export function metadataAddresses(issuer: URL): readonly [string, string] {
  const path = issuer.pathname.replace(/\/+$/, '');
  return [
    `${issuer.origin}${path}/.well-known/openid-configuration`,
    `${issuer.origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

/**
 * Checks a metadata answer against the address that was asked (RFC 8414 §3.3). A page is `metadata_not_found` with the fact
 * `page`: whether the address is mistaken or the network in between answers, only who knows the address can tell.
 */
export function processMetadata(asked: URL, answer: HttpAnswer): Result<ServerMetadata> {
  const facts = { host: asked.host, status: String(answer.status) };
  const foreign = foreignAnswer(answer);
  if (foreign && answer.status >= 300) return fail(foreign, { facts });
  const busy = { facts: { ...facts, ...retryAfterFacts(answer) } };
  if (answer.status === 429) return fail('too_many_requests', busy);
  if (answer.status >= 500) return fail('server_error', busy);
  if (answer.status !== 200) return fail('metadata_not_found', { facts });
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

/** Plain http is for a server that is on this computer itself; no server elsewhere may send requests here. */
function staysSecure(metadata: z.infer<typeof metadataSchema>): boolean {
  const { issuer, fusion_license_sandbox: _no, ...endpoints } = metadata;
  if (new URL(issuer).protocol === 'http:') return true;
  return Object.values(endpoints).every((address) => address === undefined || new URL(address).protocol === 'https:');
}
