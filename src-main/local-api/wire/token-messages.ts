import { z } from 'zod/mini';
import { instantSchema } from './instant.ts';

/** `GET /v1/token`: the license token as it is held now. A refresh token is never part of an answer. */
export const tokenAnswerSchema = z.object({
  access_token: z.string(),
  /** `DPoP`: each request needs a proof from `POST /v1/proof` beside the token (RFC 9449 §7.1). */
  token_type: z.enum(['Bearer', 'DPoP']),
  expires_at: instantSchema,
  server_id: z.optional(z.string()),
});
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;

export const longestUrl = 2_000;

/** An HTTP method (RFC 9110 §9.1). */
export const methodSchema = z.string().check(z.regex(/^[A-Z]{1,20}$/));
/** The address of the request that a proof is for; a fragment or query is left out of the proof (RFC 9449 §4.2). */
export const httpUrlSchema = z.string().check(
  z.maxLength(longestUrl),
  z.regex(/^https?:\/\/[^\s/?#]+[^\s]*$/),
  z.refine((url) => URL.canParse(url)),
);

/** `POST /v1/proof`: the request that the license token is about to go with. */
export const proofRequestSchema = z.strictObject({
  method: methodSchema,
  url: httpUrlSchema,
  /** What the server asked for in `DPoP-Nonce` (RFC 9449 §8). */
  nonce: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000))),
});
export type ProofRequest = z.infer<typeof proofRequestSchema>;

export const proofAnswerSchema = z.object({ proof: z.string() });
export type ProofAnswer = z.infer<typeof proofAnswerSchema>;
