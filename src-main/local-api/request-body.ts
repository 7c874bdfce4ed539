import { hasDuplicateMembers } from '../license/duplicate-members.ts';
import { type ProofRequest, proofRequestSchema } from './wire/token-messages.ts';
import { type VerifyRequest, verifyRequestSchema } from './wire/verify-messages.ts';

/** What nearly every call to verify looks like: then nothing in it can be understood in two ways. */
const tokenAlone = /^\{\s*"token"\s*:\s*"([\w.-]+)"\s*\}\s*$/;

/** Null where the body is not what the schema says. */
export function readVerifyRequest(body: string): VerifyRequest | null {
  const [, token] = tokenAlone.exec(body) ?? [];
  return token === undefined ? readJson(body, verifyRequestSchema) : { token };
}

export function readProofRequest(body: string): ProofRequest | null {
  return readJson(body, proofRequestSchema);
}

interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

function readJson<T>(body: string, schema: Schema<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success && !hasDuplicateMembers(body) ? parsed.data : null;
  } catch {
    return null;
  }
}
