/** Message authentication codes (HMAC-SHA-256, RFC 2104): they show whether a text was changed by somebody without the key. */
export interface Seal {
  /** A fresh key of 256 bits, base64url. */
  newKey(): string;
  /** The code of `text` under a key of {@link newKey}, base64url. */
  of(key: string, text: string): string;
}
