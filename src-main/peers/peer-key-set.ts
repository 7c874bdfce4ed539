import type { JSONWebKeySet } from 'jose';
import type { PublishedKey, SignatureAlgorithm, TokenCrypto, VerificationKey } from '../ports/token-crypto.ts';

/** What each algorithm's key must be (RFC 7518 §6, RFC 8037 §2). */
const keyTypes: Readonly<Record<SignatureAlgorithm, { readonly kty: string; readonly crv?: string }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  PS256: { kty: 'RSA' },
  RS256: { kty: 'RSA' },
};

/** The issuer's public keys as they were published at one time, each made ready at its first use. */
export class PeerKeySet {
  readonly #keys: readonly PublishedKey[];
  readonly #crypto: TokenCrypto;
  readonly #ready = new Map<SignatureAlgorithm, Map<PublishedKey, VerificationKey | null>>();
  /** Equal for two sets of the same keys, in whatever order. */
  readonly fingerprint: string;

  constructor({ keys }: JSONWebKeySet, crypto: TokenCrypto) {
    this.#keys = keys.map((key): PublishedKey => ({ ...key }));
    this.#crypto = crypto;
    this.fingerprint = JSON.stringify(this.#keys.map((key) => JSON.stringify(key)).toSorted());
  }

  /**
   * The one key for tokens of that algorithm with that `kid` (RFC 7515 §4.1.4); undefined is a token without one. Null where
   * none is meant for it, where several could be, and where the one cannot be used.
   */
  find(algorithm: SignatureAlgorithm, kid: unknown): VerificationKey | null {
    const { kty, crv } = keyTypes[algorithm];
    const meant = this.#keys.filter(
      (key) =>
        key['kty'] === kty &&
        (crv === undefined || key['crv'] === crv) &&
        (kid === undefined || key['kid'] === kid) &&
        (key['alg'] === undefined || key['alg'] === algorithm) &&
        (key['use'] === undefined || key['use'] === 'sig'),
    );
    const [key] = meant;
    return key && meant.length === 1 ? this.#made(key, algorithm) : null;
  }

  #made(key: PublishedKey, algorithm: SignatureAlgorithm): VerificationKey | null {
    const ready = this.#ready.get(algorithm) ?? new Map<PublishedKey, VerificationKey | null>();
    this.#ready.set(algorithm, ready);
    const known = ready.get(key);
    if (known !== undefined) return known;
    const made = this.#crypto.importKey(key, algorithm);
    ready.set(key, made);
    return made;
  }
}
