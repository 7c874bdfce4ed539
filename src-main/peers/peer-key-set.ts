import type { JSONWebKeySet } from 'jose';
import { keyFor } from '../authorization/signing-keys.ts';
import type { SignatureAlgorithm, TokenCrypto, VerificationKey } from '../ports/token-crypto.ts';

/** One published set of the issuer's public keys. Each key is imported at its first use. */
export class PeerKeySet {
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

  /**
   * Finds the key for tokens with this algorithm and `kid`; see {@link keyFor}. Null if no key or several keys fit, or if the key
   * cannot be used.
   */
  find(algorithm: SignatureAlgorithm, kid: unknown): VerificationKey | null {
    const key = keyFor(this.#published, algorithm, kid);
    if (typeof key === 'string') return null;
    const name = JSON.stringify([algorithm, key]);
    const known = this.#ready.get(name);
    if (known !== undefined) return known;
    const made = this.#crypto.importKey(key, algorithm);
    this.#ready.set(name, made);
    return made;
  }
}
