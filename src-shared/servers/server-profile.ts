import { z } from 'zod/mini';
import { hostPatterns } from './host-patterns.ts';

export const editions = ['cloud', 'corporate', 'store'] as const;
/** The kind of POS server. */
export type Edition = (typeof editions)[number];

/** What happens to the license of a server that is forgotten. `none`: it holds none. */
export const forgottenLicenses = ['none', 'remove', 'leave_open'] as const;
export type ForgottenLicense = (typeof forgottenLicenses)[number];

/** The settings of a server that are a line of text, with the maximum length of each in characters. */
export const settingLengths = {
  issuer: 2000,
  serverName: 100,
  clientId: 200,
  scope: 500,
  resource: 500,
  audience: 500,
  startAddress: 2000,
  signInHosts: 1000,
  integratedSignInHosts: 1000,
} as const;
export type TextSetting = keyof typeof settingLengths;

const line = (setting: TextSetting) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(settingLengths[setting]), z.regex(/^[^\p{Cc}]+$/u));

/** The settings of a server that a person can change. Validated wherever they enter the console. */
export const profileSettingsSchema = z.object({
  /** The Authorization server's issuer identifier (RFC 8414 §2). */
  issuer: line('issuer'),
  edition: z.enum(editions),
  serverName: line('serverName'),
  clientId: line('clientId'),
  scope: line('scope'),
  /** RFC 8707 resource indicator; if absent, none is sent. */
  resource: z.optional(line('resource')),
  /** The expected `aud` of the license token. If absent, the resource is expected; if that is absent too, any `aud` is accepted. */
  audience: z.optional(line('audience')),
  /** The address of the Authorization pane's start page; if absent, the issuer's address. */
  startAddress: z.optional(line('startAddress')),
  /** Comma-separated hosts on the company's network that are part of the sign-in. The pane is allowed to reach them. */
  signInHosts: z.optional(line('signInHosts')),
  /** Comma-separated {@link hostPatterns} of the servers that may use the sign-in of this computer's user. */
  integratedSignInHosts: z.optional(line('integratedSignInHosts').check(z.refine((list) => hostPatterns(list).all))),
  /** Bind tokens issued from now on to a key of this computer (DPoP, RFC 9449); if absent, no. */
  dpop: z.optional(z.boolean()),
});
export type ProfileSettings = z.infer<typeof profileSettingsSchema>;

const needed = ['issuer', 'edition', 'serverName', 'clientId', 'scope'] as const;
/** A line of text that the schema takes as it is. */
const plainLine = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Finds out quickly whether {@link profileSettingsSchema} would return a value as it is. That is true of nearly all profiles, and with
 * hundreds of them the schema would delay the start. False for some valid ones too.
 */
export function isPlainProfile(value: unknown): value is ProfileSettings {
  if (typeof value !== 'object' || value === null) return false;
  return (
    needed.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]: [string, unknown]) => isPlainSetting(name, member))
  );
}

function isPlainSetting(name: string, value: unknown): boolean {
  if (name === 'edition') return (editions as readonly unknown[]).includes(value);
  if (name === 'dpop') return typeof value === 'boolean';
  // The schema looks into this one.
  if (name === 'integratedSignInHosts' || !Object.hasOwn(settingLengths, name)) return false;
  return typeof value === 'string' && value.length <= settingLengths[name as TextSetting] && plainLine.test(value);
}

/** Is `text` a valid value of `setting`? */
export function isTextOfSetting(setting: TextSetting, text: string): boolean {
  return line(setting).safeParse(text).success;
}

/** One POS server as this console knows it. All stored data is keyed by its id. */
export interface ServerProfile extends ProfileSettings {
  readonly id: string;
}

/** The `aud` that a license token must have (RFC 9068 §4); null if it is not checked. */
export function expectedAudience({
  audience,
  resource,
}: Pick<ProfileSettings, 'audience' | 'resource'>): string | null {
  return audience ?? resource ?? null;
}
