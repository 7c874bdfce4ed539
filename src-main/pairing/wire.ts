import { z } from 'zod/mini';
import type { OtherVersion } from '../../src-shared/pairing/pairing.ts';
import { parseObject } from '../tokens/duplicate-members.ts';

/**
 * The messages of a pairing: JSON over HTTP/1.1 over TLS 1.3. `docs/decisions/pairing-by-a-typed-code.md` says why.
 *
 * The two computers may have different builds of the console. After the proof, a reader therefore drops members that it does not know, and
 * a later build may add some. Any other change, such as a new value of a member, is another version, which a laptop refuses by name. The
 * proof itself is read strictly: it comes from strangers, and only another version may change it.
 */

/** Version 1 did not accept new members in what a laptop sends. */
export const pairingVersion = 2;

export const paths = {
  start: '/pairing/start',
  finish: '/pairing/finish',
  /** `GET` follows the pairing, a line at each change and every few seconds. `DELETE` ends it. */
  pairing: '/pairing',
  report: '/report',
} as const;

/** The largest body of each, in bytes. */
export const largest = { proof: 4096, report: 64 * 1024, answer: 8192 } as const;

/** An answer's `error`. */
const wireErrors = [
  'malformed',
  'version',
  'wrong_code',
  'ended',
  'busy',
  'unauthorized',
  'not_found',
  'not_allowed',
  'unconfirmed',
  'unreachable',
  'too_many',
  'too_large',
] as const;
export type WireError = (typeof wireErrors)[number];

const message = z.string().check(z.minLength(1), z.maxLength(2000));
export const startSchema = z.strictObject({ version: z.literal(pairingVersion), request: message });
export const startedSchema = z.strictObject({ version: z.literal(pairingVersion), response: message });
export const finishSchema = z.strictObject({ version: z.literal(pairingVersion), finish: message });

/** The longest duration of an offer to help, in ms. */
export const longestOfferMs = 2 * 60 * 60_000;

/** How many addresses a laptop names, in a QR code and to a paired console. */
export const mostAddresses = 8;

/** What a laptop tells a paired console. */
export const standingSchema = z.object({
  /** Seconds and not an instant: the clocks of the two computers may differ. */
  remainingSeconds: z.number().check(z.gte(0), z.lte(86_400)),
  isRelaying: z.boolean(),
  /** Where the laptop can be reached now, as `host:port`, with an IPv6 address in brackets. The most likely first. */
  addresses: z.exactOptional(z.array(z.string().check(z.maxLength(60))).check(z.maxLength(mostAddresses))),
  /** The person at the laptop has said that the Authorization server is not theirs. */
  refused: z.exactOptional(z.literal(true)),
});
export type WireStanding = z.infer<typeof standingSchema>;
/** The last line to a console that follows a pairing. */
export const endSchema = z.object({ end: z.literal(true) });
export const errorSchema = z.object({ error: z.enum(wireErrors) });

/** How often the laptop writes a line to a server's console that follows it. */
export const lineEveryMs = 5_000;

/** Parses a body as strict UTF-8 and JSON without duplicate members. Null if it is not an object. */
export function readBody(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    return parseObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Whether the sender speaks an older or a newer version of this protocol. Null if it speaks this one, or if that is not known. */
export function otherVersionOf(body: Readonly<Record<string, unknown>>): OtherVersion | null {
  const { version } = body;
  if (typeof version !== 'number' || !Number.isInteger(version) || version === pairingVersion) return null;
  return version < pairingVersion ? 'older' : 'newer';
}
