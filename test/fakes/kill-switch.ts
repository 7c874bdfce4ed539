class Killed extends Error {}

/**
 * Stands for the end of a process: at its step it dies, before the effect or just after it, and from then on no effect
 * happens and nothing that it waits for comes.
 */
export class KillSwitch {
  #step = 0;
  readonly #diesAt: number;
  readonly #after: boolean;
  dead = false;
  /** What each step was. */
  readonly steps: string[] = [];

  /** `diesAt` counts from 0; a number that is never reached lets the process live. */
  constructor(diesAt = Number.POSITIVE_INFINITY, after = false) {
    this.#diesAt = diesAt;
    this.#after = after;
  }

  /** An effect that nobody waits for; a dead process is told `whenDead`, and comes as far as its next wait. */
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
