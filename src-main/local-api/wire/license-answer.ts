import { z } from 'zod/mini';
import { editions } from '../../../src-shared/server-profile.ts';
import { instantSchema } from './instant.ts';

/** Why something did not work, in the words that the console also shows. */
export const failureSchema = z.object({ code: z.string(), title: z.string(), detail: z.string() });

export const organizationSchema = z.object({ id: z.string(), name: z.optional(z.string()) });
export const hubSchema = z.object({
  server_id: z.optional(z.string()),
  name: z.optional(z.string()),
  url: z.optional(z.string()),
});

/** License Status. Depends only on the license renewal date. */
export const licenseStatuses = ['licensed', 'requires_renewal', 'expired'] as const;

/** `GET /v1/license`: License Status and Token Expiry, which are never mixed, and what the license says. */
export const licenseAnswerSchema = z.object({
  server_name: z.string(),
  /** The edition chosen in the settings. */
  profile_edition: z.optional(z.enum(editions)),
  status: z.enum([...licenseStatuses, 'not_licensed']),
  /** If its members are absent, the license never needs renewal. */
  renewal: z.optional(
    z.object({
      warns_at: z.optional(instantSchema),
      ends_at: z.optional(instantSchema),
      date: z.optional(z.string()),
      time_zone: z.optional(z.string()),
      /** The renewal date could not be read, so the end of the license is unknown. */
      date_unclear: z.optional(z.boolean()),
    }),
  ),
  /** Token Expiry of the current license token. */
  token: z.optional(
    z.object({
      state: z.enum(['fine', 'expires_soon', 'expired']),
      issued_at: instantSchema,
      warns_at: instantSchema,
      expires_at: instantSchema,
    }),
  ),
  clock: z.union([
    z.object({ state: z.literal('right') }),
    /** `in_doubt`: there is evidence that this computer's clock is wrong, and the Authorization server is being asked. */
    z.object({ state: z.enum(['in_doubt', 'wrong']), local_at: instantSchema, trusted_at: instantSchema }),
  ]),
  /** Trusted time. */
  judged_at: instantSchema,
  server_id: z.optional(z.string()),
  edition: z.optional(z.enum(editions)),
  organization: z.optional(organizationSchema),
  license_id: z.optional(z.string()),
  license_name: z.optional(z.string()),
  features: z.optional(z.array(z.string())),
  hub: z.optional(hubSchema),
  /** Claims of the license token that are present but could not be read. */
  unclear: z.optional(z.array(z.object({ claim: z.string(), value: z.string() }))),
  /** Names of claims that were too long. Their values are cut off. */
  cut: z.optional(z.array(z.string())),
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
