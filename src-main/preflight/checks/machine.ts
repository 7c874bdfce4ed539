import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, ok } from '../preflight-check.ts';

/** Whether this is a virtual machine, and whether its disk came from the computer that acquired a license. */
export const machine: ComputerCheck = {
  async check(scene) {
    const kind = await scene.virtualMachine();
    const says = kind === null ? preflightWords.noVirtualMachine : preflightWords.virtualMachine(kind);
    const [copied] = scene.servers.all.flatMap(({ license }) => license.otherComputer() ?? []);
    const other = copied?.facts?.['computer'];
    if (!copied || other === undefined) return ok(says);
    return { ...attention([preflightWords.copiedFrom(other), says]), failure: copied };
  },
};
