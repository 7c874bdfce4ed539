import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

export type BenchAlgorithm = 'ES256' | 'RS256';

export const benchIssuer = 'https://auth.example';
export const benchAudience = 'urn:fusion-pos:license';
const benchServerId = 'store-014-8f0c2d17';
const benchOrganization = { id: 'fc-xmsqa1', name: 'Fusion Coffee' };

/** The signing key, and the tokens of a store's registers. Each call makes new tokens for the same registers. */
export class RegisterTokens {
  readonly jwk: Record<string, unknown>;
  readonly #algorithm: BenchAlgorithm;
  readonly #kid = randomUUID();
  readonly #key: KeyObject;

  constructor(algorithm: BenchAlgorithm) {
    this.#algorithm = algorithm;
    const { privateKey, publicKey } =
      algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#key = privateKey;
    this.jwk = { ...publicKey.export({ format: 'jwk' }), kid: this.#kid, use: 'sig', alg: algorithm };
  }

  make(count: number): string[] {
    return Array.from({ length: count }, (_none, nth) => this.#sign(registerClaims(nth)));
  }

  /** The token of the server that the registers call. */
  ownToken(): string {
    return this.#sign(serverClaims());
  }

  /** Signed, but with a different key. */
  tampered(count: number): string[] {
    return this.make(count).map((token) => `${token.slice(0, -8)}AAAAAAAA`);
  }

  #sign(claims: object): string {
    const header = { alg: this.#algorithm, kid: this.#kid, typ: 'at+jwt' };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode(header)}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}

function registerClaims(nth: number): object {
  const issuedAt = Math.floor(Date.now() / 1000) - 60;
  return {
    ...tokenClaims(issuedAt),
    server_id: `register-014-${nth}`,
    server_name: `Register 014-${nth}`,
    device_type: 'register',
    license_id: 'lic-registers',
    license_name: 'Registers',
    features: ['pos'],
    hub: { server_id: benchServerId, name: 'Store 014', url: 'https://store014.fusion-coffee.example' },
  };
}

function serverClaims(): object {
  return {
    ...tokenClaims(Math.floor(Date.now() / 1000) - 60),
    server_id: benchServerId,
    server_name: 'Store 014',
    device_type: 'server',
    edition: 'store',
    license_id: 'lic-rms-servers',
    license_name: 'RMS Servers',
    features: ['xms'],
    hub: { server_id: 'corporate-1-c41f60e3', name: 'Corporate 1', url: 'https://corp1.fusion-coffee.example' },
  };
}

function tokenClaims(issuedAt: number): object {
  return {
    iss: benchIssuer,
    sub: 'installer',
    aud: benchAudience,
    client_id: 'fusion-license-console',
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + 5 * 86_400,
    organization: benchOrganization,
    license_renewal_date: new Date((issuedAt + 127 * 86_400) * 1000).toISOString().slice(0, 10),
    license_time_zone: 'America/New_York',
    license_warning_days: 30,
  };
}
