import { type KeychainEntries, LockedEntryError } from './keychain-entries.ts';

/**
 * The entries of a keychain that asks the person for each of them. If the person denies an entry, the keychain module answers as if there
 * were none. This class throws a {@link LockedEntryError} instead, and asks for that entry only after {@link askAgain}.
 */
export class DeniedEntries implements KeychainEntries {
  readonly #entries: KeychainEntries;
  readonly #isLocked: (account: string) => Promise<boolean>;
  readonly #denied = new Set<string>();

  /** `isLocked` does not ask the person. */
  constructor(entries: KeychainEntries, isLocked: (account: string) => Promise<boolean>) {
    this.#entries = entries;
    this.#isLocked = isLocked;
  }

  /** Forgets the denials, because the person wants to open the keychain. */
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
