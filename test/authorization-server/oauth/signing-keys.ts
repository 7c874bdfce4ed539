/** The key pairs that sign license tokens: one current key for each algorithm that was asked for, and retired ones if kept. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import type { SigningAlgorithm } from '../sandbox-settings.ts';

interface SigningKey {
  readonly algorithm: SigningAlgorithm;
  readonly kid: string;
  readonly jwk: JWK;
}

export class SigningKeys {
  readonly #current = new Map<SigningAlgorithm, SigningKey>();
  #retired: SigningKey[] = [];

  /** The `kid` of the current key, made on first use. */
  kid(algorithm: SigningAlgorithm): string {
    let key = this.#current.get(algorithm);
    if (key === undefined) {
      key = newKey(algorithm);
      this.#current.set(algorithm, key);
    }
    return key.kid;
  }

  /** New keys sign from now on. Kept ones still verify what they signed; dropped ones leave the JWKS. */
  rotate(keepOld: boolean): void {
    this.#retired = keepOld ? [...this.#retired, ...this.#current.values()] : [];
    const algorithms = [...this.#current.keys()];
    this.#current.clear();
    for (const algorithm of algorithms) this.kid(algorithm);
  }

  /** RFC 7517 §5; private, for the OAuth server itself. */
  jwks(): { keys: JWK[] } {
    return { keys: [...this.#current.values(), ...this.#retired].map(({ jwk }) => jwk) };
  }
}

function newKey(algorithm: SigningAlgorithm): SigningKey {
  const kid = randomUUID();
  const jwk = generate(algorithm).export({ format: 'jwk' });
  // RFC 8037 names the algorithm EdDSA; an RSA key could serve several, so it says which one it serves.
  return { algorithm, kid, jwk: { ...jwk, kid, use: 'sig', alg: algorithm } };
}

function generate(algorithm: SigningAlgorithm) {
  switch (algorithm) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'EdDSA':
      return generateKeyPairSync('ed25519').privateKey;
    case 'RS256':
    case 'PS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  }
}
