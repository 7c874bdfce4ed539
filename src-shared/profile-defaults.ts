/**
 * The shipped OAuth parameters of a new server profile, equal to those that the sandbox Authorization server accepts.
 * First run shows them under "Advanced"; everything else in the product reads them from the profile.
 */
export const profileDefaults = {
  /** RFC 6749 §2.2 client identifier of a public client. */
  clientId: 'fusion-license-console',
  /** RFC 6749 §3.3; `offline_access` asks for a refresh token. */
  scope: 'offline_access license',
  /** RFC 8707 resource indicator; also the expected audience (`aud`) unless the profile names another. */
  resource: 'urn:fusion-pos:license',
} as const;
