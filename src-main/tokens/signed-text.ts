import type { TokenCrypto } from '../ports/token-crypto.ts';
import { type JsonObject, parseObject } from './duplicate-members.ts';
import { compactParts, isPlainHeader, maxTokenLength } from './token-rules.ts';

/** The parts of a compact JWS (RFC 7515 §7.1). Nothing in it is verified yet. */
interface SignedText {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** The text that the signature covers. */
  readonly signed: string;
  readonly signature: string;
}

/** Parses a token or a proof. Null if it is not a JWT, is longer than `maxLength`, or has a duplicate member. */
export function readSignedText(text: string, crypto: TokenCrypto, maxLength = maxTokenLength): SignedText | null {
  const parts = compactParts(text, maxLength);
  if (!parts) return null;
  const [head, body, signature] = parts;
  const header = readHeader(crypto.textOf(head) ?? '');
  const claims = header && parseObject(crypto.textOf(body) ?? '');
  if (!header || !claims) return null;
  return { header, claims, signed: text.slice(0, text.length - signature.length - 1), signature };
}

/** The last header that was parsed. All tokens of one key have exactly the same header. */
let last: { readonly json: string; readonly header: JsonObject } = { json: '', header: {} };
const longestRemembered = 500;

function readHeader(json: string): JsonObject | null {
  if (json === last.json && json !== '') return last.header;
  const header = parseObject(json);
  if (!header || !isPlainHeader(header)) return null;
  if (json.length <= longestRemembered) last = { json, header };
  return header;
}
