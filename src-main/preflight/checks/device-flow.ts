import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage } from '../way-of-request.ts';

/** Whether the Authorization server issues User Codes (RFC 8628). */
export const deviceFlow = checkOfStage('device_flow', () => preflightWords.deviceFlowWorks);
