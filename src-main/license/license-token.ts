import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { hasDuplicateMembers } from './duplicate-members.ts';

/** RFC 8725 §3.1: what we take; never `none`, never HMAC. */
export const allowedAlgorithms = ['ES256', 'EdDSA', 'PS256', 'RS256'];
/** Larger than any real license token. */
export const maxTokenLength = 64 * 1024;
const allowedTypes = new Set(['at+jwt', 'application/at+jwt', 'jwt']);
const leewaySeconds = 60;
/** Year 9999; what lies beyond cannot be shown as a date. */
const latestAt = 253_402_300_800_000;

export interface TokenExpectation {
  readonly keys: JSONWebKeySet;
  readonly issuer: string;
  readonly audience: string;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
  /** An authentic token past its `exp` is still shown; it proves nothing to peers. */
  readonly acceptExpired?: boolean;
  /** By how much `iat` and `nbf` may lie ahead: as far as the clock may be off that `judgedAt` came from; 60 s unless said. */
  readonly aheadMs?: number;
}

/**
 * Verifies a license token: signature, `typ`, `iss`, `aud`, `exp`, `iat` (RFC 7519 §7.2, RFC 8725 §3, RFC 9068 §4).
 * Failures: the `token_*` codes, and `signing_keys_unavailable` where no kept key has its `kid`.
 */
export async function verifyLicenseToken(token: string, expected: TokenExpectation): Promise<Result<JWTPayload>> {
  const shape = checkShape(token);
  if (!shape.ok) return shape;
  try {
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(expected.keys), {
      algorithms: allowedAlgorithms,
      issuer: expected.issuer,
      audience: expected.audience,
      requiredClaims: ['iss', 'aud', 'exp', 'iat'],
      // Instants are judged below, so that an expired token is told apart from one that is not authentic.
      currentDate: new Date(expected.judgedAt),
      clockTolerance: Number.MAX_SAFE_INTEGER,
    });
    if (typeof protectedHeader.typ !== 'string' || !allowedTypes.has(protectedHeader.typ.toLowerCase()))
      return fail('token_type_invalid');
    return checkTimes(payload, expected);
  } catch (thrown) {
    return refusal(thrown);
  }
}

function checkTimes(payload: JWTPayload, expected: TokenExpectation): Result<JWTPayload> {
  const issuedAt = Number(payload.iat) * 1000;
  const expiresAt = Number(payload.exp) * 1000;
  if (!(issuedAt >= 0 && expiresAt > issuedAt && expiresAt < latestAt)) return fail('token_malformed');
  const latestStartAt = expected.judgedAt + (expected.aheadMs ?? leewaySeconds * 1000);
  if (issuedAt > latestStartAt) return fail('token_issued_in_future');
  if (payload.nbf !== undefined && payload.nbf * 1000 > latestStartAt) return fail('token_issued_in_future');
  if (!expected.acceptExpired && expiresAt <= expected.judgedAt - leewaySeconds * 1000) return fail('token_expired');
  return succeed(payload);
}

/** Compact JWS only (RFC 7515 §7.1), bounded, and without a member that stands twice (RFC 8725 §2.4). */
function checkShape(token: string): Result<null> {
  if (token.length > maxTokenLength) return fail('token_malformed');
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every((part) => /^[A-Za-z0-9_-]+$/.test(part))) return fail('token_malformed');
  try {
    if (parts.slice(0, 2).some((part) => hasDuplicateMembers(decodeBase64Url(part)))) return fail('token_malformed');
    return succeed(null);
  } catch {
    return fail('token_malformed');
  }
}

function decodeBase64Url(part: string): string {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
  return new TextDecoder().decode(bytes);
}

function refusal(thrown: unknown): Result<never> {
  if (thrown instanceof errors.JWTClaimValidationFailed) return fail(claimCode(thrown.claim));
  if (thrown instanceof errors.JWKSNoMatchingKey)
    return fail('signing_keys_unavailable', { facts: { cause: 'key_unknown' } });
  if (thrown instanceof errors.JOSEAlgNotAllowed || thrown instanceof errors.JWSSignatureVerificationFailed)
    return fail('token_signature_invalid');
  if (thrown instanceof errors.JWKSMultipleMatchingKeys)
    return fail('signing_keys_unavailable', { facts: { cause: 'key_ambiguous' } });
  if (thrown instanceof errors.JOSENotSupported) return fail('token_signature_invalid');
  if (thrown instanceof errors.JOSEError) return fail('token_malformed');
  // The published key itself cannot be used: damaged, too short, or of another kind than it says.
  return fail('signing_keys_unavailable', { facts: { cause: 'key_unusable' } });
}

function claimCode(claim: string) {
  switch (claim) {
    case 'iss':
      return 'token_issuer_mismatch';
    case 'aud':
      return 'token_audience_mismatch';
    default:
      return 'token_malformed';
  }
}
