import { shownText } from '../../../src-shared/text/shown-text.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ServerCheck } from '../preflight-check.ts';
import type { TrialRequest } from '../preflight-scene.ts';
import { checkOfStage, stageOf } from '../way-of-request.ts';

const stage = checkOfStage('proxy', ({ evidence: { proxy: used } }) =>
  used === undefined ? preflightWords.noProxy : preflightWords.proxyWorks(used),
);
const longestAddress = 300;

const stopsHere = ({ failure }: TrialRequest): boolean => failure !== null && stageOf(failure) === 'proxy';

/** Which proxy is in use, whether it lets the console through, and whether the script that chooses it (PAC) can be used. */
export const proxy: ServerCheck = {
  async applicable(scene) {
    const request = await scene.tryRequest();
    // The requests go to the laptop, past any proxy.
    if (request.laptop) return stopsHere(request);
    const { trouble, isUnseen } = request.proxyScript ?? {};
    // A script that could not be read matters only if a proxy is used or something fails.
    const isSuspect = Boolean(trouble) || (isUnseen && request.failure !== null);
    return request.evidence.proxy !== undefined || stopsHere(request) || isSuspect === true;
  },
  async check(scene, signal) {
    const request = await scene.tryRequest();
    const { address = '', trouble, isUnseen } = request.proxyScript ?? {};
    const shown = shownText(address, longestAddress);
    // Chromium silently ignores such a script, and may then fail elsewhere.
    if (trouble && !stopsHere(request))
      return attention([preflightWords.proxyScript[trouble](shown), preflightWords.goesAround], { fixer: 'network' });
    const finding = await stage.check(scene, signal);
    return isUnseen ? { ...finding, says: [...finding.says, preflightWords.scriptUnseen(shown)] } : finding;
  },
};
