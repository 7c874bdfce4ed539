/** Certificates of the keys that sign license tokens (RFC 7517 §4.7), each created on first use. */
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import type { JWK } from 'oidc-provider';
import { generate } from 'selfsigned';

interface CertificateMembers {
  readonly x5c: [string];
  /** RFC 7517 §4.8. */
  readonly x5t: string;
}

export class SigningCertificates {
  readonly #made = new Map<string, Promise<CertificateMembers>>();

  /** Adds certificates to those of the published keys that are RSA keys. */
  async added(published: readonly JWK[], keys: readonly JWK[]): Promise<JWK[]> {
    return Promise.all(
      published.map(async (jwk) => {
        const own = keys.find(({ kid }) => kid === jwk.kid);
        return own?.kty === 'RSA' ? { ...jwk, ...(await this.#of(own)) } : jwk;
      }),
    );
  }

  #of(jwk: JWK): Promise<CertificateMembers> {
    const kid = jwk.kid ?? '';
    const made = this.#made.get(kid) ?? certificate(jwk);
    this.#made.set(kid, made);
    return made;
  }
}

async function certificate(jwk: JWK): Promise<CertificateMembers> {
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const name = [{ name: 'commonName', value: 'License Token Signing' }];
  const { cert } = await generate(name, { keyPair: { privateKey, publicKey }, algorithm: 'sha256' });
  const { raw } = new X509Certificate(cert);
  return { x5c: [raw.toString('base64')], x5t: createHash('sha1').update(raw).digest('base64url') };
}
