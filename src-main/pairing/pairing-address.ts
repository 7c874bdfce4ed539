import { isIPv4, isIPv6 } from 'node:net';
import { usualPairingPort } from '../../src-shared/pairing/pairing.ts';

/** Where a laptop listens. An IPv6 address is without brackets here. */
export interface PairingAddress {
  readonly host: string;
  readonly port: number;
}

const longestHost = 253;
const longestTyped = 1000;
const hostAndPort = /^(?:\[(?<six>[^[\]]+)\]|(?<name>[^:[\]]+))(?::(?<port>\d{1,5}))?$/;
/** A name, or an IPv4 address. Some computers have an underscore in their name. */
const plainName = /^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$/;
const scoped = /^(?<address>[0-9a-f:.]+)(?:%[\w.-]{1,32})?$/i;

/**
 * The address that a person typed: a name or an IP address, with or without a port. Null if it is not an address. What people add by habit does
 * not matter: blanks, the beginning and the end of a web address, and the comma of a number pad.
 */
export function readPairingAddress(typed: string): PairingAddress | null {
  const text = withoutHabits(inLowerCase(typed.slice(0, longestTyped).normalize('NFKC')));
  if (text.length > longestHost + 10) return null;
  if (isSix(text)) return { host: text, port: usualPairingPort };
  const { six, name, port } = hostAndPort.exec(text)?.groups ?? {};
  const number = port === undefined ? usualPairingPort : Number(port);
  if (number < 1 || number > 65_535) return null;
  if (six !== undefined) return isSix(six) ? { host: six, port: number } : null;
  const host = name === undefined ? null : hostName(name);
  return host === null ? null : { host, port: number };
}

/** The address as a person reads and types it: without the port if that is the usual one. */
export function shownPairingAddress({ host, port }: PairingAddress): string {
  const name = isSix(host) && port !== usualPairingPort ? `[${host}]` : host;
  return port === usualPairingPort ? name : `${name}:${port}`;
}

/** The address with its port, as one console sends it to another. */
export function wholePairingAddress({ host, port }: PairingAddress): string {
  return `${isSix(host) ? `[${host}]` : host}:${port}`;
}

/** The zone of an address is the name of a network card, which may have capital letters (RFC 4007 §11.2). */
function inLowerCase(text: string): string {
  return text.replace(/^[^%]*/, (before) => before.toLowerCase());
}

function withoutHabits(text: string): string {
  const joined = text.trim().replaceAll(/\s*([.:,])\s*/g, '$1');
  const plain = joined.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return /^\d+(?:,\d+){3}(?=$|:)/.test(plain) ? plain.replaceAll(',', '.') : plain;
}

function isSix(text: string): boolean {
  return isIPv6(scoped.exec(text)?.groups?.['address'] ?? '') && text.includes(':');
}

/** `URL` reads a number such as `10` or `0x7f000001` as an IPv4 address, which no person means here. */
function hostName(name: string): string | null {
  if (isIPv4(name)) return name;
  if (!URL.canParse(`https://${name}`) || /[/?#@\\%]/.test(name)) return null;
  const host = new URL(`https://${name}`).hostname;
  return host.length <= longestHost && plainName.test(host) && !isIPv4(host) ? host : null;
}
