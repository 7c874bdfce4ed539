import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { checkOfStage, stageOf } from '../way-of-request.ts';

/** Which proxy is in use, and whether it lets the console through. */
export const proxy = checkOfStage(
  'proxy',
  ({ evidence }) => preflightWords.proxyWorks(evidence.proxy ?? ''),
  ({ evidence, failure }) => evidence.proxy !== undefined || (failure !== null && stageOf(failure) === 'proxy'),
);
