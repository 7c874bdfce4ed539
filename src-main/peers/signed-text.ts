import { compactParts, isPlainHeader, type JsonObject, maxTokenLength, parseObject } from '../license/token-rules.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';

/** A compact JWS taken apart (RFC 7515 §7.1), nothing of it believed yet. */
export interface SignedText {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** What the signature is of. */
  readonly signed: string;
  readonly signature: string;
}

/** Takes a token or a proof apart; null where it is no JWT, larger than `maxLength`, or with a member that stands twice. */
export function readSignedText(text: string, crypto: TokenCrypto, maxLength = maxTokenLength): SignedText | null {
  const parts = compactParts(text, maxLength);
  if (!parts) return null;
  const [head, body, signature] = parts;
  const header = parseObject(crypto.textOf(head) ?? '');
  const claims = header && isPlainHeader(header) ? parseObject(crypto.textOf(body) ?? '') : null;
  if (!header || !claims) return null;
  return { header, claims, signed: text.slice(0, text.length - signature.length - 1), signature };
}
