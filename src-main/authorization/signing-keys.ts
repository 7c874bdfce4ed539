import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod/mini';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Http, HttpAnswer } from '../ports/http.ts';
import type { SignatureAlgorithm } from '../ports/token-crypto.ts';
import { foreignAnswer } from './foreign-answer.ts';
import { retryAfterFacts } from './retry-after.ts';
import { readDocument } from './server-document.ts';

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
/** More than any server publishes; of a larger set the first ones are taken. */
const mostKeys = 1_000;

/** Room for that many keys of RSA with 4096 bits, each of some 800 bytes. */
export const largestKeySet = 1024 * 1024;

/** RFC 7517 §5. */
export const signingKeysSchema = z.object({ keys: z.array(signingKeySchema).check(z.maxLength(mostKeys)) });

/** What each algorithm's key must be (RFC 7518 §6, RFC 8037 §2). */
const keyTypes: Readonly<Record<SignatureAlgorithm, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  PS256: { kty: 'RSA' },
  RS256: { kty: 'RSA' },
};

/** The members that a key consists of; the others only describe it. */
const material = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

/**
 * Fetches the issuer's public keys. Failures: `signing_keys_unavailable` where they could not be fetched, `signing_keys_refused`
 * where the server does not give them, `signing_keys_unusable` where what came has no key for us; the fact `cause` says more.
 */
export async function requestSigningKeys(http: Http, jwksUri: string): Promise<Result<JSONWebKeySet>> {
  const headers = { accept: 'application/json' };
  const outcome = await http.send({ method: 'GET', url: jwksUri, headers, largestAnswer: largestKeySet });
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

/** Who answers that it is busy or broken has refused nothing. */
function codeOfStatus({ status }: HttpAnswer): FailureCode {
  const refuses = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return refuses ? 'signing_keys_refused' : 'signing_keys_unavailable';
}

/**
 * The keys of a key set that signatures can be verified with: a key of another kind, or for another use, does not spoil the set,
 * and one that stands in it twice is one. Null where there is none.
 */
export function readKeySet(body: string): JSONWebKeySet | null {
  const listed = readDocument(body)?.['keys'];
  if (!Array.isArray(listed)) return null;
  const keys = listed.filter(isForVerifying).flatMap((key: unknown) => signingKeySchema.safeParse(key).data ?? []);
  const distinct = new Map(keys.map((key) => [JSON.stringify(key), key] as const));
  return distinct.size === 0 ? null : ({ keys: [...distinct.values()].slice(0, mostKeys) } as JSONWebKeySet);
}

/** False where it is published for other operations alone (RFC 7517 §4.3): what it signed is not meant as a token. */
function isForVerifying(key: unknown): boolean {
  const { key_ops: operations } = key as { readonly key_ops?: unknown };
  return !Array.isArray(operations) || operations.includes('verify');
}

/**
 * The key that a token of that algorithm and `kid` must be verified with (RFC 7515 §4.1.4), without what describes it. An empty
 * `kid` counts as absent. A token with a name may be of a key without one, where no key has the name. `key_unknown` where no key
 * is meant for such tokens, `key_ambiguous` where several are: none is guessed.
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
