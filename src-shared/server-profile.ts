import { z } from 'zod/mini';

export const editions = ['cloud', 'corporate', 'store'] as const;
/** The kind of POS server. */
export type Edition = (typeof editions)[number];

const line = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max), z.regex(/^[^\p{Cc}]+$/u));

/** What a person may set about a server; parsed wherever it enters. */
export const profileSettingsSchema = z.object({
  /** The Authorization server's issuer identifier (RFC 8414 §2). */
  issuer: line(2000),
  edition: z.enum(editions),
  serverName: line(100),
  clientId: line(200),
  scope: line(500),
  /** RFC 8707 resource indicator; absent = none is sent. */
  resource: z.optional(line(500)),
  /** The expected `aud` of the license token; absent = the resource, or any where there is none either. */
  audience: z.optional(line(500)),
  /** Where the Authorization pane starts; absent = the issuer's own address. */
  startAddress: z.optional(line(2000)),
  /** Hosts on the company's own network that signing in leads through, separated by commas; the pane may reach them. */
  signInHosts: z.optional(line(1000)),
  /** Whether tokens that are issued from now on are bound to a key of this computer (RFC 9449); absent = no. */
  dpop: z.optional(z.boolean()),
});
export type ProfileSettings = z.infer<typeof profileSettingsSchema>;

/** One POS server as this console knows it. Everything stored is keyed by its id. */
export interface ServerProfile extends ProfileSettings {
  readonly id: string;
}

/** The `aud` that a license token must have (RFC 9068 §4); null where none is compared. */
export function expectedAudience({
  audience,
  resource,
}: Pick<ProfileSettings, 'audience' | 'resource'>): string | null {
  return audience ?? resource ?? null;
}
