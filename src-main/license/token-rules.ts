import { sameIssuer } from '../authorization/issuer-address.ts';
import type { SignatureAlgorithm } from '../ports/token-crypto.ts';
import { numberIn } from './claim-numbers.ts';
import { hasDuplicateMembers } from './duplicate-members.ts';

/** RFC 8725 §3.1: what we take; never `none`, never HMAC. */
export const allowedAlgorithms = ['ES256', 'EdDSA', 'PS256', 'RS256'] as const;
/** Unsigned, or signed with what both sides know (RFC 7518 §3.1): anybody could have made it. */
const provesNothing = /^(none|hs\d+)$/i;
/** Larger than any real license token. */
export const maxTokenLength = 64 * 1024;
/** By how much clocks may differ. */
export const leewayMs = 60_000;

const allowedTypes = new Set(['at+jwt', 'application/at+jwt', 'jwt']);
/** Year 9999; what lies beyond cannot be shown as a date. */
const latestAt = 253_402_300_800_000;

/** A JSON object as it was sent. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What breaks the rules of a license token that its issuer has signed. */
export type ClaimsFault =
  | 'token_type_invalid'
  | 'token_issuer_mismatch'
  | 'token_audience_mismatch'
  | 'token_malformed';

/** Who must have issued a token, and for whom. */
export interface TokenSource {
  readonly issuer: string;
  /** Null: `aud` is not compared. */
  readonly audience: string | null;
}

/** The instants of a token, ms since the Unix epoch. */
export interface TokenInstants {
  /** `iat`, RFC 7519 §4.1.6. */
  readonly issuedAt: number;
  /** `iat`, or `nbf` where that is later (RFC 7519 §4.1.5). */
  readonly startsAt: number;
  /** `exp`, RFC 7519 §4.1.4. */
  readonly expiresAt: number;
}

/** Is a token signed in a way that is taken here? Where not: is it one that is only not supported, or one that proves nothing? */
export function judgeAlgorithm(
  algorithm: unknown,
): { readonly allowed: SignatureAlgorithm } | 'unsupported' | 'proves_nothing' {
  const allowed = allowedAlgorithms.find((name) => name === algorithm);
  if (allowed) return { allowed };
  return typeof algorithm !== 'string' || provesNothing.test(algorithm) ? 'proves_nothing' : 'unsupported';
}

/** The three parts of a compact JWS (RFC 7515 §7.1), each in base64url; null where the text is none, or longer than `maxLength`. */
export function compactParts(
  token: string,
  maxLength = maxTokenLength,
): readonly [header: string, payload: string, signature: string] | null {
  if (token.length > maxLength || !/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(token)) return null;
  const afterHeader = token.indexOf('.');
  const afterPayload = token.lastIndexOf('.');
  const header = token.slice(0, afterHeader);
  const payload = token.slice(afterHeader + 1, afterPayload);
  const signature = token.slice(afterPayload + 1);
  return isLengthOfBytes(header) && isLengthOfBytes(payload) && isLengthOfBytes(signature)
    ? [header, payload, signature]
    : null;
}

/** No bytes have a base64url of the other lengths. */
function isLengthOfBytes(base64url: string): boolean {
  return base64url.length % 4 !== 1;
}

/** A JSON object in which no member stands twice (RFC 8725 §2.4), at any depth; null where the text is none. */
export function parseObject(json: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || Array.isArray(value)) return null;
    // What is written again as it stands has no member twice: that is found out in less time, and most tokens are like that.
    return JSON.stringify(value) === json || !hasDuplicateMembers(json) ? (value as JsonObject | null) : null;
  } catch {
    return null;
  }
}

/** Is this a JOSE header that asks for nothing that is not known here? No extension is (`crit`, RFC 7515 §4.1.11). */
export function isPlainHeader(header: JsonObject): boolean {
  return !Object.hasOwn(header, 'crit') && typeof header['alg'] === 'string' && header['alg'] !== '';
}

/**
 * Checks what a token with a good signature says, whatever the time is: its type (RFC 9068 §4), issuer, audience, and that
 * its instants can be read. A fault, or those instants.
 */
export function checkClaims(
  header: JsonObject,
  claims: JsonObject,
  expected: TokenSource,
): ClaimsFault | TokenInstants {
  const { typ } = header;
  const { iss, aud } = claims;
  const { issuer, audience } = expected;
  if (typeof typ !== 'string' || !allowedTypes.has(typ.toLowerCase())) return 'token_type_invalid';
  if (audience === null && isOfAnotherKind(claims)) return 'token_type_invalid';
  if (typeof iss !== 'string' || !sameIssuer(iss, issuer)) return 'token_issuer_mismatch';
  if (audience !== null && aud !== audience && !(Array.isArray(aud) && aud.includes(audience)))
    return 'token_audience_mismatch';
  return instantsOf(claims) ?? 'token_malformed';
}

/** What ID tokens (OpenID Connect Core §2, §3.1.3.6) and logout tokens (Back-Channel Logout §2.4) have and access tokens do not. */
const claimsOfOtherKinds = ['nonce', 'at_hash', 'c_hash', 'events'] as const;

/**
 * Where no audience tells what a token is for, an ID token or a logout token of the same issuer is known by its claims: its
 * type may be as plain as that of an access token (`JWT`). A member that is null counts as absent.
 */
function isOfAnotherKind(claims: JsonObject): boolean {
  return claimsOfOtherKinds.some((name) => (claims[name] ?? null) !== null);
}

function instantsOf(claims: JsonObject): TokenInstants | null {
  const [iat = Number.NaN, exp = Number.NaN, nbf] = ['iat', 'exp', 'nbf'].map((name) => numberIn(claims[name]));
  if (nbf === undefined && !isAbsent(claims['nbf'])) return null;
  const [issuedAt, expiresAt] = [iat * 1000, exp * 1000];
  if (!(issuedAt >= 0 && expiresAt > issuedAt && expiresAt < latestAt)) return null;
  return { issuedAt, expiresAt, startsAt: nbf === undefined ? issuedAt : Math.max(issuedAt, nbf * 1000) };
}

/** An optional member that is null or empty counts as absent. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** A token within {@link leewayMs} of its `exp` still counts. */
export function isPastExpiry(expiresAt: number, judgedAt: number): boolean {
  return expiresAt <= judgedAt - leewayMs;
}
