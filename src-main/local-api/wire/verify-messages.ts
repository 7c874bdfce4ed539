import { z } from 'zod/mini';
import { peerReasons, peerWarnings } from '../../../src-shared/registers/peer-verdict.ts';
import {
  dateUnclearSchema,
  editionSchema,
  hubSchema,
  instantSchema,
  licenseStatuses,
  organizationSchema,
} from '../../license/license-members.ts';
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

export const peerReasonSchema = z
  .enum(peerReasons)
  .check(z.describe("Why a peer's token is not accepted. README.md says what to do about each reason."));

export const peerSchema = z
  .object({
    server_id: z.optional(z.string()),
    server_name: z.optional(z.string()),
    device_type: z.optional(z.string()),
    edition: z.optional(editionSchema),
    organization: z.optional(organizationSchema),
    features: z.optional(z.array(z.string())),
    hub: z.optional(hubSchema),
    license: z.optional(
      z.object({
        status: z.enum(licenseStatuses),
        warns_at: z.optional(instantSchema),
        ends_at: z.optional(instantSchema),
        date_unclear: dateUnclearSchema,
      }),
    ),
    issued_at: z.optional(instantSchema),
    expires_at: z.optional(instantSchema),
  })
  .check(z.describe("What the peer's token says about the peer."));
export type PeerAnswer = z.infer<typeof peerSchema>;

const acceptedAnswerSchema = z.object({
  accepted: z.literal(true),
  relation: z
    .enum(['our_peer', 'our_hub'])
    .check(z.describe("`our_peer`: this server is the peer's hub. `our_hub`: the peer is this server's hub.")),
  peer: peerSchema,
  warnings: z
    .array(z.enum(peerWarnings))
    .check(
      z.describe(
        "`organization_not_named`: neither license names an organization, so only the hub was compared. `license_expired`: the peer's license has expired, but a setting of the console accepts it.",
      ),
    ),
  expires_at: instantSchema.check(z.describe("When the peer's token expires. The verdict may be reused until then.")),
  judged_at: instantSchema,
});
const refusedAnswerSchema = z.object({
  accepted: z.literal(false),
  reason: peerReasonSchema,
  detail: z.string().check(z.describe('The reason in one plain sentence.')),
  authentic: z
    .boolean()
    .check(z.describe('Whether the issuer signed the token. If false, anybody may have written the values in `peer`.')),
  peer: z.optional(peerSchema),
  judged_at: instantSchema,
});
export const verifyAnswerSchema = z
  .discriminatedUnion('accepted', [acceptedAnswerSchema, refusedAnswerSchema])
  .check(z.describe('`POST /v1/verify`. A token that is not accepted is also answered with status 200.'));
export type VerifyAnswer = z.infer<typeof verifyAnswerSchema>;
