import type { KeychainEntries } from '../../src-main/adapters/keychain/keychain-entries.ts';
import { KillSwitch } from './kill-switch.ts';

/** `CRED_MAX_CREDENTIAL_BLOB_SIZE` of Windows. */
export const windowsLimitBytes = 2_560;

/** A keychain like those of the operating systems, with the size limit of Windows for one entry. */
export class MemoryKeychain implements KeychainEntries {
  readonly entries: Map<string, string>;
  readonly #kill: KillSwitch;

  constructor(entries = new Map<string, string>(), kill = new KillSwitch()) {
    this.entries = entries;
    this.#kill = kill;
  }

  getPassword(account: string): Promise<string | null> {
    return this.#kill.runAsync(`get ${account}`, async () => this.entries.get(account) ?? null);
  }

  setPassword(account: string, password: string): Promise<void> {
    return this.#kill.runAsync(`set ${account}`, async () => {
      if (password === '') throw new Error('Password is required.');
      if (Buffer.byteLength(password, 'utf8') > windowsLimitBytes) throw new Error('The stub received bad data.');
      this.entries.set(account, password);
    });
  }

  deletePassword(account: string): Promise<boolean> {
    return this.#kill.runAsync(`delete ${account}`, async () => this.entries.delete(account));
  }
}
