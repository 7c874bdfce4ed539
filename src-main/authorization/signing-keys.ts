import type { JSONWebKeySet } from 'jose';
import { z } from 'zod/mini';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Http, HttpAnswer } from '../ports/http.ts';
import { foreignAnswer } from './foreign-answer.ts';
import { retryAfterFacts } from './retry-after.ts';
import { readDocument } from './server-document.ts';

/** RFC 7517 §4. Private and symmetric members do not belong in a published key, so they are not kept. */
const signingKeySchema = z.object({
  kty: z.enum(['EC', 'RSA', 'OKP']),
  kid: z.optional(z.string()),
  use: z.optional(z.string()),
  alg: z.optional(z.string()),
  crv: z.optional(z.string()),
  x: z.optional(z.string()),
  y: z.optional(z.string()),
  n: z.optional(z.string()),
  e: z.optional(z.string()),
});
/** More than any server publishes. Of a larger set only the first keys are used. */
const mostKeys = 1_000;

/** The largest response in bytes: room for {@link mostKeys} RSA keys of 4096 bits, about 800 bytes each. */
export const largestKeySet = 1024 * 1024;

/** RFC 7517 §5. */
export const signingKeysSchema = z.object({ keys: z.array(signingKeySchema).check(z.maxLength(mostKeys)) });

/**
 * Fetches the issuer's public keys. Failures: `signing_keys_unavailable` if they could not be fetched, `signing_keys_refused` if
 * the server refuses to send them, `signing_keys_unusable` if the response has no usable key. The fact `cause` says more.
 */
export async function requestSigningKeys(http: Http, jwksUri: string): Promise<Result<JSONWebKeySet>> {
  const headers = { accept: 'application/json' };
  const outcome = await http.send({
    purpose: 'signing_keys',
    method: 'GET',
    url: jwksUri,
    headers,
    largestAnswer: largestKeySet,
  });
  if (!outcome.ok) return fail('signing_keys_unavailable', { facts: { cause: outcome.failure.code } });
  const { answer } = outcome;
  const foreign = foreignAnswer(answer);
  if (foreign) return fail('signing_keys_unavailable', { facts: { cause: foreign } });
  if (answer.status !== 200) {
    const facts = { cause: `status_${answer.status}`, ...retryAfterFacts(answer) };
    return fail(codeOfStatus(answer), { facts });
  }
  const keys = readKeySet(answer.body);
  return keys ? succeed(keys) : fail('signing_keys_unusable', { facts: { cause: 'unexpected_content' } });
}

/** A server that reports that it is busy or broken has not refused the request. */
function codeOfStatus({ status }: HttpAnswer): FailureCode {
  const refuses = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return refuses ? 'signing_keys_refused' : 'signing_keys_unavailable';
}

/**
 * Reads the keys of a key set that can verify signatures. Skips keys of other types or for other uses, and duplicates. Null if
 * no key is left.
 */
export function readKeySet(body: string): JSONWebKeySet | null {
  const listed = readDocument(body)?.['keys'];
  if (!Array.isArray(listed)) return null;
  const keys = listed.filter(isForVerifying).flatMap((key: unknown) => signingKeySchema.safeParse(key).data ?? []);
  const distinct = new Map(keys.map((key) => [JSON.stringify(key), key] as const));
  return distinct.size === 0 ? null : ({ keys: [...distinct.values()].slice(0, mostKeys) } as JSONWebKeySet);
}

/** False if the key is published only for other operations (RFC 7517 §4.3), so that it must not verify tokens. */
function isForVerifying(key: unknown): boolean {
  const { key_ops: operations } = key as { readonly key_ops?: unknown };
  return !Array.isArray(operations) || operations.includes('verify');
}
