/** The key pairs that sign license tokens: one current key for each algorithm used so far, and retired ones if kept. */
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
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

  /** The `kid` of the current key, which is created on first use. */
  kid(algorithm: SigningAlgorithm): string {
    let key = this.#current.get(algorithm);
    if (key === undefined) {
      key = newKey(algorithm);
      this.#current.set(algorithm, key);
    }
    return key.kid;
  }

  /** Signs with new keys from now on. With `keepOld`, the old keys stay in the JWKS to verify earlier tokens. */
  rotate(keepOld: boolean): void {
    this.#retired = keepOld ? [...this.#retired, ...this.#current.values()] : [];
    const algorithms = [...this.#current.keys()];
    this.#current.clear();
    for (const algorithm of algorithms) this.kid(algorithm);
  }

  /** RFC 7517 §5. Contains the private keys, for the OAuth server only. */
  jwks(): { keys: JWK[] } {
    return { keys: [...this.#current.values(), ...this.#retired].map(({ jwk }) => jwk) };
  }
}

function newKey(algorithm: SigningAlgorithm): SigningKey {
  const kid = randomUUID();
  // Node.js can hang when it exports a generated key as JWK, see ProofKey. So the key is imported once before.
  const jwk = createPrivateKey(generate(algorithm).export({ type: 'pkcs8', format: 'pem' })).export({ format: 'jwk' });
  // RFC 8037 names the algorithm EdDSA. An RSA key would work with several algorithms, so `alg` says which one it is for.
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
