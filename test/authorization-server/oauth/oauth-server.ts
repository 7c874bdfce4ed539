/** The OAuth server: `oidc-provider` plus `interval` and `slow_down` of the device grant (RFC 8628). */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type ProviderType from 'oidc-provider';
import type { JWK, KoaContextWithOIDC } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import { CustomOIDCProviderError, InvalidGrant, SlowDown, UseDpopNonce } from 'oidc-provider/lib/helpers/errors.js';
import { requestEntry } from '../request-log.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { completeDeviceAuthorization } from './device-authorization-answer.ts';
import { providerConfiguration, refuseResource, type ServerSecrets } from './provider-configuration.ts';
import { refreshTokenLifeSeconds } from './refresh-token-life.ts';
import { SigningCertificates } from './signing-certificates.ts';

const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';

type GrantRegistration<P extends object> = Parameters<typeof ProviderType.prototype.registerGrantType<P>>;

/** Adds checks before the grant handlers. They run after the client is identified and the parameters are parsed. */
function pacedProvider(state: SandboxState): typeof ProviderType {
  return class PacedProvider extends Provider {
    override registerGrantType<P extends object>(...[name, handler, ...more]: GrantRegistration<P>): void {
      const checked: typeof handler = async (ctx) => {
        refuseResource(state, ctx);
        if (name === deviceCodeGrant) requirePace(state, ctx);
        if (name === 'refresh_token') await requireUsable(state, ctx);
        try {
          await handler(ctx);
          if (name === 'refresh_token') await prolong(state, ctx);
        } catch (error) {
          if (error instanceof UseDpopNonce) forgivePoll(state, ctx);
          throw error;
        }
      };
      super.registerGrantType(name, checked, ...more);
    }
  };
}

/** RFC 8628 §3.5: a poll before the interval is over gets `slow_down`. */
function requirePace(state: SandboxState, ctx: KoaContextWithOIDC): void {
  const code = ctx.oidc.params?.device_code;
  if (typeof code !== 'string') return;
  if (state.pacing.isTooEarly(code, state.settings.interval.enforceSeconds, performance.now())) throw new SlowDown();
}

/** RFC 9449 §8: a client repeats a request that only lacked the nonce at once, so that request does not start an interval. */
function forgivePoll(state: SandboxState, ctx: KoaContextWithOIDC): void {
  const code = ctx.oidc.params?.device_code;
  if (typeof code === 'string') state.pacing.forgive(code);
}

async function requireUsable(state: SandboxState, ctx: KoaContextWithOIDC): Promise<void> {
  const token = await sentRefreshToken(ctx);
  if (token?.consumed && state.settings.reusedRefreshToken === 'refused') throw new InvalidGrant();
  requireActiveLicense(state, token?.grantId);
}

async function sentRefreshToken(ctx: KoaContextWithOIDC) {
  const value = ctx.oidc.params?.refresh_token;
  return typeof value === 'string' ? ctx.oidc.provider.RefreshToken.find(value) : undefined;
}

/** With `reuse` and `sliding`, each use of a refresh token extends its lifetime. */
async function prolong(state: SandboxState, ctx: KoaContextWithOIDC): Promise<void> {
  const { rotation, refreshTokenExpiry } = state.settings;
  if (rotation !== 'reuse' || refreshTokenExpiry !== 'sliding') return;
  const token = await sentRefreshToken(ctx);
  const exp = Math.floor(Date.now() / 1000) + refreshTokenLifeSeconds(state.settings, token ?? {});
  if (token) await Object.assign(token, { exp }).save();
}

/** An inactive license refuses the refresh (RFC 6749 §5.2) but keeps the grant, which works again once the license is active. */
function requireActiveLicense(state: SandboxState, grantId: string | undefined): void {
  const license = state.records.license(state.records.device(state.deviceGrants.deviceOf(grantId))?.licenseId);
  if (license !== undefined && !license.isActive) {
    throw new CustomOIDCProviderError('invalid_grant', `the license "${license.name}" is not active`);
  }
}

export class OAuthServer {
  readonly issuer: string;
  readonly #state: SandboxState;
  readonly #secrets: ServerSecrets = { cookieKey: randomBytes(32).toString('hex'), dpopNonce: randomBytes(32) };
  readonly #certificates = new SigningCertificates();
  #provider!: ProviderType;
  #handle!: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  constructor(issuer: string, state: SandboxState) {
    this.issuer = issuer;
    this.#state = state;
    this.reload();
  }

  /** The running `oidc-provider`, for access to its models. */
  get provider(): ProviderType {
    return this.#provider;
  }

  /** Applies new signing keys. `oidc-provider` reads its keys only when it is created, so this creates a new one on the same storage. */
  reload(): void {
    this.#state.keys.kid(this.#state.settings.signingAlgorithm);
    const PacedProvider = pacedProvider(this.#state);
    const provider = new PacedProvider(this.issuer, providerConfiguration(this.#state, this.#secrets));
    provider.use(async (ctx, next) => {
      if (this.#state.settings.revocation === 'refused' && ctx.path === this.#state.dialect.paths.revocation) {
        refuseClient(ctx);
        return noteOutcome(ctx as KoaContextWithOIDC);
      }
      await next();
      const oidc = ctx.oidc as KoaContextWithOIDC['oidc'] | undefined;
      if (oidc?.route === 'device_authorization') await completeDeviceAuthorization(this.#state, provider, ctx);
      if (oidc?.route === 'jwks' && this.#state.settings.certificates) await this.#addCertificates(ctx);
      noteOutcome(ctx as KoaContextWithOIDC);
      if (!this.#state.settings.errorDescriptions) dropDescription(ctx.body);
    });
    this.#provider = provider;
    this.#handle = provider.callback();
  }

  async #addCertificates(ctx: { body: unknown }): Promise<void> {
    const { keys } = ctx.body as { keys: JWK[] };
    ctx.body = { keys: await this.#certificates.added(keys, this.#state.keys.jwks().keys) };
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#handle(request, response);
  }
}

/** RFC 7009 §2.1 lets a server require client authentication, which a public client cannot provide. */
function refuseClient(ctx: { status: number; body: unknown; set(name: string, value: string): void }): void {
  ctx.status = 401;
  ctx.set('WWW-Authenticate', 'Basic realm="revocation"');
  ctx.body = { error: 'invalid_client' };
}

function dropDescription(body: unknown): void {
  if (typeof body === 'object' && body !== null && 'error' in body && 'error_description' in body)
    delete body.error_description;
}

/** Records the grant type and the answer's error code in the request log. */
function noteOutcome(ctx: KoaContextWithOIDC): void {
  const entry = requestEntry(ctx.req);
  const grantType: unknown = (ctx.oidc as KoaContextWithOIDC['oidc'] | undefined)?.params?.grant_type;
  const body: unknown = ctx.body;
  if (entry === undefined) return;
  if (typeof grantType === 'string') entry.grantType = grantType;
  if (typeof body === 'object' && body !== null && 'error' in body) entry.error = String(body.error);
}
