import { doubtOf } from '../../../src-shared/license-status.ts';
import { failure } from '../../../src-shared/result.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, failed, ok } from '../preflight-check.ts';

/** Whether this computer's clock agrees with the time that the servers gave. */
export const clock: ComputerCheck = {
  id: 'clock',
  check({ trustedTime }) {
    const { clock: judged } = trustedTime.evaluate();
    const doubt = doubtOf(judged);
    if (doubt) return attention([preflightWords.clockIsInDoubt(doubt)]);
    if (judged.state === 'right') return ok(preflightWords.clockRight);
    return { ...failed(failure('clock_wrong')), says: [preflightWords.clockIsWrong(judged)] };
  },
};
