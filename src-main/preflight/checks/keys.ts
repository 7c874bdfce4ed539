import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether the keys that prove a license can be fetched (RFC 7517). */
export const keys = checkOfStage('keys', () => preflightWords.keysWork);
