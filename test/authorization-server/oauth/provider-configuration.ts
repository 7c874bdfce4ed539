/** The configuration of `oidc-provider`: one public client, the device grant, JWT access tokens for the license resource, DPoP. */
import type { Configuration, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { licenseClaims } from '../records/license-claims.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { completeToken, writtenClaims } from './license-token-form.ts';
import { refreshTokenLifeSeconds } from './refresh-token-life.ts';

export interface ServerSecrets {
  readonly cookieKey: string;
  readonly dpopNonce: Buffer;
}

/** Longer than any license token: a grant ends by revocation, not by age. */
const grantLifeSeconds = 365 * 24 * 60 * 60;

/** The only client and scope of this server. A test checks that the console's defaults match them. */
export const sandboxClientId = 'fusion-license-console';
export const licenseScope = 'license';
/** The resource of a request that names none (RFC 8707 §2). */
export const sandboxResource = 'urn:fusion-pos:license';

export function providerConfiguration(state: SandboxState, secrets: ServerSecrets): Configuration {
  const { settings } = state;
  return {
    adapter: (model: string) => state.storage.adapter(model),
    jwks: state.keys.jwks(),
    // Tells consoles to show "sandbox" in their title bar, in every dialect.
    discovery: { fusion_license_sandbox: true },
    routes: { ...state.dialect.paths, code_verification: '/device' },
    cookies: { keys: [secrets.cookieKey] },
    clients: [publicClient()],
    scopes: ['openid', 'offline_access'],
    responseTypes: [],
    clientAuthMethods: ['none'],
    clientDefaults: { id_token_signed_response_alg: settings.signingAlgorithm },
    findAccount: (_ctx, id) =>
      state.records.user(id) && { accountId: id, claims: () => ({ sub: id, name: state.records.user(id)?.name }) },
    issueRefreshToken: (_ctx, _client, code) =>
      settings.refreshTokens === 'issued' && 'scopes' in code && code.scopes.has('offline_access'),
    rotateRefreshToken: () => settings.rotation === 'rotate',
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.body = out;
    },
    extraTokenClaims: (_ctx, token) => claimsOfGrant(state, 'grantId' in token ? token.grantId : undefined),
    formats: { customizers: { jwt: (_ctx, token, parts) => customizeToken(state, token, parts) } },
    ttl: {
      DeviceCode: () => settings.codeLifeSeconds,
      RefreshToken: (_ctx, token) => refreshTokenLifeSeconds(settings, token),
      AccessToken: () => settings.tokenLifeSeconds,
      IdToken: 3600,
      Grant: grantLifeSeconds,
      Session: grantLifeSeconds,
      Interaction: 3600,
    },
    features: features(state, secrets),
  };
}

/** RFC 6749 §2.1: a native application cannot keep a secret. */
function publicClient() {
  return {
    client_id: sandboxClientId,
    client_name: 'Fusion License Console',
    application_type: 'native' as const,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    response_types: [],
    redirect_uris: [],
  };
}

function features(state: SandboxState, secrets: ServerSecrets): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    deviceFlow: { enabled: true, charset: 'digits', mask: '*********' },
    revocation: {
      enabled: state.settings.revocation !== 'absent',
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    dPoP: { enabled: true, nonceSecret: secrets.dpopNonce, requireNonce: () => state.settings.dpopNonceRequired },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_ctx, _client, oneOf) =>
        state.settings.resourceParameter === 'needed' ? oneOf : sandboxResource,
      useGrantedResource: () => state.settings.resourceParameter !== 'needed',
      getResourceServerInfo: (ctx, indicator) => resourceServer(state, ctx, indicator),
    },
  };
}

/** A server without resources refuses a request that names one. Checked first, so that the refusal uses up no code or token. */
export function refuseResource(state: SandboxState, ctx: KoaContextWithOIDC): void {
  const isNamed = ctx.oidc.body?.['resource'] !== undefined;
  if (state.settings.resourceParameter === 'refused' && isNamed) throw new InvalidTarget();
}

/** RFC 8707 §2 and RFC 9068: the access token for the license resource is a JWT. */
function resourceServer(state: SandboxState, ctx: KoaContextWithOIDC, indicator: string): ResourceServer {
  refuseResource(state, ctx);
  if (state.settings.resourceParameter === 'needed' && indicator !== sandboxResource) throw new InvalidTarget();
  const alg = state.settings.signingAlgorithm;
  return {
    scope: licenseScope,
    audience: indicator,
    accessTokenFormat: 'jwt',
    accessTokenTTL: state.settings.tokenLifeSeconds,
    jwt: { sign: { alg, kid: state.keys.kid(alg) } },
  };
}

function claimsOfGrant(state: SandboxState, grantId: string | undefined): Record<string, unknown> | undefined {
  const deviceId = state.deviceGrants.deviceOf(grantId);
  const claims = deviceId === undefined ? undefined : licenseClaims(state.records, deviceId);
  return claims && writtenClaims(state.settings.claims, claims);
}

/** `oidc-provider` signs no token without an audience. This value satisfies it but disappears when the token is written as JSON. */
const leftOutOfJson = { toJSON: () => undefined };

/** Applies the server's clock offset to every token. A test's claim overrides are applied last. */
function customizeToken(
  state: SandboxState,
  token: object,
  parts: { header?: Record<string, unknown> | undefined; payload: Record<string, unknown> },
): void {
  const offset = state.settings.clockOffsetSeconds;
  for (const name of ['iat', 'exp'] as const) {
    const instant = parts.payload[name];
    if (typeof instant === 'number') parts.payload[name] = instant + offset;
  }
  completeToken(state.settings, parts.payload);
  const deviceId = state.deviceGrants.deviceOf('grantId' in token ? String(token.grantId) : undefined);
  if (deviceId !== undefined) state.claimOverrides.apply(deviceId, parts);
  parts.payload['aud'] ??= leftOutOfJson;
}
