import { type Failure, failure } from '../../src-shared/result.ts';

/** Only the keys did not come: that says nothing about the token. */
export function mayVerifyLater({ code, facts }: Failure): boolean {
  return code.startsWith('signing_keys_') && !facts?.['cause']?.startsWith('key_');
}

/** A code that the server no longer knows: used up by an answer that was lost, or died early. The server's reason goes on. */
export function nameRefusal(refusal: Failure, answerLost: boolean): Failure {
  if (refusal.code !== 'invalid_grant') return refusal;
  const { code: _, remedy: __, ...said } = refusal;
  return failure(answerLost ? 'authorization_answer_lost' : 'expired_token', said);
}
