/**
 * What a test may change while the sandbox Authorization server runs. Everything is read at the moment it is needed, so a
 * change counts from the next request on.
 */
import { z } from 'zod';

const seconds = z.number().int().positive();

export const signingAlgorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

export const settingsSchema = z.strictObject({
  /** Life of an access token, which is the license token: days. */
  tokenLifeSeconds: seconds,
  refreshTokenLifeSeconds: seconds,
  /** `expires_in` of the device authorization answer (RFC 8628 §3.2). */
  codeLifeSeconds: seconds,
  /**
   * `interval` (RFC 8628 §3.2). `announce` is put into the answer as it is, junk included; without it the member is absent.
   * `enforceSeconds` is what the token endpoint holds polls to.
   */
  interval: z.strictObject({ announce: z.unknown().optional(), enforceSeconds: z.number().nonnegative() }),
  userCodeStyle: z.enum(['digits', 'letters']),
  /** Whether a refresh answers with a new refresh token (RFC 6749 §6, RFC 9700 §4.14.2). */
  rotation: z.enum(['rotate', 'reuse']),
  /** For how long after its use a rotated refresh token is taken once more without being seen as stolen. */
  reuseGraceSeconds: z.number().nonnegative(),
  signingAlgorithm: z.enum(signingAlgorithms),
  /** By how much this server's clock is wrong: moves its `Date` header and the `iat` and `exp` of its tokens. */
  clockOffsetSeconds: z.number().int(),
  /** Whether every DPoP proof needs a nonce of the server (RFC 9449 §8). */
  dpopNonceRequired: z.boolean(),
  /** `resource` (RFC 8707 §2): there is a default one, only a request with one gets a JWT, or any is `invalid_target`. */
  resourceParameter: z.enum(['default', 'needed', 'refused']),
  /** `aud` of the license token. */
  audience: z.union([z.enum(['resource', 'none']), z.strictObject({ name: z.string() })]),
  /** The license claims: a prefix of their names, and whether numbers and lists of one, or objects, are written as strings. */
  claims: z.strictObject({ prefix: z.string(), values: z.enum(['typed', 'text']), objects: z.enum(['typed', 'text']) }),
  /** `scope` in the license token: RFC 9068 §2.2.3 has a string. */
  scopeClaim: z.enum(['string', 'list']),
  /** Whether the license token tells how the person signed in: `amr`, `idp`, `auth_time`; with them comes `nbf`. */
  sessionClaims: z.boolean(),
  /** Whether the published keys have their certificate (RFC 7517 §4.7). */
  certificates: z.boolean(),
  /** `error_description` (RFC 6749 §5.2). */
  errorDescriptions: z.boolean(),
  /** `verification_uri_complete` (RFC 8628 §3.2). */
  verificationUriComplete: z.boolean(),
  refreshTokens: z.enum(['issued', 'none']),
  /**
   * When a grant's refresh tokens expire: each counts `refreshTokenLifeSeconds` from its own issue; all count it from the first
   * one; or each use gives `refreshTokenSlidingSeconds` more, up to that end.
   */
  refreshTokenExpiry: z.enum(['each', 'absolute', 'sliding']),
  refreshTokenSlidingSeconds: seconds,
  /** What the second use of a rotated refresh token ends: the whole grant (RFC 9700 §4.14.2), or nothing. */
  reusedRefreshToken: z.enum(['ends-grant', 'refused']),
  /** RFC 7009: without it there is no such endpoint; refused, it wants a client that authenticates. */
  revocation: z.enum(['offered', 'absent', 'refused']),
  /** What is at the issuer's own address. */
  startPage: z.enum(['sign-in', 'missing']),
});

export type SandboxSettings = z.infer<typeof settingsSchema>;

export const daySeconds = 24 * 60 * 60;

export function defaultSettings(ofDialect: Partial<SandboxSettings> = {}): SandboxSettings {
  return {
    tokenLifeSeconds: 5 * daySeconds,
    refreshTokenLifeSeconds: 90 * daySeconds,
    codeLifeSeconds: 300,
    interval: { announce: 5, enforceSeconds: 5 },
    userCodeStyle: 'digits',
    rotation: 'rotate',
    reuseGraceSeconds: 0,
    signingAlgorithm: 'ES256',
    clockOffsetSeconds: 0,
    dpopNonceRequired: false,
    resourceParameter: 'default',
    audience: 'resource',
    claims: { prefix: '', values: 'typed', objects: 'typed' },
    scopeClaim: 'string',
    sessionClaims: false,
    certificates: false,
    errorDescriptions: true,
    verificationUriComplete: true,
    refreshTokens: 'issued',
    refreshTokenExpiry: 'each',
    refreshTokenSlidingSeconds: 15 * daySeconds,
    reusedRefreshToken: 'ends-grant',
    revocation: 'offered',
    startPage: 'sign-in',
    ...structuredClone(ofDialect),
  };
}
