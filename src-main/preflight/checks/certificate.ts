import { shownText } from '../../../src-shared/text/shown-text.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention } from '../preflight-check.ts';
import { checkOfStage } from '../way-of-request.ts';

const longestName = 100;

/** Who signed the received certificate, so that a network which inspects encrypted connections is named. */
export const certificate = checkOfStage(
  'certificate',
  ({ evidence }) => {
    const { issuer = '', isPublic } = evidence.certificate ?? {};
    const signer = shownText(issuer, longestName);
    if (signer === '') return preflightWords.certificateWorks;
    return isPublic === false
      ? attention([preflightWords.certificateOfNetwork(signer)])
      : preflightWords.certificateOf(signer);
  },
  ({ isEncrypted }) => isEncrypted,
);
