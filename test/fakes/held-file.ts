import { renameSync } from 'node:fs';
import type { RenameSteps } from '../../src-main/files/replace-file.ts';

/** A file that another program keeps open for a number of tries, with the error of Windows. Waiting takes no real time. */
export class HeldFile {
  triesLeft: number;
  readonly waits: number[] = [];
  readonly steps: RenameSteps;
  #underWay = 0;
  #letWait: () => void = () => {};
  #mayWait: Promise<void> = Promise.resolve();

  constructor(triesLeft: number, code: string, mayWait = true, platform: NodeJS.Platform = 'win32') {
    this.triesLeft = triesLeft;
    if (!mayWait)
      this.#mayWait = new Promise((resolve) => {
        this.#letWait = resolve;
      });
    this.steps = {
      platform,
      rename: (from, to) => {
        if (this.triesLeft === 0) return renameSync(from, to);
        this.triesLeft -= 1;
        throw Object.assign(new Error(code), { code });
      },
      wait: async (ms) => {
        this.waits.push(ms);
        this.#underWay += 1;
        await this.#mayWait;
        this.#underWay -= 1;
      },
    };
  }

  letWait(): void {
    this.#letWait();
  }

  /** Resolves when nothing waits for the file. */
  async drained(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#underWay > 0);
  }
}
