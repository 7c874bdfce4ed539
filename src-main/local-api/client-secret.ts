import { hash, randomBytes } from 'node:crypto';

/** `flc_`, 12 characters that name the client, `_`, and 256 random bits in base64url. */
const secretPattern = /^flc_([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;
const bearer = /^Bearer +(\S+)$/i;

interface NewSecret {
  readonly clientId: string;
  /** Shown once and never stored. */
  readonly secret: string;
  readonly hash: string;
}

export function newSecret(): NewSecret {
  const clientId = randomBytes(6).toString('hex');
  const secret = `flc_${clientId}_${randomBytes(32).toString('base64url')}`;
  return { clientId, secret, hash: hashOf(secret).toString('base64url') };
}

/** One round of SHA-256 is enough: a secret with 256 random bits cannot be guessed. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** The secret in an `Authorization` header (RFC 6750 §2.1) and the client it names. Null if the header holds no such secret. */
export function presentedSecret(
  authorization: string | undefined,
): { readonly secret: string; readonly clientId: string } | null {
  const [, secret] = bearer.exec(authorization ?? '') ?? [];
  const [, clientId] = secretPattern.exec(secret ?? '') ?? [];
  return secret !== undefined && clientId !== undefined ? { secret, clientId } : null;
}
