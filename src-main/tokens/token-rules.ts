import { latestAt } from '../../src-shared/license/license-status.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import type { SignatureAlgorithm } from '../ports/token-crypto.ts';
import { numberIn } from './claim-values.ts';
import type { JsonObject } from './duplicate-members.ts';

/** The algorithms that we accept (RFC 8725 §3.1). Never `none`, never HMAC. */
export const allowedAlgorithms = ['ES256', 'EdDSA', 'PS256', 'RS256'] as const;
/** Unsigned, or signed with a shared secret (RFC 7518 §3.1). The issuer is not the only one that could have made such a token. */
const provesNothing = /^(none|hs\d+)$/i;
/** Larger than any real license token. */
export const maxTokenLength = 64 * 1024;
/** The clock difference that is tolerated. */
export const leewayMs = 60_000;

const allowedTypes = new Set(['at+jwt', 'application/at+jwt', 'jwt']);

/** The rules that a license token can break although its issuer signed it. */
export type ClaimsFault =
  | 'token_type_invalid'
  | 'token_issuer_mismatch'
  | 'token_audience_mismatch'
  | 'token_malformed';

/** The issuer and the audience that a token must have. */
export interface TokenSource {
  readonly issuer: string;
  /** If null, `aud` is not compared. */
  readonly audience: string | null;
}

/** The instants of a token, ms since the Unix epoch. */
export interface TokenInstants {
  /** `iat`, RFC 7519 §4.1.6. */
  readonly issuedAt: number;
  /** `iat`, or `nbf` if that is later (RFC 7519 §4.1.5). */
  readonly startsAt: number;
  /** `exp`, RFC 7519 §4.1.4. */
  readonly expiresAt: number;
}

/** Judges a token's `alg`: accepted, a real signature that this console does not support, or one that proves nothing. */
export function judgeAlgorithm(
  algorithm: unknown,
): { readonly allowed: SignatureAlgorithm } | 'unsupported' | 'proves_nothing' {
  const allowed = allowedAlgorithms.find((name) => name === algorithm);
  if (allowed) return { allowed };
  return typeof algorithm !== 'string' || provesNothing.test(algorithm) ? 'proves_nothing' : 'unsupported';
}

/** Splits a compact JWS (RFC 7515 §7.1) into its base64url parts. Null if the text is not one, or is longer than `maxLength`. */
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

/** No sequence of bytes gives a base64url text of any other length. */
function isLengthOfBytes(base64url: string): boolean {
  return base64url.length % 4 !== 1;
}

/** Does this JOSE header name an algorithm and demand no extension? No extension is supported (`crit`, RFC 7515 §4.1.11). */
export function isPlainHeader(header: JsonObject): boolean {
  return !Object.hasOwn(header, 'crit') && typeof header['alg'] === 'string' && header['alg'] !== '';
}

/**
 * Checks the type (RFC 9068 §4), issuer and audience of a token whose signature is valid, and reads its instants. Returns a fault
 * or the instants. Does not compare the instants with the current time.
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

/** Claims of ID tokens (OpenID Connect Core §2, §3.1.3.6) and logout tokens (Back-Channel Logout §2.4), never of access tokens. */
const claimsOfOtherKinds = ['nonce', 'at_hash', 'c_hash', 'events'] as const;

/**
 * If no audience is compared, an ID token or a logout token of the same issuer is recognized by its claims, because its `typ` may
 * be `JWT` like that of an access token. A claim that is null counts as absent.
 */
function isOfAnotherKind(claims: JsonObject): boolean {
  return claimsOfOtherKinds.some((name) => (claims[name] ?? null) !== null);
}

function instantsOf(claims: JsonObject): TokenInstants | null {
  const [iat = Number.NaN, exp = Number.NaN, nbf] = ['iat', 'exp', 'nbf'].map((name) => numberIn(claims[name]));
  if (nbf === undefined && !isAbsent(claims['nbf'])) return null;
  const [issuedAt, expiresAt] = [iat * 1000, exp * 1000];
  if (!(issuedAt >= 0 && expiresAt > issuedAt && expiresAt <= latestAt)) return null;
  return { issuedAt, expiresAt, startsAt: nbf === undefined ? issuedAt : Math.max(issuedAt, nbf * 1000) };
}

/** An optional member that is null or empty counts as absent. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Is the token past its `exp` by {@link leewayMs} or more? */
export function isPastExpiry(expiresAt: number, judgedAt: number): boolean {
  return expiresAt <= judgedAt - leewayMs;
}
