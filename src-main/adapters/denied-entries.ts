import { type KeychainEntries, LockedEntryError } from './keychain-entries.ts';

/**
 * Entries of a keychain that asks its person for each. The module says that an entry is not there also where the person did not
 * allow access to it; here that is a {@link LockedEntryError}, and nobody is asked for it again before {@link askAgain}.
 */
export class DeniedEntries implements KeychainEntries {
  readonly #entries: KeychainEntries;
  readonly #isLocked: (account: string) => Promise<boolean>;
  readonly #denied = new Set<string>();

  /** `isLocked` finds out without asking the person. */
  constructor(entries: KeychainEntries, isLocked: (account: string) => Promise<boolean>) {
    this.#entries = entries;
    this.#isLocked = isLocked;
  }

  /** A person wants to open the keychain. */
  askAgain(): void {
    this.#denied.clear();
  }

  async getPassword(account: string): Promise<string | null> {
    await this.#expectNotDenied(account);
    const password = await this.#entries.getPassword(account);
    if (password === null) await this.#expectNotLocked(account);
    return password;
  }

  setPassword(account: string, password: string): Promise<void> {
    return this.#entries.setPassword(account, password);
  }

  async deletePassword(account: string): Promise<boolean> {
    await this.#expectNotDenied(account);
    const isDeleted = await this.#entries.deletePassword(account);
    if (!isDeleted) await this.#expectNotLocked(account);
    return isDeleted;
  }

  async #expectNotDenied(account: string): Promise<void> {
    if (this.#denied.has(account)) await this.#expectNotLocked(account);
  }

  async #expectNotLocked(account: string): Promise<void> {
    if (await this.#isLocked(account)) {
      this.#denied.add(account);
      throw new LockedEntryError();
    }
    this.#denied.delete(account);
  }
}
