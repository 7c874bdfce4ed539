import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
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
    'What the Authorization server issued is not a license in the form that this console knows. It was not used.',
  ),
  token_signature_invalid: say(
    'The license token is not genuine',
    'Its signature is not that of the Authorization server. It was not used, and nothing was changed.',
  ),
  token_algorithm_unsupported: (failure) => ({
    headline: 'The signature of the license token is not supported',
    meaning: `It is signed in a way that this console does not check${failure.facts?.['algorithm'] ? ` (${failure.facts['algorithm']})` : ''}. It may be genuine, but it was not used. Ask who runs the Authorization server.`,
  }),
  token_type_invalid: say(
    'The server issued another kind of token',
    'It is not a license token, so it was not used. Nothing was changed.',
  ),
  token_issuer_mismatch: say(
    'The license token comes from another server',
    'It was not issued by the Authorization server that stands in Settings. It was not used.',
  ),
  token_audience_mismatch: say(
    'The license token is for another product',
    'It is not made out for what stands as Resource or Audience in Settings. It was not used.',
  ),
  token_client_mismatch: say(
    'The license token belongs to another program',
    'It was not issued to the Client ID that stands in Settings. It was not used.',
  ),
  token_expired: say(
    'The license token had already run out',
    "It was over when it arrived. Most often this computer's clock, or that of the Authorization server, is wrong.",
  ),
  token_issued_in_future: say(
    'The license token is dated in the future',
    "Most often this computer's clock is behind. Set it, then try again.",
  ),
  signing_keys_unavailable: say(
    'The license cannot be checked just now',
    'What is needed to check its signature could not be fetched from the Authorization server. Nothing was changed.',
  ),
  signing_keys_refused: (failure) => ({
    headline: 'The server does not give the keys for checking',
    meaning: `The Authorization server refused to give its public keys${statusOf(failure)}, so the license cannot be checked. Nothing was changed.`,
  }),
  signing_keys_unusable: say(
    'No key of the server fits the license',
    'The Authorization server publishes keys, but none with which this license token can be checked. Nothing was changed.',
  ),
  license_details_missing: say(
    'The token came without license details',
    'The Authorization server issued it, but the device or its license may not be set up for POS servers.',
  ),
  token_not_bound: say(
    "The license token is not bound to this computer's key",
    'What it says about its key (DPoP) is not what was asked for. It was not used, and nothing was replaced.',
  ),
  wrong_device: (failure) => ({
    headline: 'That is another kind of device',
    meaning: `${failure.facts?.['device'] ?? 'The chosen device'} is ${kindOf(failure.facts?.['found'])}; this profile is ${kindOf(failure.facts?.['expected'])}. The license was not replaced.`,
  }),
} satisfies Partial<Record<FailureCode, SayFailure>>;
