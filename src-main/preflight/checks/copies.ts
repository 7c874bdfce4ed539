import { shownText } from '../../../src-shared/text/shown-text.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, ok, skipped } from '../preflight-check.ts';
import type { OtherCopy } from '../preflight-scene.ts';

/** At most this many are named. */
const namedAtMost = 3;
const longestProgram = 300;
const longestAccount = 100;

/** Whether other copies of the console run at the same time, in this account with other settings or in another account. */
export const copies: ComputerCheck = {
  async check(scene) {
    const found = await scene.otherCopies();
    if (!found) return skipped(preflightWords.copiesUnknown);
    if (found.length === 0) return ok(preflightWords.noCopies);
    const more = found.length - namedAtMost;
    const says = [
      ...found.slice(0, namedAtMost).map(said),
      ...(more > 0 ? [preflightWords.moreCopies(more)] : []),
      preflightWords.oneCopy,
    ];
    return attention(says, { fixer: 'store' });
  },
};

function said({ process, program, account }: OtherCopy): string {
  const shown = shownText(program, longestProgram);
  return account === null
    ? preflightWords.copyHere(shown, process)
    : preflightWords.copyOf(shownText(account, longestAccount), shown, process);
}
