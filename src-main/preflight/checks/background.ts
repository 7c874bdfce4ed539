import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, ok } from '../preflight-check.ts';

/** Whether the license is refreshed while no window is open. */
export const background: ComputerCheck = {
  check(scene) {
    const { startsAtLogin, keepsRunning } = scene.background();
    const now = scene.isInPlace ? preflightWords.notRunning : preflightWords.consoleRuns;
    const starts = startsAtLogin === 'on';
    const right = [now, ...(starts ? [preflightWords.startsAtLogin] : [])];
    const wrong = [
      ...(starts ? [] : [preflightWords.startsNotAtLogin]),
      ...(keepsRunning === 'no' ? [preflightWords.endsWithWindow] : []),
    ];
    return wrong.length === 0 ? ok(right.join(' ')) : attention([...wrong, ...right], { advice: 'start_at_sign_in' });
  },
};
