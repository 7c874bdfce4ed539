import type { Timer } from '../ports/timer.ts';

/** How often a keychain that failed is tried again. The console gets no notice when somebody unlocks it. */
const lookAgainMs = 5 * 60_000;

export interface KeychainWatchDeps {
  readonly license: {
    readonly keychainTrouble: unknown;
    reconcile(): Promise<unknown>;
  };
  readonly timer: Timer;
  /** Called when the keychain works again and has been reconciled with the record. */
  readonly onBack: () => void;
}

/**
 * Reconciles record and keychain as soon as a keychain that was locked at startup is unlocked. Never causes the system to ask
 * for a password.
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
    if (!license.keychainTrouble) return;
    await license.reconcile();
    if (!license.keychainTrouble) onBack();
  }
}
