import { type Failure, failure } from '../../src-shared/result.ts';

/** Only the way to the keys is broken: that says nothing about the token. */
export function mayVerifyLater({ code, facts }: Failure): boolean {
  return code === 'signing_keys_unavailable' && !facts?.['cause']?.startsWith('key_');
}

/** A code that the server no longer knows: used up by an answer that was lost, or died early. */
export function nameRefusal(refusal: Failure, answerLost: boolean): Failure {
  if (refusal.code !== 'invalid_grant') return refusal;
  return failure(answerLost ? 'authorization_answer_lost' : 'expired_token');
}
