import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, ok } from '../preflight-check.ts';

/** Whether this is a virtual machine, and whether its disk came from the computer that acquired a license. */
export const machine: ComputerCheck = {
  async check(scene) {
    const kind = await scene.virtualMachine();
    const says = kind === null ? preflightWords.noVirtualMachine : preflightWords.virtualMachine(kind);
    const others = scene.servers.all.flatMap(({ license }) => license.otherComputer()?.facts?.['computer'] ?? []);
    const [other] = others;
    return other === undefined ? ok(says) : attention([preflightWords.copiedFrom(other), says]);
  },
};
