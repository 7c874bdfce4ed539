import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { KeychainProgram, SecretStore } from '../../src-main/keychain/secret-store.ts';
import { KillSwitch } from './kill-switch.ts';

type Operation = 'read' | 'write' | 'remove' | 'unlock';

/** A keychain in memory. Its contents outlive the simulated process. A test can make it fail, or kill the process at a step. */
export class MemorySecretStore implements SecretStore, KeychainProgram {
  readonly entries: Map<string, string>;
  readonly calls: { readonly operation: Operation; readonly name: string }[] = [];
  readonly #kill: KillSwitch;
  /** The program that provides the keychain. Changing it does not change the entries; a test does that itself. */
  servedBy: string | null = 'gnome-keyring-daemon';
  #failures: ((operation: Operation, name: string) => FailureCode | null) | null = null;

  constructor(entries = new Map<string, string>(), kill = new KillSwitch()) {
    this.entries = entries;
    this.#kill = kill;
  }

  /** Makes calls fail from now on; null makes them succeed again. */
  failing(failures: FailureCode | ((operation: Operation, name: string) => FailureCode | null) | null): void {
    this.#failures = typeof failures === 'string' ? () => failures : failures;
  }

  read(name: string): Promise<Result<string | null>> {
    return this.#call('read', name, () => this.entries.get(name) ?? null);
  }

  write(name: string, value: string): Promise<Result<null>> {
    return this.#call('write', name, () => {
      this.entries.set(name, value);
      return null;
    });
  }

  remove(name: string): Promise<Result<null>> {
    return this.#call('remove', name, () => {
      this.entries.delete(name);
      return null;
    });
  }

  unlock(): Promise<Result<null>> {
    return this.#call('unlock', '', () => null);
  }

  program(): Promise<string | null> {
    return this.#kill.runAsync('keychain program', async () => this.servedBy);
  }

  #call<T>(operation: Operation, name: string, effect: () => T): Promise<Result<T>> {
    return this.#kill.runAsync(`keychain ${operation} ${name}`, async () => {
      this.calls.push({ operation, name });
      const code = this.#failures?.(operation, name);
      return code ? fail(code) : succeed(effect());
    });
  }
}
