import { X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';
import { fingerprintOf } from '../pairing-keys.ts';

export interface OfferCertificate {
  readonly key: string;
  readonly certificate: string;
  /** The SHA-256 of the certificate, in hex. */
  readonly fingerprint: string;
}

const dayMs = 86_400_000;

/** A certificate for one offer, only in memory. Nobody checks its dates or its name: it is identified by its fingerprint. */
export async function makeOfferCertificate(now: number): Promise<OfferCertificate> {
  const made = await generate([{ name: 'commonName', value: 'Fusion License Console' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: new Date(now + dayMs),
  });
  return {
    key: made.private,
    certificate: made.cert,
    fingerprint: fingerprintOf(new X509Certificate(made.cert).raw),
  };
}
