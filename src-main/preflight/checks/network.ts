import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether this computer is connected to any network. */
export const network = checkOfStage('network', () => preflightWords.networkWorks);
