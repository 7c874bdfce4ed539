import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { attentionWords } from './attention-words.ts';
import { authorizeAgainWords } from './authorize-again-words.ts';
import { hostOf, hostWithin, itSays, reasonBehind, say, type SayFailure } from './say-failure.ts';
import { sentenceOf, span } from './time-spans.ts';
import { wayThereWords } from './way-there-words.ts';

/** The time span of a failure's fact, which is given in seconds. */
const spanOf = (seconds: string | undefined): string | undefined =>
  Number(seconds) > 0 ? span(Number(seconds) * 1000) : undefined;
const pauseOf = ({ facts }: Failure): string | undefined => spanOf(facts?.['retry_after']);

/** Failures of the Authorization server's address, the connection to it, and the server's refusals. */
export const connectionFailureWords = {
  issuer_malformed: say(
    'This is not a complete address',
    'An address looks like https://auth.example.com, without spaces and without a ? or # in it.',
  ),
  issuer_insecure: say(
    'This address is not protected',
    'It must begin with https:// so that nobody on the way can read or change what is sent.',
  ),
  metadata_not_found: (failure) => ({
    headline: 'No Authorization server at this address',
    meaning: failure.facts?.['page']
      ? `A web page came from ${hostWithin(failure)}. Check the address for typing mistakes. If it is right, this network may want you to sign in: open a browser and see.`
      : `${hostOf(failure)} answered, but not as an Authorization server. Check the address for typing mistakes.`,
  }),
  metadata_invalid: (failure) => ({
    headline: 'The server describes itself incompletely',
    meaning: `${hostOf(failure)} answered like an Authorization server, but something that is needed is missing. Check the address, or ask who runs it.`,
  }),
  issuer_mismatch: (failure) => ({
    headline: 'The server calls itself by another address',
    meaning: failure.facts?.['issuer']
      ? `It says that its address is ${failure.facts['issuer']}. If that is the server you want, enter the address in this form.`
      : 'Check the address, or ask who runs the Authorization server.',
  }),
  device_flow_unsupported: say(
    'This server gives no User Codes',
    'It is an Authorization server, but not one that can license POS servers. Check whether this is the right address.',
  ),
  ...wayThereWords,
  request_timeout: say(
    'The Authorization server did not answer in time',
    'It may be busy, or the network slow. Nothing was changed.',
  ),
  response_too_large: say(
    'The answer was far too large',
    'What came back cannot be what was asked for, so it was thrown away. Nothing was changed.',
  ),
  too_many_requests: (failure) => ({
    headline: 'The Authorization server asks for a pause',
    meaning: `It got too many requests at once. Wait ${pauseOf(failure) ?? 'a minute'}, then try again.`,
  }),
  server_error: (failure) => ({
    headline: 'The Authorization server has a problem',
    meaning: `It answered that it cannot work just now${failure.facts?.['status'] ? ` (status ${failure.facts['status']})` : ''}. ${pauseOf(failure) === undefined ? 'That usually passes.' : `It asks for a pause of ${pauseOf(failure)}.`} Nothing was changed here.`,
  }),
  response_invalid: say(
    'The answer of the Authorization server is unclear',
    'It is not in the form that this console expects. Nothing was changed. Support can read the details.',
  ),
  user_code_unreadable: say(
    'The User Code cannot be read',
    'What the server sent as the code is empty, too long, or has characters that cannot be seen. Ask who runs the Authorization server.',
  ),
  user_code_uncheckable: (failure) => {
    const [life, interval] = [spanOf(failure.facts?.['life']), spanOf(failure.facts?.['interval'])];
    return {
      headline: 'The User Code ends too soon to work',
      meaning: `It ends after ${life ?? 'a short time'}, but the server wants a pause of ${interval ?? 'the same length'} before it is asked about it. Ask who runs the Authorization server.`,
    };
  },
  access_denied: (failure, context) =>
    failure.detail
      ? {
          headline: 'The Authorization server refused',
          meaning: `${itSays(failure.detail)} For example, all licenses of that kind may be in use. Nothing was changed here.`,
        }
      : {
          headline: 'The request was denied',
          meaning: `Somebody chose to deny ${context.userCode ?? 'the User Code'} at the Authorization server. Nothing was changed.`,
        },
  expired_token: (failure) => ({
    headline: 'The User Code has expired',
    // The reason behind the server's `expired_token` would only repeat it.
    meaning: `It was not entered in time. Nothing was changed.${failure.facts?.['error'] === 'expired_token' ? '' : reasonBehind(failure)}`,
  }),
  authorization_answer_lost: (failure) => ({
    headline: 'The answer got lost on the way',
    meaning: `The device was authorized, but the connection broke before the license arrived. That code is used up: a new one finishes it.${reasonBehind(failure)}`,
  }),
  acquisition_interrupted: say(
    'The console stopped before a license was stored',
    'The User Code from then is of no use any more, even if it was authorized. Nothing is lost at the Authorization server: a new code finishes it.',
  ),
  invalid_grant: authorizeAgainWords.invalid_grant.failure,
  license_of_another_computer: authorizeAgainWords.license_of_another_computer.failure,
  no_refresh_token: (failure) => {
    const { headline, meaning } = attentionWords.cannotRenew;
    const expiresAt = Number(failure.facts?.['expires_at'] || Number.NaN);
    return { headline, meaning: meaning(Number.isFinite(expiresAt) ? expiresAt : undefined) };
  },
  invalid_client: say(
    'The Authorization server does not know this console',
    'The Client ID in Settings is not known there. Compare it with the one that you were given.',
  ),
  unauthorized_client: say(
    'This console may not ask for licenses there',
    'The Client ID in Settings is known, but it is not allowed to license servers. Ask who runs the Authorization server.',
  ),
  invalid_scope: say(
    'The server does not offer what was asked for',
    'The Scope in Settings is not known there. Compare it with the one that you were given.',
  ),
  invalid_target: say(
    'The server does not accept the Resource',
    'Most servers want none. Where you were given one, compare it with the Resource under Advanced in Settings.',
  ),
  resource_missing: say(
    'The Authorization server wants a Resource',
    'None is set here. Enter the one that you were given under Advanced in Settings.',
  ),
  use_dpop_nonce: say(
    'The Authorization server keeps asking for another proof',
    "It answered each proof of this computer's key (DPoP) by asking for a new one. Nothing was changed here.",
  ),
  invalid_dpop_proof: (failure) => ({
    headline: "The Authorization server did not accept this computer's key",
    meaning: failure.detail
      ? `It says about its proof (DPoP): “${sentenceOf(failure.detail)}” Nothing was changed here.`
      : 'It refused the proof (DPoP) that was sent along, and gave no reason. Nothing was changed here.',
  }),
  authorization_refused: (failure) => ({
    headline: 'The Authorization server said no',
    meaning: failure.detail
      ? `${itSays(failure.detail)} Nothing was changed here.`
      : 'It gave no reason. Nothing was changed here.',
  }),
} satisfies Partial<Record<FailureCode, SayFailure>>;
