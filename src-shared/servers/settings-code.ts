import type { ProfileSettings } from './server-profile.ts';

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
