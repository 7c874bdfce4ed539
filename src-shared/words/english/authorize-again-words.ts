import { type CodeWith, type FailureCode, hasTrait } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { type FailureWords, reasonBehind, type SayFailure } from './say-failure.ts';
import { dates } from './time-spans.ts';

interface LicenseToken {
  readonly expiresAt: number;
  readonly isExpired: boolean;
}

/** Why only a person can get the next token: as a failure, as a warning next to the License Status, and in a notification. */
interface AuthorizeAgainWords {
  readonly failure: SayFailure;
  readonly attention: (failure: Failure, token: LicenseToken) => FailureWords;
  readonly notification: string;
}

const headline = 'Authorize this server again';
const noLongerAccepted =
  "The Authorization server no longer accepts this console's authorization. It was removed, or a copy of this installation is using it.";

const ofAnotherComputer = ({ facts }: Failure): FailureWords => ({
  headline: `This license belongs to the computer ${facts?.['computer'] ?? ''}`.trim(),
  meaning:
    'Two computers cannot share one license. If this computer replaces the other, authorize again: the other then loses the license. If both are in use, sign in to each with a different account.',
});

/** The device and organization of a license, with its Server ID. */
const deviceIn = ({ facts }: Failure, which: 'found' | 'expected'): string =>
  `${facts?.[which] ?? 'another server'} (${facts?.[`${which}_id`] ?? 'unknown'})`;

const ofAnotherServer = (failure: Failure): FailureWords => ({
  headline: 'The Authorization server sent a license for another server',
  meaning: `It is for ${deviceIn(failure, 'found')}, so it is not used. The license for ${deviceIn(failure, 'expected')} works until its token expires.`,
});

export const authorizeAgainWords: Readonly<Record<CodeWith<'reauthorize'>, AuthorizeAgainWords>> = {
  invalid_grant: {
    failure: (failure) => ({ headline, meaning: `${noLongerAccepted}${reasonBehind(failure)}` }),
    attention: (_failure, { expiresAt, isExpired }) => ({
      headline,
      meaning: isExpired
        ? `${noLongerAccepted} The license token has expired as well.`
        : `${noLongerAccepted} The license still works until ${dates.dateTime(expiresAt)}.`,
    }),
    notification:
      "The Authorization server no longer accepts this console's authorization. Authorizing takes about two minutes.",
  },
  license_of_another_computer: {
    failure: ofAnotherComputer,
    attention: ofAnotherComputer,
    notification:
      'The license belongs to another computer. It was copied here with your account. Look at the license in the console.',
  },
  license_of_another_server: {
    failure: ofAnotherServer,
    attention: ofAnotherServer,
    notification:
      'The Authorization server sent a license for another server. It is not used. Look at the license in the console.',
  },
};

/** The words for a code. Any other code gets those of `invalid_grant`: the server no longer accepts the authorization. */
export const authorizeAgainWordsOf = (code: FailureCode | undefined): AuthorizeAgainWords =>
  authorizeAgainWords[hasTrait(code, 'reauthorize') ? code : 'invalid_grant'];
