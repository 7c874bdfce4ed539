/** A bare OAuth client for the tests of the sandbox. It sends what a test wants, and checks nothing. */
import { decodeJwt, type JWTPayload } from 'jose';
import type { AuthorizationServer } from '../../authorization-server/authorization-server.ts';
import { type DialectName, dialects } from '../../authorization-server/dialects.ts';
import { profileDefaults } from '../../../src-shared/servers/profile-defaults.ts';

export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export interface DeviceCodeAnswer {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete?: string;
  readonly expires_in: number;
  readonly interval?: unknown;
}

export interface SandboxTokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly token_type: string;
}

export class SandboxClient {
  readonly #server: AuthorizationServer;
  readonly #paths: (typeof dialects)[DialectName]['paths'];

  constructor(server: AuthorizationServer, dialect: DialectName = 'sandbox') {
    this.#server = server;
    this.#paths = dialects[dialect].paths;
  }

  async deviceCode(form: Record<string, string> = {}): Promise<DeviceCodeAnswer> {
    return (await this.askForCode(form)).json as unknown as DeviceCodeAnswer;
  }

  askForCode(form: Record<string, string> = {}): Promise<OAuthAnswer> {
    return this.post(this.#paths.device_authorization, { scope: profileDefaults.scope, ...form });
  }

  poll(code: DeviceCodeAnswer, headers: Record<string, string> = {}): Promise<OAuthAnswer> {
    const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
    return this.post(this.#paths.token, { grant_type: grantType, device_code: code.device_code }, headers);
  }

  refresh(refreshToken: string, form: Record<string, string> = {}): Promise<OAuthAnswer> {
    return this.post(this.#paths.token, { grant_type: 'refresh_token', refresh_token: refreshToken, ...form });
  }

  revoke(refreshToken: string): Promise<OAuthAnswer> {
    return this.post(this.#paths.revocation, { token: refreshToken, token_type_hint: 'refresh_token' });
  }

  /** Tokens for a device that the control port authorizes. */
  async acquire(device: string, form: Record<string, string> = {}): Promise<SandboxTokens> {
    const code = await this.deviceCode(form);
    await this.#server.control.authorizeCode({ userCode: code.user_code, device });
    return (await this.poll(code)).json as unknown as SandboxTokens;
  }

  async post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<OAuthAnswer> {
    const response = await fetch(this.#server.issuer + path, {
      method: 'POST',
      body: new URLSearchParams({ client_id: profileDefaults.clientId, ...form }),
      redirect: 'manual',
      headers,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
  }
}

export function tokensOf(answer: OAuthAnswer): SandboxTokens {
  return answer.json as unknown as SandboxTokens;
}

export function claimsOf(answer: OAuthAnswer | SandboxTokens): JWTPayload {
  return decodeJwt('json' in answer ? tokensOf(answer).access_token : answer.access_token);
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
