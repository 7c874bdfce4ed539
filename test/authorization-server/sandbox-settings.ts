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
});

export type SandboxSettings = z.infer<typeof settingsSchema>;

const daySeconds = 24 * 60 * 60;

export function defaultSettings(): SandboxSettings {
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
  };
}
