import { z } from 'zod/mini';

/** `GET /v1/jwks`: the public keys that the license tokens are signed with (RFC 7517 §5). */
export const signingKeysAnswerSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
export type SigningKeysAnswer = z.infer<typeof signingKeysAnswerSchema>;
