import { hasTrait } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';

/** Only the keys could not be fetched, so the token may still be valid and can be verified later. */
export function mayVerifyLater({ code, facts }: Failure): boolean {
  return hasTrait(code, 'signing_keys') && !facts?.['cause']?.startsWith('key_');
}

/**
 * Names the refusal of a code that the server no longer knows: a lost response used it up, or it expired early. Keeps the detail
 * and facts that the server gave.
 */
export function nameRefusal(refusal: Failure, answerLost: boolean): Failure {
  if (refusal.code !== 'invalid_grant') return refusal;
  const { code: _, remedy: __, ...given } = refusal;
  return failure(answerLost ? 'authorization_answer_lost' : 'expired_token', given);
}
