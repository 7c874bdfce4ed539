import {
  base64url,
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  importPKCS8,
  SignJWT,
} from 'jose';
import { z } from 'zod/mini';
import { present } from '../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';

const algorithm = 'ES256';
/** A coordinate of 32 bytes in base64url. */
const coordinate = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));

/** The private key as stored in the keychain (RFC 7518 §6.2.2). */
export const privateKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  d: coordinate,
});
type PrivateKeyJwk = z.infer<typeof privateKeySchema>;

type SigningKey = Awaited<ReturnType<typeof importJWK>>;

/** The contents of a proof (RFC 9449 §4.2). */
interface ProofClaims {
  readonly method: string;
  readonly url: string;
  /** Trusted time, ms since the epoch. */
  readonly issuedAt: number;
  readonly nonce?: string | undefined;
  /** The token that is sent with the proof. Required when a bound token is presented (RFC 9449 §7), not at the token endpoint. */
  readonly accessToken?: string | undefined;
}

/** The fact `cause` of `secret_store_damaged` if the key in the keychain is damaged, rather than the tokens missing. */
export const damagedKey = 'key';

/**
 * The key that license tokens are bound to (RFC 9449). It is stored only in the keychain and used only in the memory of the main
 * process. It is in private fields, so that neither JSON nor an inspector shows it.
 */
export class ProofKey {
  readonly #privateJwk: PrivateKeyJwk;
  readonly #signingKey: SigningKey;
  /** The `jkt` of a token that is bound to this key (RFC 7638, SHA-256). */
  readonly thumbprint: string;

  private constructor(privateJwk: PrivateKeyJwk, signingKey: SigningKey, thumbprint: string) {
    this.#privateJwk = privateJwk;
    this.#signingKey = signingKey;
    this.thumbprint = thumbprint;
  }

  /** Creates a key, in memory only. */
  static async create(): Promise<ProofKey> {
    const { privateKey: generated } = await generateKeyPair(algorithm, { extractable: true });
    // Node.js locks a key while it exports it as JWK, and again when the garbage collector removes the job that made the key. If both
    // happen at once, the process hangs. A key that was imported has no such job.
    const privateKey = await importPKCS8(await exportPKCS8(generated), algorithm, { extractable: true });
    const jwk = privateKeySchema.parse(await exportJWK(privateKey));
    return new ProofKey(jwk, privateKey, await calculateJwkThumbprint(jwk));
  }

  /** Restores a key from the keychain. Failure: `secret_store_damaged` with the cause {@link damagedKey} if it is not a valid key. */
  static async restore(privateJwk: PrivateKeyJwk): Promise<Result<ProofKey>> {
    try {
      const signingKey = await importJWK({ ...privateJwk }, algorithm);
      return succeed(new ProofKey(privateJwk, signingKey, await calculateJwkThumbprint(privateJwk)));
    } catch {
      return fail('secret_store_damaged', { facts: { cause: damagedKey } });
    }
  }

  /** Only for storing in the keychain. */
  get privateJwk(): PrivateKeyJwk {
    return this.#privateJwk;
  }

  /** Signs a proof for one request, with its own `jti` (RFC 9449 §4.2). */
  async prove({ method, url, issuedAt, nonce, accessToken }: ProofClaims): Promise<string> {
    const { origin, pathname } = new URL(url);
    const { kty, crv, x, y } = this.#privateJwk;
    return new SignJWT({
      jti: crypto.randomUUID(),
      htm: method,
      htu: `${origin}${pathname}`,
      ...present({ nonce, ath: accessToken === undefined ? undefined : await digestOf(accessToken) }),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: algorithm, jwk: { kty, crv, x, y } })
      .setIssuedAt(Math.floor(issuedAt / 1000))
      .sign(this.#signingKey);
  }
}

/** RFC 9449 §4.2, `ath`. */
async function digestOf(accessToken: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken))));
}
