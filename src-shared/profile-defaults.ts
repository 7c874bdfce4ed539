/**
 * The shipped OAuth parameters of a new server profile. First run shows them under "Advanced"; everything else in the product
 * reads them from the profile. Resource and audience are empty: many servers refuse a device code that names a resource.
 */
export const profileDefaults = {
  /** RFC 6749 §2.2 client identifier of a public client. */
  clientId: 'fusion-license-console',
  /** RFC 6749 §3.3; `offline_access` asks for a refresh token. */
  scope: 'offline_access license',
} as const;
