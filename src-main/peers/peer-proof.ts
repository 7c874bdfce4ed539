import { clockToleranceMs } from '../time/clock-check.ts';
import type { JsonObject } from '../tokens/duplicate-members.ts';
import { allowedAlgorithms } from '../tokens/token-rules.ts';
import type { PublishedKey, SignatureAlgorithm, TokenCrypto } from '../ports/token-crypto.ts';
import type { SeenProofs } from './seen-proofs.ts';
import { readSignedText } from '../tokens/signed-text.ts';

/** How far a proof's `iat` may lie before or after trusted time. */
const proofWindowMs = 300_000;
/** A proof is remembered this much longer than it is valid, so that setting the clock back by as much does not make it valid again. */
const rememberedLongerMs = clockToleranceMs;
/** Larger than any real proof. */
const maxProofLength = 8 * 1024;
const longestId = 256;

/** The members that a key's thumbprint is computed from, in this order (RFC 7638 §3.2, RFC 8037 §2). */
const thumbprintMembers: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['EC', ['crv', 'kty', 'x', 'y']],
  ['OKP', ['crv', 'kty', 'x']],
  ['RSA', ['e', 'kty', 'n']],
]);
/** Private and symmetric members, which must not be in a proof (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What a peer presents: its license token and, if that is bound to a key, a proof that the peer holds the key. */
export interface PresentedToken {
  readonly token: string;
  readonly proof?: PresentedProof;
}

/** A proof of possession and the request that it came with (RFC 9449 §4.2, §4.3). */
export interface PresentedProof {
  readonly proof: string;
  readonly method: string;
  readonly url: string;
}

/** What a proof must match. */
interface ProofExpectation {
  readonly token: string;
  /** The thumbprint that the token is bound to (`cnf.jkt`). */
  readonly boundTo: string;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
}

/**
 * Does the proof show that the peer holds the token's key, is it for this request, and was it not used before (RFC 9449 §4.3,
 * §7.1)? Compares the key's thumbprint before it verifies a signature, so that nobody can make us compute with keys that they chose.
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

/** Reads the public key and the algorithm from a proof's header (RFC 9449 §4.2). Null if it is not the header of a valid proof. */
function keyOf(header: JsonObject): { readonly jwk: PublishedKey; readonly algorithm: SignatureAlgorithm } | null {
  const { typ, alg, jwk } = header;
  const algorithm = allowedAlgorithms.find((allowed) => allowed === alg);
  if (!algorithm || typeof typ !== 'string' || typ.toLowerCase() !== 'dpop+jwt') return null;
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return null;
  return privateMembers.some((member) => Object.hasOwn(jwk, member)) ? null : { jwk: jwk as PublishedKey, algorithm };
}

/** RFC 7638 with SHA-256. Null if a member of the key is missing. */
function thumbprintOf(jwk: PublishedKey, crypto: TokenCrypto): string | null {
  const members = thumbprintMembers.get(jwk['kty']);
  if (!members?.every((member) => typeof jwk[member] === 'string')) return null;
  return crypto.digestOf(JSON.stringify(Object.fromEntries(members.map((member) => [member, jwk[member]]))));
}

function isSameAddress(one: string, other: string): boolean {
  const address = proofAddress(one);
  return address !== null && address === proofAddress(other);
}

/**
 * Normalizes the address that a proof is for, so that it can be compared (RFC 9449 §4.3, step 9; RFC 3986 §6.2.2, §6.2.3): removes
 * query, fragment, default port and dot segments, and normalizes the host's case and percent-encodings. Null if it is not an http
 * or https address without user information.
 */
export function proofAddress(text: string): string | null {
  if (text.length > 2000 || !URL.canParse(text)) return null;
  const { protocol, username, password, origin, pathname } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null;
  return `${origin}${normalPath(pathname)}`;
}

/** RFC 3986 §2.3: an unreserved character means the same with and without percent-encoding. */
function normalPath(path: string): string {
  return path.replaceAll(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase();
  });
}
