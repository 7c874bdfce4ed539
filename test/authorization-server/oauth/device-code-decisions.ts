/** Ends a console's polling (RFC 8628 §3.3): a person or a test authorizes, denies or expires its code. */
import type { SandboxState } from '../sandbox-state.ts';
import type { Device } from '../records/license-records.ts';
import { normalizedUserCode } from './device-authorization-answer.ts';
import type { OAuthServer } from './oauth-server.ts';
import { licenseScope, sandboxClientId, sandboxResource } from './provider-configuration.ts';

type DeviceCode = NonNullable<Awaited<ReturnType<OAuthServer['provider']['DeviceCode']['findByUserCode']>>>;

class UnknownUserCodeError extends Error {
  constructor(userCode: string) {
    super(`The user code ${userCode} is not known, has expired or was used already.`);
  }
}

export class DeviceCodeDecisions {
  readonly #state: SandboxState;
  readonly #oauth: OAuthServer;

  constructor(state: SandboxState, oauth: OAuthServer) {
    this.#state = state;
    this.#oauth = oauth;
  }

  async isPending(userCode: string): Promise<boolean> {
    return (await this.#findPending(userCode)) !== undefined;
  }

  /** Grants the license scope for one device. The console's next poll gets tokens. */
  async authorize(userCode: string, device: Device, accountId: string): Promise<string> {
    const code = await this.#pending(userCode);
    const { provider } = this.#oauth;
    const parameters = code.params as { scope?: string; resource?: string | string[] };
    const scope = parameters.scope ?? `offline_access ${licenseScope}`;
    const resource = [parameters.resource].flat()[0] ?? this.#defaultResource();
    const grant = new provider.Grant({ accountId, clientId: code.clientId ?? sandboxClientId });
    grant.addOIDCScope(scope);
    if (resource !== undefined) grant.addResourceScope(resource, licenseScope);
    const grantId = await grant.save();
    this.#state.deviceGrants.bind(grantId, device.id);
    await Object.assign(code, { accountId, grantId, scope, resource, authTime: Math.floor(Date.now() / 1000) }).save();
    return grantId;
  }

  /** The next poll gets this error, by default `access_denied` (RFC 8628 §3.5). */
  async deny(userCode: string, errorDescription?: string, error = 'access_denied'): Promise<void> {
    const code = await this.#pending(userCode);
    await Object.assign(code, { error, errorDescription }).save();
  }

  /** Makes the code expire early: the next poll gets `expired_token`. */
  async expire(userCode: string): Promise<void> {
    const code = await this.#pending(userCode);
    await Object.assign(code, { exp: Math.floor(Date.now() / 1000) - 1 }).save();
  }

  #defaultResource(): string | undefined {
    return this.#state.settings.resourceParameter === 'needed' ? undefined : sandboxResource;
  }

  async #pending(userCode: string): Promise<DeviceCode> {
    const code = await this.#findPending(userCode);
    if (code === undefined) throw new UnknownUserCodeError(userCode);
    return code;
  }

  async #findPending(userCode: string): Promise<DeviceCode | undefined> {
    const code = await this.#oauth.provider.DeviceCode.findByUserCode(normalizedUserCode(userCode));
    return code === undefined || code.isExpired || code.error || code.accountId ? undefined : code;
  }
}
