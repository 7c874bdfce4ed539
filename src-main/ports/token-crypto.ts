/** A public key as it was published (RFC 7517 §4), of any shape. */
export type PublishedKey = Readonly<Record<string, unknown>>;

export type SignatureAlgorithm = 'ES256' | 'EdDSA' | 'PS256' | 'RS256';

/** A public key that is ready for use with one algorithm. */
export interface VerificationKey {
  /** Is that the signature (base64url) of the ASCII text? (RFC 7515 §5.2, step 8) */
  verify(signed: string, signature: string): boolean;
}

/** Signatures and digests, computed at once: for so little work a way to another thread and back costs more. */
export interface TokenCrypto {
  /** Null where the key cannot be used: damaged, of another kind than the algorithm asks for, or RSA below 2048 bits. */
  importKey(key: PublishedKey, algorithm: SignatureAlgorithm): VerificationKey | null;
  /** The UTF-8 text that stands in base64url (RFC 7515 §2); null where it is none. */
  textOf(base64url: string): string | null;
  /** SHA-256 of the text's UTF-8, in base64url. */
  digestOf(text: string): string;
}
