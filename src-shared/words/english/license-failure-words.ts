import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { authorizeAgainWords } from './authorize-again-words.ts';
import { say, type SayFailure } from './say-failure.ts';

const kinds: Readonly<Record<string, string>> = {
  register: 'a register',
  cloud: 'a Cloud server',
  corporate: 'a Corporate server',
  store: 'a Store server',
};
const kindOf = (kind: string | undefined): string => kinds[kind ?? ''] ?? (kind || 'something else');

const statusOf = ({ facts }: Failure): string => {
  const status = facts?.['cause']?.replace('status_', '');
  return status ? ` (status ${status})` : '';
};

/** Why a token that the server issued as a license token was not used. */
export const licenseFailureWords = {
  token_malformed: say(
    'The license token cannot be read',
    'The Authorization server issued it in a form that this console does not know. It was not used.',
  ),
  token_signature_invalid: say(
    'The license token is not genuine',
    'It was not signed by the Authorization server. It was not used, and nothing was changed.',
  ),
  token_algorithm_unsupported: (failure) => ({
    headline: 'The signature of the license token is not supported',
    meaning: `It is signed in a way that this console cannot check${failure.facts?.['algorithm'] ? ` (${failure.facts['algorithm']})` : ''}. It may be genuine, but it was not used. Ask the people who run the Authorization server.`,
  }),
  token_type_invalid: say(
    'The server issued another kind of token',
    'It is not a license token, so it was not used. Nothing was changed.',
  ),
  token_issuer_mismatch: say(
    'The license token comes from another server',
    'It was not issued by the Authorization server in Settings. It was not used.',
  ),
  token_audience_mismatch: say(
    'The license token is for another product',
    'It was not issued for the Resource or Audience in Settings. It was not used.',
  ),
  token_client_mismatch: say(
    'The license token belongs to another program',
    'It was not issued to the Client ID in Settings. It was not used.',
  ),
  token_expired: say(
    'The license token had already expired',
    'It had expired before it arrived, so it was not used. Most often, the clock of this computer or of the Authorization server is wrong.',
  ),
  token_issued_in_future: say(
    'The license token is dated in the future',
    "Most often, this computer's clock is behind. Set the clock, then try again.",
  ),
  signing_keys_unavailable: say(
    'The license cannot be checked right now',
    'The keys for checking its signature could not be fetched from the Authorization server. Nothing was changed.',
  ),
  signing_keys_refused: (failure) => ({
    headline: 'The server did not give its public keys',
    meaning: `The Authorization server refused to give them${statusOf(failure)}, so the license cannot be checked. Nothing was changed.`,
  }),
  signing_keys_unusable: say(
    "None of the server's keys fits the license",
    'The Authorization server publishes keys, but none of them can check this license token. Nothing was changed.',
  ),
  license_details_missing: say(
    'The token came without license details',
    'The Authorization server issued it, but the device or its license may not be set up for POS servers.',
  ),
  token_not_bound: say(
    "The license token is not bound to this computer's key",
    'It does not name the key (DPoP) that the console asked for. It was not used, and nothing was replaced.',
  ),
  wrong_device: (failure) => ({
    headline: 'Wrong device type',
    meaning: `${failure.facts?.['device'] ?? 'The chosen device'} is ${kindOf(failure.facts?.['found'])}; this is ${kindOf(failure.facts?.['expected'])}. The license was not replaced.`,
  }),
  device_not_accepted: say(
    'The license was for another server',
    'It was not accepted here, so it is not used. The console ends its authorization at the Authorization server.',
  ),
  license_not_accepted_yet: say(
    'A new license is waiting for your answer',
    'It seems to be for another server, so it is not in use yet. Choose Keep it or Undo in the console window, or run "license-console acquire" in a terminal.',
  ),
  license_of_another_server: authorizeAgainWords.license_of_another_server.failure,
} satisfies Partial<Record<FailureCode, SayFailure>>;
