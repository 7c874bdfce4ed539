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
      ? `A web page came from ${hostWithin(failure)}. Check the address for typing mistakes. If it is right, this network may want you to sign in: open a browser to find out.`
      : `${hostOf(failure)} answered, but not as an Authorization server. Check the address for typing mistakes.`,
  }),
  metadata_invalid: (failure) => ({
    headline: "The server's description is incomplete",
    meaning: `${hostOf(failure)} answered like an Authorization server, but something required is missing. Check the address, or ask the people who run it.`,
  }),
  issuer_mismatch: (failure) => ({
    headline: 'The server uses another address',
    meaning: failure.facts?.['issuer']
      ? `It says that its address is ${failure.facts['issuer']}. If that is the server you want, enter exactly that address.`
      : 'Check the address, or ask the people who run the Authorization server.',
  }),
  device_flow_unsupported: say(
    'This server does not offer User Codes',
    'It is an Authorization server, but not one that can license POS servers. Check whether this is the right address.',
  ),
  ...wayThereWords,
  request_timeout: say(
    'The Authorization server did not answer in time',
    'It may be busy, or the network slow. Nothing was changed.',
  ),
  response_too_large: say(
    'The answer was far too large',
    'It cannot be what the console asked for, so it was discarded. Nothing was changed.',
  ),
  too_many_requests: (failure) => ({
    headline: 'The Authorization server asks for a pause',
    meaning: `It got too many requests at once. Wait ${pauseOf(failure) ?? 'a minute'}, then try again.`,
  }),
  server_error: (failure) => ({
    headline: 'The Authorization server has a problem',
    meaning: `It answered that it cannot work right now${failure.facts?.['status'] ? ` (status ${failure.facts['status']})` : ''}. ${pauseOf(failure) === undefined ? 'That usually passes.' : `It asks for a pause of ${pauseOf(failure)}.`} Nothing was changed here.`,
  }),
  response_invalid: say(
    "The Authorization server's answer is unclear",
    'It is not in the form that this console expects. Nothing was changed. Support can read the details.',
  ),
  user_code_unreadable: say(
    'The User Code cannot be read',
    'The code that the server sent is empty, too long, or has invisible characters. Ask the people who run the Authorization server.',
  ),
  user_code_uncheckable: (failure) => {
    const [life, interval] = [spanOf(failure.facts?.['life']), spanOf(failure.facts?.['interval'])];
    return {
      headline: 'The User Code expires too soon to work',
      meaning: `It expires after ${life ?? 'a short time'}, but the server wants a pause of ${interval ?? 'the same length'} before the console checks it. Ask the people who run the Authorization server.`,
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
          meaning: `The request with ${context.userCode ?? 'the User Code'} was denied at the Authorization server. Nothing was changed.`,
        },
  expired_token: (failure) => ({
    headline: 'The User Code has expired',
    // The reason behind the server's `expired_token` would only repeat it.
    meaning: `It was not entered in time. Nothing was changed.${failure.facts?.['error'] === 'expired_token' ? '' : reasonBehind(failure)}`,
  }),
  authorization_answer_lost: (failure) => ({
    headline: 'The answer was lost on the way',
    meaning: `The device was authorized, but the connection broke before the license arrived. That code is used up. Get a new one to finish.${reasonBehind(failure)}`,
  }),
  acquisition_interrupted: say(
    'The console stopped before a license was stored',
    'Its User Code no longer works, even if it was authorized. Nothing is lost at the Authorization server. Get a new code to finish.',
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
    'The Client ID in Settings is known, but it is not allowed to license servers. Ask the people who run the Authorization server.',
  ),
  invalid_scope: say(
    'The server does not know the Scope',
    'Compare the Scope in Settings with the one that you were given.',
  ),
  invalid_target: say(
    'The server does not accept the Resource',
    'Most servers do not need one. If you were given one, compare it with the Resource under Advanced in Settings.',
  ),
  resource_missing: say(
    'The Authorization server wants a Resource',
    'No Resource is set here. Enter the one that you were given, under Advanced in Settings.',
  ),
  use_dpop_nonce: say(
    'The Authorization server keeps asking for another proof',
    "It answered each proof of this computer's key (DPoP) by asking for a new one. Nothing was changed here.",
  ),
  invalid_dpop_proof: (failure) => ({
    headline: "The Authorization server did not accept this computer's key",
    meaning: failure.detail
      ? `It says about the proof (DPoP): “${sentenceOf(failure.detail)}” Nothing was changed here.`
      : 'It refused the proof (DPoP) and gave no reason. Nothing was changed here.',
  }),
  authorization_refused: (failure) => ({
    headline: 'The Authorization server rejected the request',
    meaning: failure.detail
      ? `${itSays(failure.detail)} Nothing was changed here.`
      : 'It gave no reason. Nothing was changed here.',
  }),
} satisfies Partial<Record<FailureCode, SayFailure>>;
