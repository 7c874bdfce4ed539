/**
 * The families of Authorization servers that the sandbox can imitate on the wire, as far as their public documentation describes
 * it. A dialect defines the endpoints' paths and the initial settings. A test may change each setting.
 */
import type { Endpoint } from './request-log.ts';
import { daySeconds, type SandboxSettings } from './sandbox-settings.ts';

export const dialectNames = ['sandbox', 'identityserver', 'oidc-provider'] as const;
export type DialectName = (typeof dialectNames)[number];

export interface Dialect {
  readonly paths: Readonly<Record<Exclude<Endpoint, 'discovery' | 'pages'>, string>>;
  /** RFC 8414 §3 and OpenID Connect Discovery §4; some families publish only the latter. */
  readonly discoveryPaths: readonly string[];
  /** The query parameter with the user code in a link to the verification page (RFC 8628 §3.3.1 does not define its name). */
  readonly userCodeParameter: string;
  /** Whether the pages set antiforgery cookies, and set all cookies with `SameSite=None`. */
  readonly hasAntiforgeryCookies: boolean;
  readonly settings: Partial<SandboxSettings>;
}

const openidConfiguration = '/.well-known/openid-configuration';

const sandbox: Dialect = {
  paths: {
    jwks: '/jwks',
    device_authorization: '/device/auth',
    token: '/token',
    revocation: '/token/revocation',
  },
  discoveryPaths: [openidConfiguration, '/.well-known/oauth-authorization-server'],
  userCodeParameter: 'user_code',
  hasAntiforgeryCookies: false,
  settings: {},
};

/** IdentityServer4 and Duende IdentityServer. */
const identityServer: Dialect = {
  paths: {
    jwks: `${openidConfiguration}/jwks`,
    device_authorization: '/connect/deviceauthorization',
    token: '/connect/token',
    revocation: '/connect/revocation',
  },
  discoveryPaths: [openidConfiguration],
  userCodeParameter: 'userCode',
  hasAntiforgeryCookies: true,
  settings: {
    resourceParameter: 'refused',
    audience: 'none',
    claims: { prefix: 'client_', values: 'text', objects: 'text' },
    scopeClaim: 'list',
    sessionClaims: true,
    certificates: true,
    errorDescriptions: false,
    verificationUriComplete: false,
    refreshTokenExpiry: 'absolute',
    refreshTokenLifeSeconds: 30 * daySeconds,
    reusedRefreshToken: 'refused',
    signingAlgorithm: 'RS256',
  },
};

/** `oidc-provider` with its default configuration, apart from the resource server. */
const oidcProvider: Dialect = {
  ...sandbox,
  discoveryPaths: [openidConfiguration],
  settings: {
    resourceParameter: 'needed',
    codeLifeSeconds: 600,
    interval: { enforceSeconds: 0 },
    userCodeStyle: 'letters',
    refreshTokenLifeSeconds: 14 * daySeconds,
    signingAlgorithm: 'RS256',
  },
};

export const dialects: Readonly<Record<DialectName, Dialect>> = {
  sandbox,
  identityserver: identityServer,
  'oidc-provider': oidcProvider,
};

export function isDialectName(name: string): name is DialectName {
  return Object.hasOwn(dialects, name);
}
