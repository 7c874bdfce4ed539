/**
 * What a test may change while the sandbox Authorization server runs. Every setting is read when it is needed, so a change takes
 * effect with the next request.
 */
import { z } from 'zod';

const seconds = z.number().int().positive();

export const signingAlgorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

export const settingsSchema = z.strictObject({
  /** Lifetime of an access token, which is the license token. Usually days. */
  tokenLifeSeconds: seconds,
  refreshTokenLifeSeconds: seconds,
  /** `expires_in` of the device authorization answer (RFC 8628 §3.2). */
  codeLifeSeconds: seconds,
  /**
   * `interval` (RFC 8628 §3.2). `announce` is put into the answer unchanged, even if it is invalid; if it is absent, so is the
   * member. `enforceSeconds` is the interval that the token endpoint enforces.
   */
  interval: z.strictObject({ announce: z.unknown().optional(), enforceSeconds: z.number().nonnegative() }),
  userCodeStyle: z.enum(['digits', 'letters']),
  /** Whether a refresh answers with a new refresh token (RFC 6749 §6, RFC 9700 §4.14.2). */
  rotation: z.enum(['rotate', 'reuse']),
  /** How long a rotated refresh token is still accepted after its first use, without being treated as stolen. */
  reuseGraceSeconds: z.number().nonnegative(),
  signingAlgorithm: z.enum(signingAlgorithms),
  /** The error of this server's clock. Shifts its `Date` header and the `iat` and `exp` of its tokens. */
  clockOffsetSeconds: z.number().int(),
  /** Whether every DPoP proof needs a nonce from the server (RFC 9449 §8). */
  dpopNonceRequired: z.boolean(),
  /** `resource` (RFC 8707 §2): there is a default, only a request that names one gets a JWT, or naming one is `invalid_target`. */
  resourceParameter: z.enum(['default', 'needed', 'refused']),
  /** `aud` of the license token. */
  audience: z.union([z.enum(['resource', 'none']), z.strictObject({ name: z.string() })]),
  /**
   * The license claims. `prefix` comes before their names. `text` writes `values` as strings and a list with one member as that
   * member, or writes `objects` as JSON strings.
   */
  claims: z.strictObject({ prefix: z.string(), values: z.enum(['typed', 'text']), objects: z.enum(['typed', 'text']) }),
  /** The form of `scope` in the license token. RFC 9068 §2.2.3 defines a string. */
  scopeClaim: z.enum(['string', 'list']),
  /** Whether the license token says how the person signed in (`amr`, `idp`, `auth_time`) and has `nbf`. */
  sessionClaims: z.boolean(),
  /** Whether the published keys include their certificates (RFC 7517 §4.7). */
  certificates: z.boolean(),
  /** `error_description` (RFC 6749 §5.2). */
  errorDescriptions: z.boolean(),
  /** `verification_uri_complete` (RFC 8628 §3.2). */
  verificationUriComplete: z.boolean(),
  refreshTokens: z.enum(['issued', 'none']),
  /**
   * When a grant's refresh tokens expire. `each`: `refreshTokenLifeSeconds` after its own issue. `absolute`:
   * `refreshTokenLifeSeconds` after the first one was issued. `sliding`: `refreshTokenSlidingSeconds` after the last use, but not
   * later than `absolute`.
   */
  refreshTokenExpiry: z.enum(['each', 'absolute', 'sliding']),
  refreshTokenSlidingSeconds: seconds,
  /** Whether the second use of a rotated refresh token ends the whole grant (RFC 9700 §4.14.2) or is only refused. */
  reusedRefreshToken: z.enum(['ends-grant', 'refused']),
  /** RFC 7009. `absent`: there is no revocation endpoint. `refused`: the endpoint requires client authentication. */
  revocation: z.enum(['offered', 'absent', 'refused']),
  /** The page at the issuer's own address. */
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
