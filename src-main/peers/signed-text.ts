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
  const header = readHeader(crypto.textOf(head) ?? '');
  const claims = header && parseObject(crypto.textOf(body) ?? '');
  if (!header || !claims) return null;
  return { header, claims, signed: text.slice(0, text.length - signature.length - 1), signature };
}

/** The header that was read last: those of one key's tokens are alike to the letter. */
let last: { readonly json: string; readonly header: JsonObject } = { json: '', header: {} };
const longestRemembered = 500;

function readHeader(json: string): JsonObject | null {
  if (json === last.json && json !== '') return last.header;
  const header = parseObject(json);
  if (!header || !isPlainHeader(header)) return null;
  if (json.length <= longestRemembered) last = { json, header };
  return header;
}
