import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { AuthorizationServer } from '../authorization-server/authorization-server.ts';
import type { ClaimOverride } from '../authorization-server/records/claim-overrides.ts';
import { heldByTest } from './open-grants.ts';
import { SandboxClient } from '../unit/authorization-server/sandbox-client.ts';

/** Licenses registers and servers at the sandbox, as their own consoles would. */
export class LicensedPeers {
  readonly #server: AuthorizationServer;

  constructor(server: AuthorizationServer) {
    this.#server = server;
  }

  /** Licenses a device and returns its license token. `otherwise` overrides claims of the token. */
  async license(device: string, otherwise?: ClaimOverride): Promise<string> {
    const { control } = this.#server;
    if (otherwise) control.overrideClaims({ device, ...otherwise });
    const { access_token: token, refresh_token: refreshToken } = await new SandboxClient(this.#server).acquire(device);
    heldByTest(refreshToken);
    if (otherwise) control.clearClaimOverrides({ device });
    if (!token) throw new Error(`${device} got no license token`);
    return token;
  }

  /** Did the sandbox sign it? */
  async isIssued(token: string): Promise<boolean> {
    const keys = createRemoteJWKSet(new URL(`${this.#server.issuer}/jwks`));
    return jwtVerify(token, keys, { issuer: this.#server.issuer }).then(
      () => true,
      () => false,
    );
  }
}

/** The token with one claim changed and its original signature. */
export function tampered(token: string, claim: string, value: unknown): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  return [head, Buffer.from(JSON.stringify({ ...claims, [claim]: value })).toString('base64url'), signature].join('.');
}
