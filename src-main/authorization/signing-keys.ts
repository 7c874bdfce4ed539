import type { JSONWebKeySet } from 'jose';
import { z } from 'zod/mini';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Http } from '../ports/http.ts';
import { foreignAnswer } from './foreign-answer.ts';

/** RFC 7517 §4. Private and symmetric members never belong in it, so they are not kept. */
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

/** False where it is published for other operations alone (RFC 7517 §4.3): what it signed is not meant as a token. */
function isForVerifying(key: unknown): boolean {
  const { key_ops: operations } = key as { readonly key_ops?: unknown };
  return !Array.isArray(operations) || operations.includes('verify');
}

/** RFC 7517 §5. */
export const signingKeysSchema = z.object({ keys: z.array(signingKeySchema).check(z.maxLength(100)) });

/** Fetches the issuer's public keys. Failure: `signing_keys_unavailable`, with the reason's code as the fact `cause`. */
export async function requestSigningKeys(http: Http, jwksUri: string): Promise<Result<JSONWebKeySet>> {
  const outcome = await http.send({ method: 'GET', url: jwksUri, headers: { accept: 'application/json' } });
  if (!outcome.ok) return fail('signing_keys_unavailable', { facts: { cause: outcome.failure.code } });
  const foreign = foreignAnswer(outcome.answer);
  if (foreign) return fail('signing_keys_unavailable', { facts: { cause: foreign } });
  if (outcome.answer.status !== 200)
    return fail('signing_keys_unavailable', { facts: { cause: `status_${outcome.answer.status}` } });
  try {
    const document = JSON.parse(outcome.answer.body) as { keys?: unknown };
    // A key that we could never use must not spoil the set.
    const usable = Array.isArray(document.keys)
      ? document.keys.filter((key: unknown) => signingKeySchema.safeParse(key).success && isForVerifying(key))
      : [];
    const parsed = signingKeysSchema.safeParse({ keys: usable });
    if (parsed.success && parsed.data.keys.length > 0) return succeed(parsed.data as JSONWebKeySet);
  } catch {
    // Said below, in the same words as an empty set.
  }
  return fail('signing_keys_unavailable', { facts: { cause: 'unexpected_content' } });
}
