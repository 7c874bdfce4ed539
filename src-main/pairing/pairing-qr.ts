import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { PairingAddress } from './pairing-address.ts';
import { mostAddresses } from './wire.ts';
import { asLetters, fromLetters, readPairingCode, typedLetters } from './pairing-code.ts';

/** What a person or a barcode scanner typed. */
export interface PairingText {
  readonly code: string;
  /** The addresses in a QR code, the most likely first. Empty if only a code was typed. */
  readonly addresses: readonly PairingAddress[];
  /** The first 16 bytes of the SHA-256 of the laptop's certificate, in hex. Absent if only a code was typed. */
  readonly fingerprint?: string;
}

/** Marks the text as one of this product, with the version of the format. */
const mark = 'FLCB';
const codeLetters = 8;
const fingerprintBytes = 16;
const checkBytes = 2;
/** In letters. A code of 45 by 45 modules holds so many at level M, and a simple scanner still reads it from a screen. */
const longestQr = 178;
const bytesOf = { four: 4, six: 16 } as const;

/**
 * The text of the QR code: port, code, the beginning of the fingerprint, and as many addresses as a simple scanner can read. It consists
 * only of the letters of a code, since a barcode scanner types it like a keyboard of another layout. `fingerprint` is in hex.
 */
export function pairingQr(addresses: readonly PairingAddress[], code: string, fingerprint: string): string {
  const known = addresses.filter(({ host }) => isIPv4(host) || isIPv6(host)).slice(0, mostAddresses);
  let chosen: readonly PairingAddress[] = [];
  // An IPv6 address that has no room leaves it to the addresses after it.
  for (const one of known) if (qrOf([...chosen, one], code, fingerprint).length <= longestQr) chosen = [...chosen, one];
  return qrOf(chosen, code, fingerprint);
}

function qrOf(known: readonly PairingAddress[], code: string, fingerprint: string): string {
  const port = known[0]?.port ?? 0;
  const places = known.map(({ host }) => [isIPv4(host) ? 4 : 6, ...addressBytes(host)]);
  const bytes = Buffer.from([known.length, port >> 8, port & 255, ...places.flat()]);
  const text = `${mark}${code}${asLetters(Buffer.from(shortFingerprint(fingerprint), 'hex'))}${asLetters(bytes)}`;
  return `${text}${checkOf(text)}`;
}

/** The part of a fingerprint that the QR code holds. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, fingerprintBytes * 2);
}

/** Reads a code, or the text of a QR code. Null if it is neither. */
export function readPairingText(typed: string): PairingText | null {
  const code = readPairingCode(typed);
  return code === null ? readQr(typedLetters(typed)) : { code, addresses: [] };
}

function readQr(text: string): PairingText | null {
  const [body, check] = [text.slice(0, -checkBytes * 2), text.slice(-checkBytes * 2)];
  if (!body.startsWith(mark) || checkOf(body) !== check) return null;
  const code = readPairingCode(body.slice(mark.length, mark.length + codeLetters));
  const bytes = fromLetters(body.slice(mark.length + codeLetters));
  if (code === null || bytes === null || bytes.length < fingerprintBytes + 3) return null;
  const addresses = readAddresses(bytes.subarray(fingerprintBytes));
  return addresses && { code, addresses, fingerprint: bytes.subarray(0, fingerprintBytes).toString('hex') };
}

function readAddresses(bytes: Buffer): PairingAddress[] | null {
  const [count = 0, port] = [bytes[0], bytes.readUInt16BE(1)];
  const found: PairingAddress[] = [];
  let at = 3;
  while (at < bytes.length) {
    const size = bytes[at] === 4 ? bytesOf.four : bytesOf.six;
    const part = bytes.subarray(at + 1, at + 1 + size);
    if ((bytes[at] !== 4 && bytes[at] !== 6) || part.length < size) return null;
    found.push({ host: size === 4 ? part.join('.') : groupsOf(part), port });
    at += 1 + size;
  }
  return found.length === count && count <= mostAddresses ? found : null;
}

function groupsOf(bytes: Buffer): string {
  return Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(group * 2).toString(16)).join(':');
}

function addressBytes(host: string): readonly number[] {
  if (isIPv4(host)) return host.split('.').map(Number);
  // `URL` writes an IPv6 address in one form, without an IPv4 address at its end.
  const [head = '', tail = ''] = new URL(`https://[${host}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

function checkOf(text: string): string {
  return asLetters(createHash('sha256').update(text).digest().subarray(0, checkBytes));
}
