import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, ok } from '../preflight-check.ts';

/** Whether the start at sign-in, if it is on, starts this program. An entry stays behind when a copy of the console is moved. */
export const start: ComputerCheck = {
  applicable: (scene) => scene.background().startsAtLogin === 'on',
  check(scene) {
    const another = scene.startsAnother();
    return another === null
      ? ok(preflightWords.startsThis)
      : attention([preflightWords.startsAnother(another), preflightWords.startAgainOn], { advice: 'start_at_sign_in' });
  },
};
