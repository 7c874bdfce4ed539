import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether the Authorization server describes itself (OIDC Discovery §4, RFC 8414 §3). */
export const authorizationServer = checkOfStage('authorization_server', ({ issuer }) =>
  preflightWords.serverAnswers(issuer),
);
