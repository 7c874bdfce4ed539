/** A public key as it was published (RFC 7517 §4), of any shape. */
export type PublishedKey = Readonly<Record<string, unknown>>;

export type SignatureAlgorithm = 'ES256' | 'EdDSA' | 'PS256' | 'RS256';

/** A public key that is ready for use with one algorithm. */
export interface VerificationKey {
  /** Is that the signature (base64url) of the ASCII text? (RFC 7515 §5.2, step 8) */
  verify(signed: string, signature: string): boolean;
}

/** Signatures and digests, computed synchronously: for so little work another thread would cost more. */
export interface TokenCrypto {
  /** Null if the key cannot be used: damaged, of the wrong kind for the algorithm, or an RSA key of an unsupported size. */
  importKey(key: PublishedKey, algorithm: SignatureAlgorithm): VerificationKey | null;
  /** Decodes base64url (RFC 7515 §2) to UTF-8 text. Null if it is not such a text. */
  textOf(base64url: string): string | null;
  /** SHA-256 of the text's UTF-8, in base64url. */
  digestOf(text: string): string;
}
