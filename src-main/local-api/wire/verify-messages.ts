import { z } from 'zod/mini';
import { peerReasons, peerWarnings } from '../../../src-shared/registers/peer-verdict.ts';
import { editions } from '../../../src-shared/servers/server-profile.ts';
import { hubSchema, instantSchema, licenseStatuses, organizationSchema } from '../../license/license-members.ts';
import { longestUrl } from './token-messages.ts';

/** `POST /v1/verify`: the token that a register or another server presented. */
export const verifyRequestSchema = z.strictObject({
  /** Any text that was presented. Text that is not a token gets the reason `malformed`. */
  token: z.string(),
  /** The proof of possession that came with the token, and the request that carried both (RFC 9449 §4.3). */
  proof: z.optional(
    z.strictObject({
      proof: z.string().check(z.maxLength(16_384)),
      method: z.string().check(z.minLength(1), z.maxLength(20)),
      url: z.string().check(z.minLength(1), z.maxLength(longestUrl)),
    }),
  ),
});
export type VerifyRequest = z.infer<typeof verifyRequestSchema>;

/** What the peer's token says about the peer. */
export const peerSchema = z.object({
  server_id: z.optional(z.string()),
  server_name: z.optional(z.string()),
  device_type: z.optional(z.string()),
  edition: z.optional(z.enum(editions)),
  organization: z.optional(organizationSchema),
  features: z.optional(z.array(z.string())),
  hub: z.optional(hubSchema),
  license: z.optional(
    z.object({
      status: z.enum(licenseStatuses),
      warns_at: z.optional(instantSchema),
      ends_at: z.optional(instantSchema),
      /** The renewal date could not be read, so the end of the peer's license is unknown. */
      date_unclear: z.optional(z.boolean()),
    }),
  ),
  issued_at: z.optional(instantSchema),
  expires_at: z.optional(instantSchema),
});
export type PeerAnswer = z.infer<typeof peerSchema>;

const acceptedAnswerSchema = z.object({
  accepted: z.literal(true),
  /** `our_peer`: this server is the peer's hub. `our_hub`: the peer is this server's hub. */
  relation: z.enum(['our_peer', 'our_hub']),
  peer: peerSchema,
  /** What to know about the peer although it is accepted. */
  warnings: z.array(z.enum(peerWarnings)),
  /** When the peer's token expires. After that the peer has to present another one. */
  expires_at: instantSchema,
  judged_at: instantSchema,
});
const refusedAnswerSchema = z.object({
  accepted: z.literal(false),
  reason: z.enum(peerReasons),
  /** The reason in one plain sentence. */
  detail: z.string(),
  /** Whether the issuer signed the token. If false, anybody may have written the values in `peer`. */
  authentic: z.boolean(),
  peer: z.optional(peerSchema),
  judged_at: instantSchema,
});
/** `POST /v1/verify`. A token that is not accepted is also answered with status 200. */
export const verifyAnswerSchema = z.discriminatedUnion('accepted', [acceptedAnswerSchema, refusedAnswerSchema]);
export type VerifyAnswer = z.infer<typeof verifyAnswerSchema>;
