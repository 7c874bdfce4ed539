import { z } from 'zod/mini';

export const editions = ['cloud', 'corporate', 'store'] as const;
/** The kind of POS server. */
export type Edition = (typeof editions)[number];

/** The settings of a server that are a line of text, with how many characters each may have. */
export const settingLengths = {
  issuer: 2000,
  serverName: 100,
  clientId: 200,
  scope: 500,
  resource: 500,
  audience: 500,
  startAddress: 2000,
  signInHosts: 1000,
} as const;
export type TextSetting = keyof typeof settingLengths;

const line = (setting: TextSetting) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(settingLengths[setting]), z.regex(/^[^\p{Cc}]+$/u));

/** What a person may set about a server; parsed wherever it enters. */
export const profileSettingsSchema = z.object({
  /** The Authorization server's issuer identifier (RFC 8414 §2). */
  issuer: line('issuer'),
  edition: z.enum(editions),
  serverName: line('serverName'),
  clientId: line('clientId'),
  scope: line('scope'),
  /** RFC 8707 resource indicator; absent = none is sent. */
  resource: z.optional(line('resource')),
  /** The expected `aud` of the license token; absent = the resource, or any where there is none either. */
  audience: z.optional(line('audience')),
  /** Where the Authorization pane starts; absent = the issuer's own address. */
  startAddress: z.optional(line('startAddress')),
  /** Hosts on the company's own network that signing in leads through, separated by commas; the pane may reach them. */
  signInHosts: z.optional(line('signInHosts')),
  /** Whether tokens that are issued from now on are bound to a key of this computer (RFC 9449); absent = no. */
  dpop: z.optional(z.boolean()),
});
export type ProfileSettings = z.infer<typeof profileSettingsSchema>;

/** Can that setting be this text? */
export function isTextOfSetting(setting: TextSetting, text: string): boolean {
  return line(setting).safeParse(text).success;
}

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
