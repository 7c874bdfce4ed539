import { doubtOf } from '../../../src-shared/license/license-status.ts';
import { present } from '../../../src-shared/present.ts';
import { failure } from '../../../src-shared/result.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, failed, ok } from '../preflight-check.ts';

/** Whether this computer's clock agrees with the time that the servers gave. */
export const clock: ComputerCheck = {
  async check({ trustedTime, timeService }) {
    // One answer of a server leaves the clock in doubt, until another one confirms it.
    await trustedTime.settle();
    const { clock: judged } = trustedTime.evaluate();
    const doubt = doubtOf(judged);
    if (doubt) return attention([preflightWords.clockIsInDoubt(doubt)], { fixer: 'store' });
    if (judged.state === 'right') return ok(preflightWords.clockRight);
    const facts = present({ command: timeService?.command });
    return { ...failed(failure('clock_wrong', { facts })), says: [preflightWords.clockIsWrong(judged)] };
  },
};
