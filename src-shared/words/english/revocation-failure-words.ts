import { type FailureCode, hasTrait } from '../../failure-codes.ts';
import { causeOf, type Failure, mayRevokeLater } from '../../result.ts';
import { connectionFailureWords } from './connection-failure-words.ts';
import { consoleFailureWords } from './console-failure-words.ts';
import { licenseFailureWords } from './license-failure-words.ts';
import { itSays, say, type SayFailure } from './say-failure.ts';
import { sentenceOf } from './time-spans.ts';

const causeWords: Partial<Record<FailureCode, SayFailure>> = {
  ...connectionFailureWords,
  ...licenseFailureWords,
  ...consoleFailureWords,
};

function reasonOf(failure: Failure): string {
  const cause = causeOf(failure);
  const headline = cause && causeWords[cause]?.({ ...failure, facts: {} }, {}).headline;
  return headline ? `${sentenceOf(headline)} ` : '';
}

/** If the cause is unknown, it counts as connection trouble: the connection is the first thing to check. */
function isConnectionTrouble(failure: Failure): boolean {
  const cause = causeOf(failure);
  return cause === undefined || hasTrait(cause, 'connection');
}

/** What a person can do if the server did not end the authorization. What helps depends on the cause. */
function wayOn(failure: Failure): string {
  if (!mayRevokeLater(failure)) return 'Remove it here only';
  return isConnectionTrouble(failure)
    ? 'Try again with a connection, or remove it here only'
    : 'Try again later, or remove it here only';
}

/** Failures to end the authorization at the Authorization server. */
export const revocationFailureWords = {
  revocation_failed: (failure) => ({
    headline: 'The authorization could not be ended at the server',
    meaning: `${isConnectionTrouble(failure) ? '' : reasonOf(failure)}The license was not removed. ${wayOn(failure)}: its authorization then stays open at the Authorization server.`,
  }),
  revocation_refused: (failure) => ({
    headline: 'The server refused to end the authorization',
    meaning: `${failure.detail ? itSays(failure.detail) : 'It gave no reason.'} The license was not removed. Remove it here only, and remove this device's authorization at the Authorization server.`,
  }),
  revocation_not_offered: say(
    'This server does not let consoles end an authorization',
    "The license was not removed. Remove it here only, and remove this device's authorization at the Authorization server.",
  ),
} satisfies Partial<Record<FailureCode, SayFailure>>;
