import type { Timer } from '../ports/timer.ts';

/**
 * How often a keychain that failed is tried again. The console gets no notice when somebody unlocks it, or opens the database that holds
 * the tokens instead of another one.
 */
const lookAgainMs = 5 * 60_000;

export interface KeychainWatchDeps {
  readonly license: {
    /** The keychain failed, or it worked but the tokens were not in it. */
    readonly missesTokens: boolean;
    reconcile(): Promise<unknown>;
  };
  readonly timer: Timer;
  /** Called when the tokens can be read again and have been reconciled with the record. */
  readonly onBack: () => void;
}

/**
 * Reconciles record and keychain as soon as tokens that could not be read are readable again. Never causes the system to ask for a
 * password.
 */
export class KeychainWatch {
  readonly #deps: KeychainWatchDeps;
  #cancelTimer: () => void = () => {};

  constructor(deps: KeychainWatchDeps) {
    this.#deps = deps;
  }

  begin(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.timer.schedule(lookAgainMs, () => {
      this.begin();
      void this.#look();
    });
  }

  stop(): void {
    this.#cancelTimer();
  }

  async #look(): Promise<void> {
    const { license, onBack } = this.#deps;
    if (!license.missesTokens) return;
    await license.reconcile();
    if (!license.missesTokens) onBack();
  }
}
