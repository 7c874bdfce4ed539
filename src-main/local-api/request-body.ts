import { hasDuplicateMembers } from '../license/duplicate-members.ts';
import { type ProofRequest, proofRequestSchema } from './wire/token-messages.ts';
import { type VerifyRequest, verifyRequestSchema } from './wire/verify-messages.ts';

/** Beside a token's own letters: what an object around it takes, and what even the shortest second `token` would take. */
const roomOfToken = '{"token":""}'.length;
const roomOfAnother = '"token":0,'.length;

/** Null where the body is not what the schema says, or has a member twice (RFC 8725 §2.4). */
export function readVerifyRequest(body: string): VerifyRequest | null {
  const given = parsed(body);
  return isTokenAlone(given, body) ? { token: given.token } : checked(given, body, verifyRequestSchema);
}

/** As {@link readVerifyRequest}. */
export function readProofRequest(body: string): ProofRequest | null {
  return checked(parsed(body), body, proofRequestSchema);
}

/** What nearly every call looks like: then there is no room for anything that could be understood in two ways. */
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

/** Undefined where it is no JSON, which no schema takes. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
