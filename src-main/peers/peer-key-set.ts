import type { JSONWebKeySet } from 'jose';
import { keyFor } from '../authorization/signing-keys.ts';
import type { SignatureAlgorithm, TokenCrypto, VerificationKey } from '../ports/token-crypto.ts';

/** The issuer's public keys as they were published at one time, each made ready at its first use. */
export class PeerKeySet {
  readonly #published: JSONWebKeySet;
  readonly #crypto: TokenCrypto;
  readonly #ready = new Map<string, VerificationKey | null>();
  /** Equal for two sets of the same keys, in whatever order. */
  readonly fingerprint: string;

  constructor(published: JSONWebKeySet, crypto: TokenCrypto) {
    this.#published = structuredClone(published);
    this.#crypto = crypto;
    this.fingerprint = JSON.stringify(published.keys.map((key) => JSON.stringify(key)).toSorted());
  }

  /**
   * The one key for tokens of that algorithm with that `kid`, see {@link keyFor}. Null where none is meant for it, where several
   * could be, and where the one cannot be used.
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
