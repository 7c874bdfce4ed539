import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { connectionFailureWords } from './connection-failure-words.ts';
import { consoleFailureWords } from './console-failure-words.ts';
import { licenseFailureWords } from './license-failure-words.ts';
import { localApiFailureWords } from './local-api-failure-words.ts';
import { pairingFailureWords } from './pairing-failure-words.ts';
import { revocationFailureWords } from './revocation-failure-words.ts';
import type { FailureContext, FailureWords, SayFailure } from './say-failure.ts';

export type { FailureContext, FailureWords } from './say-failure.ts';

const sayings: Record<FailureCode, SayFailure> = {
  ...connectionFailureWords,
  ...licenseFailureWords,
  ...consoleFailureWords,
  ...localApiFailureWords,
  ...pairingFailureWords,
  ...revocationFailureWords,
};

/** What a failure means, for a person who only wants to continue. The screen shows its code next to it, small, for support. */
export function failureWords(failure: Failure, context: FailureContext = {}): FailureWords {
  return sayings[failure.code](failure, context);
}
