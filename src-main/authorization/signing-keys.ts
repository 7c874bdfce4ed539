import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod/mini';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Http, HttpAnswer } from '../ports/http.ts';
import type { SignatureAlgorithm } from '../ports/token-crypto.ts';
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

/** The key type that each algorithm requires (RFC 7518 §6, RFC 8037 §2). */
const keyTypes: Readonly<Record<SignatureAlgorithm, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  PS256: { kty: 'RSA' },
  RS256: { kty: 'RSA' },
};

/** The members that make up a key. The others only describe it. */
const material = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

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

/**
 * Finds the key for a token with this algorithm and `kid` (RFC 7515 §4.1.4), and returns only its key material. An empty `kid`
 * counts as absent. If no key has the token's `kid`, a key without `kid` is used. `key_unknown`: no key fits. `key_ambiguous`:
 * several different keys fit, and none is guessed.
 */
export function keyFor(
  { keys }: JSONWebKeySet,
  algorithm: SignatureAlgorithm,
  kid: unknown,
): JWK | 'key_unknown' | 'key_ambiguous' {
  const fitting = keys.filter((key) => isFor(key, algorithm));
  const named = isAbsent(kid) ? fitting : fitting.filter((key) => key.kid === kid);
  const meant = named.length > 0 ? named : fitting.filter((key) => isAbsent(key.kid));
  const [first] = meant;
  if (!first) return 'key_unknown';
  const isOne = meant.every((key) => material.every((name) => key[name] === first[name]));
  return isOne ? materialOf(first) : 'key_ambiguous';
}

function isFor({ kty, crv, alg, use }: JWK, algorithm: SignatureAlgorithm): boolean {
  const type = keyTypes[algorithm];
  const fits = kty === type.kty && (type.crv === undefined || crv === type.crv);
  return fits && (isAbsent(alg) || alg === algorithm) && (isAbsent(use) || use === 'sig');
}

function materialOf(key: JWK): JWK {
  return Object.fromEntries(material.flatMap((name) => (isAbsent(key[name]) ? [] : [[name, key[name]]]))) as JWK;
}

function isAbsent(member: unknown): boolean {
  return member === undefined || member === null || member === '';
}
