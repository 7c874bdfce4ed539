class Killed extends Error {}

/**
 * Simulates the sudden end of a process. The process dies at a given step, just before or just after the step's effect. From
 * then on no effect happens, and nothing that the process awaits ever resolves.
 */
export class KillSwitch {
  #step = 0;
  readonly #diesAt: number;
  readonly #after: boolean;
  dead = false;
  /** The name of each step so far. */
  readonly steps: string[] = [];

  /** `diesAt` counts from 0. The process survives if that step is never reached. */
  constructor(diesAt = Number.POSITIVE_INFINITY, after = false) {
    this.#diesAt = diesAt;
    this.#after = after;
  }

  /** Runs a synchronous effect. A dead process gets `whenDead` instead, and runs on until its next `await`. */
  run<T>(name: string, whenDead: T, effect: () => T): T {
    try {
      this.#before(name);
      const value = effect();
      this.#behind();
      return value;
    } catch (thrown) {
      if (thrown instanceof Killed) return whenDead;
      throw thrown;
    }
  }

  async runAsync<T>(name: string, effect: () => Promise<T>): Promise<T> {
    try {
      this.#before(name);
      const value = await effect();
      this.#behind();
      return value;
    } catch (thrown) {
      if (thrown instanceof Killed) return await new Promise<never>(() => {});
      throw thrown;
    }
  }

  #before(name: string): void {
    if (this.dead) throw new Killed();
    this.steps.push(name);
    if (this.#step === this.#diesAt && !this.#after) this.#die();
  }

  #behind(): void {
    if (this.dead) throw new Killed();
    if (this.#step === this.#diesAt) this.#die();
    this.#step += 1;
  }

  #die(): never {
    this.dead = true;
    throw new Killed();
  }
}
