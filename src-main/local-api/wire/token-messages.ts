import { z } from 'zod/mini';
import { instantSchema } from '../../license/license-members.ts';

export const tokenAnswerSchema = z
  .object({
    access_token: z.string(),
    token_type: z
      .enum(['Bearer', 'DPoP'])
      .check(z.describe('`DPoP`: each request needs the token and a proof from `POST /v1/proof` (RFC 9449 §7.1).')),
    expires_at: instantSchema,
    server_id: z.optional(z.string()),
  })
  .check(z.describe('`GET /v1/token`: the current license token. An answer never contains a refresh token.'));
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

export const longestUrl = 2_000;

/** An HTTP method (RFC 9110 §9.1). */
const methodSchema = z.string().check(z.regex(/^[A-Z]{1,20}$/));
/** The URL of the request that a proof is for. The proof omits its query and fragment (RFC 9449 §4.2). */
const httpUrlSchema = z.string().check(
  z.maxLength(longestUrl),
  z.regex(/^https?:\/\/[^\s/?#]+[^\s]*$/),
  z.refine((url) => URL.canParse(url)),
);

/** `POST /v1/proof`: the request that is about to carry the license token. */
export const proofRequestSchema = z.strictObject({
  method: methodSchema,
  url: httpUrlSchema,
  /** The value of the server's `DPoP-Nonce` header (RFC 9449 §8). */
  nonce: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000))),
});
export type ProofRequest = z.infer<typeof proofRequestSchema>;

export const proofAnswerSchema = z.object({ proof: z.string() }).check(z.describe('`POST /v1/proof` (RFC 9449 §4.2).'));
export type ProofAnswer = z.infer<typeof proofAnswerSchema>;
