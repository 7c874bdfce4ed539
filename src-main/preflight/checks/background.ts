import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, ok } from '../preflight-check.ts';

/** Whether the license is refreshed while no window is open. */
export const background: ComputerCheck = {
  id: 'background',
  check(scene) {
    const { startsAtLogin, keepsRunning } = scene.background();
    const now = scene.isInPlace ? preflightWords.notRunning : preflightWords.consoleRuns;
    const login = startsAtLogin === 'on' ? preflightWords.startsAtLogin : preflightWords.startsNotAtLogin;
    const closing = keepsRunning === 'no' ? [preflightWords.endsWithWindow] : [];
    if (startsAtLogin === 'on' && keepsRunning !== 'no') return ok(`${now} ${login}`);
    return attention([now, login, ...closing], 'start_at_sign_in');
  },
};
