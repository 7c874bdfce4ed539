import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether the Authorization server can be reached over the network. */
export const connection = checkOfStage('connection', ({ host }) => preflightWords.connectionWorks(host));
