import { compactVerify, errors, importJWK, type JSONWebKeySet, type JWTPayload } from 'jose';
import { type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { keyFor } from '../authorization/signing-keys.ts';
import {
  checkClaims,
  compactParts,
  isPastExpiry,
  isPlainHeader,
  judgeAlgorithm,
  type JsonObject,
  leewayMs,
  parseObject,
  type TokenSource,
} from './token-rules.ts';

export interface TokenExpectation extends TokenSource {
  readonly keys: JSONWebKeySet;
  /** If no audience is compared, the token's `client_id` must be this one. A token without `client_id` is accepted. */
  readonly clientId: string;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
  /** Accept an authentic token past its `exp`. The console still shows such a token, but it proves nothing to peers. */
  readonly acceptExpired?: boolean;
  /** How far `iat` and `nbf` may lie in the future: the possible error of the clock that gave `judgedAt`. Default: 60 s. */
  readonly aheadMs?: number;
}

/**
 * Verifies a license token: signature, `typ`, `iss`, `aud`, `exp`, `iat` (RFC 7519 §7.2, RFC 8725 §3, RFC 9068 §4).
 * Failures: the `token_*` codes, and `signing_keys_unusable` if none of the keys fits the token.
 */
export async function verifyLicenseToken(token: string, expected: TokenExpectation): Promise<Result<JWTPayload>> {
  const read = readToken(token);
  if (!read) return fail('token_malformed');
  const refused = await checkSignature(token, read.header, expected.keys);
  if (refused) return { ok: false, failure: refused };
  const checked = checkClaims(read.header, read.claims, expected);
  if (typeof checked === 'string') return fail(checked);
  if (expected.audience === null && isOfAnotherClient(read.claims, expected.clientId))
    return fail('token_client_mismatch');
  if (!expected.acceptExpired && isPastExpiry(checked.expiresAt, expected.judgedAt)) return fail('token_expired');
  if (checked.startsAt > expected.judgedAt + (expected.aheadMs ?? leewayMs)) return fail('token_issued_in_future');
  return succeed(read.claims);
}

/** `client_id`, RFC 9068 §2.2. Some servers leave it out. */
function isOfAnotherClient({ client_id }: JsonObject, clientId: string): boolean {
  return (client_id ?? null) !== null && client_id !== clientId;
}

function readToken(token: string): { readonly header: JsonObject; readonly claims: JsonObject } | null {
  const [head, body] = compactParts(token) ?? [];
  if (head === undefined || body === undefined) return null;
  const header = parseObject(decodeBase64Url(head) ?? '');
  const claims = parseObject(decodeBase64Url(body) ?? '');
  return header && claims && isPlainHeader(header) ? { header, claims } : null;
}

/** Decodes base64url to UTF-8 text. Null if the input is not valid. */
function decodeBase64Url(part: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Null if one of the issuer's keys verifies the signature. */
async function checkSignature(token: string, header: JsonObject, keys: JSONWebKeySet): Promise<Failure | null> {
  const judged = judgeAlgorithm(header['alg']);
  if (judged === 'proves_nothing') return failure('token_signature_invalid');
  if (judged === 'unsupported')
    return failure('token_algorithm_unsupported', { facts: { algorithm: String(header['alg']).slice(0, 30) } });
  const key = keyFor(keys, judged.allowed, header['kid']);
  if (typeof key === 'string') return failure('signing_keys_unusable', { facts: { cause: key } });
  try {
    await compactVerify(token, await importJWK(key, judged.allowed), { algorithms: [judged.allowed] });
    return null;
  } catch (thrown) {
    if (thrown instanceof errors.JWSSignatureVerificationFailed) return failure('token_signature_invalid');
    if (thrown instanceof errors.JWSInvalid) return failure('token_malformed');
    // The published key itself cannot be used: it is damaged, too short, or not of the type that it claims.
    return failure('signing_keys_unusable', { facts: { cause: 'key_unusable' } });
  }
}
