import { constants, createPublicKey, hash, type KeyObject, verify, type VerifyKeyObjectInput } from 'node:crypto';
import type { PublishedKey, SignatureAlgorithm, TokenCrypto, VerificationKey } from '../../ports/token-crypto.ts';

/** RFC 7518 §3.3, §3.5. The upper bound keeps one verification within a few milliseconds. */
const rsaBits = { atLeast: 2048, atMost: 16_384 };

/** RFC 7518 §3.3-3.5 and RFC 8037 §3.1: what a key must be, and how its signatures are checked. */
const algorithms: Readonly<
  Record<
    SignatureAlgorithm,
    {
      readonly kty: string;
      readonly crv?: string;
      readonly members: readonly string[];
      readonly digest: string | null;
      readonly options?: Omit<VerifyKeyObjectInput, 'key'>;
    }
  >
> = {
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    members: ['crv', 'x', 'y'],
    digest: 'sha256',
    options: { dsaEncoding: 'ieee-p1363' },
  },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', members: ['crv', 'x'], digest: null },
  PS256: {
    kty: 'RSA',
    members: ['n', 'e'],
    digest: 'sha256',
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  },
  // RSASSA-PKCS1-v1_5 is the default of node:crypto for RSA keys.
  RS256: { kty: 'RSA', members: ['n', 'e'], digest: 'sha256' },
};

const strictText = new TextDecoder('utf-8', { fatal: true });

/** node:crypto, on the caller's thread. */
export const nodeTokenCrypto: TokenCrypto = {
  importKey(key, algorithm) {
    const publicKey = keyObjectOf(key, algorithm);
    return publicKey && verificationKey(publicKey, algorithm);
  },
  textOf(base64url) {
    try {
      const bytes = bytesOf(base64url);
      return bytes && strictText.decode(bytes);
    } catch {
      return null;
    }
  },
  digestOf: (text) => hash('sha256', text, 'base64url'),
};

function verificationKey(key: KeyObject, algorithm: SignatureAlgorithm): VerificationKey {
  const { digest, options } = algorithms[algorithm];
  const input = options ? { key, ...options } : key;
  return {
    verify(signed, signature) {
      const bytes = bytesOf(signature);
      try {
        return bytes !== null && verify(digest, Buffer.from(signed, 'latin1'), input, bytes);
      } catch {
        return false;
      }
    },
  };
}

function keyObjectOf(key: PublishedKey, algorithm: SignatureAlgorithm): KeyObject | null {
  const { kty, crv, members } = algorithms[algorithm];
  if (key['kty'] !== kty || (crv !== undefined && key['crv'] !== crv)) return null;
  try {
    // Imports the public members only, whatever else the JWK holds.
    const jwk = { kty, ...Object.fromEntries(members.map((member) => [member, key[member]])) };
    const imported = createPublicKey({ key: jwk, format: 'jwk' });
    const bits = imported.asymmetricKeyDetails?.modulusLength;
    return bits === undefined || (bits >= rsaBits.atLeast && bits <= rsaBits.atMost) ? imported : null;
  } catch {
    return null;
  }
}

/** Null if no bytes encode to a base64url text of this length. Node would decode as much of it as it can. */
function bytesOf(base64url: string): Buffer | null {
  return base64url.length % 4 === 1 ? null : Buffer.from(base64url, 'base64url');
}
