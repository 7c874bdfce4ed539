import type { JSONWebKeySet, JWK } from 'jose';
import type { SignatureAlgorithm, TokenCrypto, VerificationKey } from '../ports/token-crypto.ts';

/** The key type that each algorithm requires (RFC 7518 §6, RFC 8037 §2). */
const keyTypes: Readonly<Record<SignatureAlgorithm, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  PS256: { kty: 'RSA' },
  RS256: { kty: 'RSA' },
};

/** The members that make up a key. The others only describe it. */
const material = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const;

/** Why a key set has no key for a token. `key_unusable`: there is one, but it is damaged, too short, or not of its claimed type. */
type NoKey = 'key_unknown' | 'key_ambiguous' | 'key_unusable';

/** One published set of the issuer's public keys. Each key is imported at its first use. */
export class KeySet {
  readonly #published: JSONWebKeySet;
  readonly #crypto: TokenCrypto;
  readonly #ready = new Map<string, VerificationKey | null>();
  /** Equal for two sets with the same keys in any order. */
  readonly fingerprint: string;

  constructor(published: JSONWebKeySet, crypto: TokenCrypto) {
    this.#published = structuredClone(published);
    this.#crypto = crypto;
    this.fingerprint = JSON.stringify(published.keys.map((key) => JSON.stringify(key)).toSorted());
  }

  /** Finds the key for tokens with this algorithm and `kid`; see {@link keyFor}. */
  find(algorithm: SignatureAlgorithm, kid: unknown): VerificationKey | NoKey {
    const key = keyFor(this.#published, algorithm, kid);
    if (typeof key === 'string') return key;
    const name = JSON.stringify([algorithm, key]);
    let ready = this.#ready.get(name);
    if (ready === undefined) {
      ready = this.#crypto.importKey(key, algorithm);
      this.#ready.set(name, ready);
    }
    return ready ?? 'key_unusable';
  }
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
