import { z } from 'zod/mini';
import { editionSchema, instantSchema, licenseMembersSchema, licenseStatuses } from '../../license/license-members.ts';

export const failureSchema = z
  .object({ code: z.string(), title: z.string(), detail: z.string() })
  .check(z.describe('Why something did not work, in the words that the console also shows.'));

export const licenseAnswerSchema = z
  .object({
    server_name: z.string(),
    profile_edition: z.optional(editionSchema.check(z.describe('The edition chosen in the settings.'))),
    /** Of a license alone. */
    ...z.partial(licenseMembersSchema).shape,
    status: z.enum([...licenseStatuses, 'not_licensed']),
    clock: z.union([
      z.object({ state: z.literal('right') }),
      z
        .object({ state: z.enum(['in_doubt', 'wrong']), local_at: instantSchema, trusted_at: instantSchema })
        .check(
          z.describe(
            "`in_doubt`: there is evidence that this computer's clock is wrong, and the Authorization server is being asked.",
          ),
        ),
    ]),
    judged_at: instantSchema.check(z.describe('Trusted time.')),
    refresh: z.object({
      can_refresh: z.optional(
        z
          .boolean()
          .check(
            z.describe(
              'False if the Authorization server issued no refresh token. A person has to authorize again before the token expires.',
            ),
          ),
      ),
      last_refreshed_at: z.optional(instantSchema),
      next_refresh_at: z.optional(instantSchema),
      last_failure: z.optional(failureSchema),
    }),
    keychain: z.optional(failureSchema.check(z.describe("The keychain's failure, if the last call to it failed."))),
  })
  .check(
    z.describe('`GET /v1/license`: License Status and Token Expiry, which are never mixed, and what the license says.'),
  );
export type LicenseAnswer = z.infer<typeof licenseAnswerSchema>;
export type FailureAnswer = z.infer<typeof failureSchema>;
