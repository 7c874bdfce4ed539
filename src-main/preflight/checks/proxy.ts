import { shownText } from '../../../src-shared/shown-text.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ServerCheck } from '../preflight-check.ts';
import type { TrialRequest } from '../preflight-scene.ts';
import { checkOfStage, stageOf } from '../way-of-request.ts';

const stage = checkOfStage('proxy', ({ evidence }) => preflightWords.proxyWorks(evidence.proxy ?? ''));
const longestAddress = 300;

const stopsHere = ({ failure }: TrialRequest): boolean => failure !== null && stageOf(failure) === 'proxy';

/** Which proxy is in use, whether it lets the console through, and whether the script that chooses it (PAC) can be used. */
export const proxy: ServerCheck = {
  id: 'proxy',
  async applicable(scene) {
    const request = await scene.tryRequest();
    return request.evidence.proxy !== undefined || stopsHere(request) || Boolean(request.proxyScript?.trouble);
  },
  async check(scene, signal) {
    const request = await scene.tryRequest();
    const { address = '', trouble } = request.proxyScript ?? {};
    // Chromium silently ignores such a script, and may then fail elsewhere.
    return trouble && !stopsHere(request)
      ? attention([preflightWords.proxyScript[trouble](shownText(address, longestAddress)), preflightWords.goesAround])
      : stage.check(scene, signal);
  },
};
