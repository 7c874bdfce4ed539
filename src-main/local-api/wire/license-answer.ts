import { z } from 'zod/mini';
import { editions } from '../../../src-shared/server-profile.ts';
import { instantSchema } from './instant.ts';

/** Why something did not work, in the console's own words. */
export const failureSchema = z.object({ code: z.string(), title: z.string(), detail: z.string() });

export const organizationSchema = z.object({ id: z.string(), name: z.optional(z.string()) });
export const hubSchema = z.object({
  server_id: z.optional(z.string()),
  name: z.optional(z.string()),
  url: z.optional(z.string()),
});

/** License Status: from the license renewal date alone. */
export const licenseStatuses = ['licensed', 'requires_renewal', 'expired'] as const;

/** `GET /v1/license`: both clocks, which are never mixed, and what the license says. */
export const licenseAnswerSchema = z.object({
  server_name: z.string(),
  /** The kind of server that the settings name. */
  profile_edition: z.optional(z.enum(editions)),
  status: z.enum([...licenseStatuses, 'not_licensed']),
  /** Absent members: the license never needs renewal. */
  renewal: z.optional(
    z.object({
      warns_at: z.optional(instantSchema),
      ends_at: z.optional(instantSchema),
      date: z.optional(z.string()),
      time_zone: z.optional(z.string()),
      /** There is a date that could not be read: it is not known when the license ends. */
      date_unclear: z.optional(z.boolean()),
    }),
  ),
  /** Token Expiry, of the license token that is held. */
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
    /** In doubt: evidence speaks against this computer's clock, and the Authorization server is being asked. */
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
  /** Claims of the license token that are there and could not be read, by name, with their values. */
  unclear: z.optional(z.array(z.object({ claim: z.string(), value: z.string() }))),
  /** Claims that were too long, of which only the beginning is answered. */
  cut: z.optional(z.array(z.string())),
  refresh: z.object({
    /** False: the Authorization server issued no refresh token, and a person has to authorize again before the token expires. */
    can_refresh: z.optional(z.boolean()),
    last_refreshed_at: z.optional(instantSchema),
    next_refresh_at: z.optional(instantSchema),
    last_failure: z.optional(failureSchema),
  }),
  /** Trouble with the keychain, as of the last call to it. */
  keychain: z.optional(failureSchema),
});
export type LicenseAnswer = z.infer<typeof licenseAnswerSchema>;
export type FailureAnswer = z.infer<typeof failureSchema>;
