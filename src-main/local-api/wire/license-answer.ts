import { z } from 'zod/mini';
import { editions } from '../../../src-shared/servers/server-profile.ts';
import { instantSchema, licenseMembersSchema, licenseStatuses } from '../../license/license-members.ts';

/** Why something did not work, in the words that the console also shows. */
export const failureSchema = z.object({ code: z.string(), title: z.string(), detail: z.string() });

/** `GET /v1/license`: License Status and Token Expiry, which are never mixed, and what the license says. */
export const licenseAnswerSchema = z.object({
  server_name: z.string(),
  /** The edition chosen in the settings. */
  profile_edition: z.optional(z.enum(editions)),
  /** Of a license alone. */
  ...z.partial(licenseMembersSchema).shape,
  status: z.enum([...licenseStatuses, 'not_licensed']),
  clock: z.union([
    z.object({ state: z.literal('right') }),
    /** `in_doubt`: there is evidence that this computer's clock is wrong, and the Authorization server is being asked. */
    z.object({ state: z.enum(['in_doubt', 'wrong']), local_at: instantSchema, trusted_at: instantSchema }),
  ]),
  /** Trusted time. */
  judged_at: instantSchema,
  refresh: z.object({
    /** False if the Authorization server issued no refresh token. A person has to authorize again before the token expires. */
    can_refresh: z.optional(z.boolean()),
    last_refreshed_at: z.optional(instantSchema),
    next_refresh_at: z.optional(instantSchema),
    last_failure: z.optional(failureSchema),
  }),
  /** The keychain's failure, if the last call to it failed. */
  keychain: z.optional(failureSchema),
});
export type LicenseAnswer = z.infer<typeof licenseAnswerSchema>;
export type FailureAnswer = z.infer<typeof failureSchema>;
