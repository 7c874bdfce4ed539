import { clockToleranceMs } from '../license/clock-check.ts';
import { allowedAlgorithms, type JsonObject } from '../license/token-rules.ts';
import type { PublishedKey, SignatureAlgorithm, TokenCrypto } from '../ports/token-crypto.ts';
import type { PresentedProof } from './presented-token.ts';
import { proofAddress } from './proof-address.ts';
import type { SeenProofs } from './seen-proofs.ts';
import { readSignedText } from './signed-text.ts';

/** How far a proof's `iat` may lie from trusted time, before or after. */
export const proofWindowMs = 300_000;
/** A proof is remembered for this long after its time, so that it does not count again where a clock is set back by as much. */
const rememberedLongerMs = clockToleranceMs;
/** Larger than any real proof. */
const maxProofLength = 8 * 1024;
const longestId = 256;

/** RFC 7638 §3.2, RFC 8037 §2: what a key's thumbprint is made of, in this order. */
const thumbprintMembers: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['EC', ['crv', 'kty', 'x', 'y']],
  ['OKP', ['crv', 'kty', 'x']],
  ['RSA', ['e', 'kty', 'n']],
]);
/** RFC 7518 §6.2.2, §6.3.2, §6.4.1: none of these belongs in a proof. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What a proof must be of. */
export interface ProofExpectation {
  readonly token: string;
  /** The thumbprint that the token is bound to (`cnf.jkt`). */
  readonly boundTo: string;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
}

/**
 * Does the proof show that who presents the token holds its key, for this request and not used before (RFC 9449 §4.3, §7.1)?
 * The key is compared before a signature is computed with it, so that nobody can have us compute with keys of their making.
 */
export function isGoodProof(
  { proof, method, url }: PresentedProof,
  { token, boundTo, judgedAt }: ProofExpectation,
  { crypto, seen }: { readonly crypto: TokenCrypto; readonly seen: SeenProofs },
): boolean {
  const read = readSignedText(proof, crypto, maxProofLength);
  const signing = read && keyOf(read.header);
  if (!signing || thumbprintOf(signing.jwk, crypto) !== boundTo) return false;
  if (!crypto.importKey(signing.jwk, signing.algorithm)?.verify(read.signed, read.signature)) return false;
  const { jti, htm, htu, iat, ath } = read.claims;
  const isOfRequest = htm === method && typeof htu === 'string' && isSameAddress(htu, url);
  if (!isOfRequest || ath !== crypto.digestOf(token)) return false;
  if (typeof iat !== 'number' || Math.abs(iat * 1000 - judgedAt) > proofWindowMs) return false;
  if (typeof jti !== 'string' || jti === '' || jti.length > longestId) return false;
  return seen.take(boundTo, crypto.digestOf(jti), iat * 1000 + proofWindowMs + rememberedLongerMs + 1, judgedAt);
}

/** The public key in a proof's header and its algorithm (RFC 9449 §4.2); null where the header is none of a proof. */
function keyOf(header: JsonObject): { readonly jwk: PublishedKey; readonly algorithm: SignatureAlgorithm } | null {
  const { typ, alg, jwk } = header;
  const algorithm = allowedAlgorithms.find((allowed) => allowed === alg);
  if (!algorithm || typeof typ !== 'string' || typ.toLowerCase() !== 'dpop+jwt') return null;
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return null;
  return privateMembers.some((member) => Object.hasOwn(jwk, member)) ? null : { jwk: jwk as PublishedKey, algorithm };
}

/** RFC 7638, SHA-256; null where a member of the key is missing. */
function thumbprintOf(jwk: PublishedKey, crypto: TokenCrypto): string | null {
  const members = thumbprintMembers.get(jwk['kty']);
  if (!members?.every((member) => typeof jwk[member] === 'string')) return null;
  return crypto.digestOf(JSON.stringify(Object.fromEntries(members.map((member) => [member, jwk[member]]))));
}

function isSameAddress(one: string, other: string): boolean {
  const address = proofAddress(one);
  return address !== null && address === proofAddress(other);
}
