import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether a page of the network, such as a sign-in page, answers in place of the Authorization server. */
export const portal = checkOfStage('portal', () => preflightWords.noPortal);
