import { hasDuplicateMembers } from '../tokens/duplicate-members.ts';
import { type ProofRequest, proofRequestSchema } from './wire/token-messages.ts';
import { type VerifyRequest, verifyRequestSchema } from './wire/verify-messages.ts';

/** Characters beyond the token itself: those of the object around it, and those of the shortest possible second `token`. */
const roomOfToken = '{"token":""}'.length;
const roomOfAnother = '"token":0,'.length;

/** Null if the body does not match the schema or has a duplicate member (RFC 8725 §2.4). */
export function readVerifyRequest(body: string): VerifyRequest | null {
  const given = parsed(body);
  return isTokenAlone(given, body) ? { token: given.token } : checked(given, body, verifyRequestSchema);
}

/** As {@link readVerifyRequest}. */
export function readProofRequest(body: string): ProofRequest | null {
  return checked(parsed(body), body, proofRequestSchema);
}

/** A fast path for nearly every call. If the body is this short, it has no room for a duplicate member. */
function isTokenAlone(given: unknown, body: string): given is { readonly token: string } {
  if (typeof given !== 'object' || given === null || !('token' in given)) return false;
  const { token } = given;
  if (typeof token !== 'string' || body.length >= token.length + roomOfToken + roomOfAnother) return false;
  return Object.keys(given).length === 1;
}

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function checked<T>(given: unknown, body: string, schema: Schema<T>): T | null {
  const result = schema.safeParse(given);
  return result.success && !hasDuplicateMembers(body) ? result.data : null;
}

/** Undefined if it is not JSON. No schema accepts undefined. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
