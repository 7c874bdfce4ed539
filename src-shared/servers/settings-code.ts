import { z } from 'zod/mini';
import { type ProfileSettings, profileSettingsSchema } from './server-profile.ts';

/** The version of the format. A reader refuses any other one. */
const version = 1;

/**
 * The settings of a server as one line of JSON, for a QR code on paper. What its members mean is in
 * docs/decisions/settings-in-a-qr-code.md. It contains no secret: the console's client has none.
 */
export function settingsCode({
  issuer,
  clientId,
  scope,
  resource,
  audience,
  serverName,
  edition,
}: ProfileSettings): string {
  // A member without a value is left out.
  return JSON.stringify({
    fusion_license_settings: version,
    issuer,
    client_id: clientId,
    scope,
    resource,
    audience,
    server_name: serverName,
    edition,
  });
}

const { issuer, clientId, scope, resource, audience, serverName, edition } = profileSettingsSchema.shape;
const codeSchema = z.object({
  fusion_license_settings: z.literal(version),
  issuer,
  client_id: clientId,
  scope,
  resource,
  audience,
  server_name: serverName,
  edition,
});

/** Is the text such a code, of any version, or the beginning of one that a scanner types? */
export function looksLikeSettingsCode(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** The settings in a code. Null if the text is no code, is not whole yet, or has a version that this console does not know. */
export function readSettingsCode(text: string): ProfileSettings | null {
  if (!looksLikeSettingsCode(text)) return null;
  const read = codeSchema.safeParse(jsonOf(text));
  if (!read.success) return null;
  const { fusion_license_settings: _, client_id, server_name, ...rest } = read.data;
  return { ...rest, clientId: client_id, serverName: server_name };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
