import { hasTrait } from '../../src-shared/failure-codes.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Timer } from '../ports/timer.ts';

/**
 * The pause before a keychain that failed is tried again. The console gets no notice when somebody unlocks it, or opens the database that
 * holds the tokens instead of another one.
 */
const lookAgainMs = 5 * 60_000;

interface WatchedServer {
  readonly license: {
    readonly keychainTrouble: Failure | null;
    /** The keychain failed, or it worked but the tokens were not in it. */
    readonly missesTokens: boolean;
    reconcile(): Promise<unknown>;
  };
  /** Called when the tokens can be read again and have been reconciled with the record. */
  readonly onBack: () => void;
}

interface KeychainWatchDeps {
  readonly timer: Timer;
  /** Called with an unexpected error. */
  readonly onFault: (thrown: unknown) => void;
}

/**
 * Reconciles the records of all servers with the keychain as soon as tokens that could not be read are readable again. Never causes the
 * system to ask for a password. Looks at one server after another, and again only after a pause, because a keychain that waits for a
 * person answers slowly, and everything else that needs it has to wait.
 */
export class KeychainWatch {
  readonly #deps: KeychainWatchDeps;
  readonly #servers = new Set<WatchedServer>();
  #cancelTimer: (() => void) | null = null;
  #isLooking = false;

  constructor(deps: KeychainWatchDeps) {
    this.#deps = deps;
  }

  begin(server: WatchedServer): void {
    this.#servers.add(server);
    if (!this.#cancelTimer && !this.#isLooking) this.#lookLater();
  }

  end(server: WatchedServer): void {
    this.#servers.delete(server);
    if (this.#servers.size > 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #lookLater(): void {
    this.#cancelTimer = this.#deps.timer.schedule(lookAgainMs, () => {
      this.#cancelTimer = null;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    for (const server of this.#servers) {
      // An error of one server must not keep the ones after it waiting.
      const goesOn = await this.#lookAt(server).catch((thrown: unknown) => {
        this.#deps.onFault(thrown);
        return true;
      });
      if (!goesOn) break;
    }
    this.#isLooking = false;
    if (this.#servers.size > 0) this.#lookLater();
  }

  /** False if the keychain seems to fail for all servers alike. The next look then begins with another server. */
  async #lookAt(server: WatchedServer): Promise<boolean> {
    const { license, onBack } = server;
    if (!license.missesTokens) return true;
    await license.reconcile();
    if (!this.#servers.has(server)) return true;
    if (!license.missesTokens) onBack();
    if (!license.keychainTrouble || isOfOneEntry(license.keychainTrouble)) return true;
    this.#servers.delete(server);
    this.#servers.add(server);
    return false;
  }
}

/** The keychain itself works; the entry of this server is missing or damaged. */
function isOfOneEntry({ code }: Failure): boolean {
  return hasTrait(code, 'one_entry');
}
