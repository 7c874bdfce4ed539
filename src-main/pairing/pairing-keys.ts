import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type PairingWords, pairingWords } from './pairing-words.ts';

/** What both sides of a pairing derive from the session key. */
export interface PairingKeys {
  /** The credential of the server's console for every later request (RFC 6750). A secret. */
  readonly bearer: string;
  /** Shown on both screens for comparison. Not a secret. */
  readonly words: PairingWords;
}

/** Derives them with HKDF-SHA-256 (RFC 5869). `fingerprint` is that of the laptop's certificate, in hex. */
export function pairingKeys(sessionKey: string, fingerprint: string): PairingKeys {
  const derive = (info: string): Buffer =>
    Buffer.from(
      hkdfSync('sha256', sessionKey, Buffer.from(fingerprint, 'hex'), `fusion-license-console pairing ${info}`, 32),
    );
  return { bearer: derive('bearer').toString('base64url'), words: pairingWords(derive('words')) };
}

/** Compares in a time that does not depend on the texts. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** The SHA-256 of a certificate (DER), in hex. */
export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
