/** The name of a server that is set up without one. Its license then gives it the name of its device. */
export const usualServerName = 'This server';

/**
 * The default OAuth parameters of a new server profile. The first run shows them under "Advanced"; all other code reads them
 * from the profile. Resource and audience are empty: many servers refuse a device authorization request that names a resource.
 */
export const profileDefaults = {
  /** RFC 6749 §2.2 client identifier of a public client. */
  clientId: 'fusion-license-console',
  /** RFC 6749 §3.3; `offline_access` requests a refresh token. */
  scope: 'offline_access license',
} as const;
