import type { Timer } from '../ports/timer.ts';
import type { LicenseService } from './license-service.ts';

/** A keychain that is in trouble is looked at this often: whoever opens it need not tell the console. */
const lookAgainMs = 5 * 60_000;

export interface KeychainWatchDeps {
  readonly license: Pick<LicenseService, 'keychainTrouble' | 'reconcile'>;
  readonly timer: Timer;
  /** The keychain answers again, and record and keychain are brought together. */
  readonly onBack: () => void;
}

/** Does what a start could not, once the keychain that was closed then is open. Never lets the system ask for a password. */
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
