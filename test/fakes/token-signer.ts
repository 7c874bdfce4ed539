import { exportJWK, exportSPKI, generateKeyPair, importSPKI, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

export const issuer = 'https://auth.example';
export const audience = 'urn:fusion-pos:license';
export const clientId = 'fusion-license-console';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** One signing key of the fake Authorization server. */
export class TokenSigner {
  readonly algorithm: string;
  readonly kid: string;
  readonly #pair: KeyPair;

  private constructor(algorithm: string, kid: string, pair: KeyPair) {
    this.algorithm = algorithm;
    this.kid = kid;
    this.#pair = pair;
  }

  static async create(algorithm = 'ES256', kid = `${algorithm}-1`): Promise<TokenSigner> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    // Node.js can hang when it exports a generated key as JWK, see ProofKey. So the key is imported once before.
    const imported = await importSPKI(await exportSPKI(publicKey), algorithm, { extractable: true });
    return new TokenSigner(algorithm, kid, { privateKey, publicKey: imported });
  }

  get privateKey(): CryptoKey {
    return this.#pair.privateKey;
  }

  get publicKey(): CryptoKey {
    return this.#pair.publicKey;
  }

  async keySet(): Promise<JSONWebKeySet> {
    return { keys: [{ ...(await exportJWK(this.#pair.publicKey)), kid: this.kid, alg: this.algorithm, use: 'sig' }] };
  }

  /** Signs claims. A claim that is undefined is left out. */
  sign(payload: Readonly<Record<string, unknown>>, header: Record<string, unknown> = {}): Promise<string> {
    return new SignJWT({ ...payload })
      .setProtectedHeader({ alg: this.algorithm, kid: this.kid, typ: 'at+jwt', ...header })
      .sign(this.#pair.privateKey);
  }
}

/** The claims of a valid license token. */
export function licenseClaims(issuedAt: number, changes: Record<string, unknown> = {}): JWTPayload {
  const iat = Math.floor(issuedAt / 1000);
  return {
    iss: issuer,
    sub: 'installer',
    aud: audience,
    client_id: clientId,
    jti: 'jti-1',
    iat,
    exp: iat + 7 * 86_400,
    server_id: 'store-014',
    server_name: 'Store 014',
    edition: 'store',
    device_type: 'server',
    organization: { id: 'fc-xmsqa1', name: 'Fusion Coffee' },
    license_id: 'lic-1',
    license_name: 'RMS Servers',
    license_renewal_date: '2027-01-31',
    license_time_zone: 'America/New_York',
    features: ['xms'],
    hub: { server_id: 'corporate-1', name: 'Corporate 1', url: 'https://corp1.example' },
    ...changes,
  };
}
