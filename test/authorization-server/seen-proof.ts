/** The DPoP proof of a request (RFC 9449 §4.2), without verification: `oidc-provider` does that. */
import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';

export interface SeenProof {
  readonly jti: string;
  /** RFC 7638. A token that is bound to the key has this value as `cnf.jkt`. */
  readonly keyThumbprint: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly nonce?: string;
}

/** Undefined if there is no header or it is not a proof. */
export function seenProof(header: string | string[] | undefined): SeenProof | undefined {
  if (typeof header !== 'string') return undefined;
  try {
    const { jwk } = decodeProtectedHeader(header);
    const { jti, iat, nonce } = decodeJwt(header);
    if (jwk?.kty !== 'EC' || jti === undefined || iat === undefined) return undefined;
    return {
      jti,
      keyThumbprint: thumbprint(jwk),
      issuedAt: iat,
      ...(typeof nonce === 'string' ? { nonce } : {}),
    };
  } catch {
    return undefined;
  }
}

function thumbprint({ crv, kty, x, y }: { crv?: string; kty?: string; x?: string; y?: string }): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
