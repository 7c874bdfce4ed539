import { type Failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import { type LicenseSecrets, parseSecrets, serializeSecrets } from './license-record.ts';

/** The tokens of one server's license in the keychain, and whether the keychain works. Failures of all calls: `secret_store_*`. */
export class LicenseSecretsStore {
  readonly #name: string;
  readonly #probeName: string;
  readonly #secrets: SecretStore;
  readonly #onChanged: () => void;
  #trouble: Failure | null = null;

  /** `onChanged` is called when {@link trouble} changes. */
  constructor(profileId: string, secrets: SecretStore, onChanged: () => void) {
    this.#name = `license.${profileId}`;
    this.#probeName = `probe.${profileId}`;
    this.#secrets = secrets;
    this.#onChanged = onChanged;
  }

  /** The failure of the last call, or null if it succeeded. */
  get trouble(): Failure | null {
    return this.#trouble;
  }

  /** Null if there are none. `secret_store_damaged`: the entry holds something else. */
  async read(): Promise<Result<LicenseSecrets | null>> {
    const read = this.#note(await this.#secrets.read(this.#name));
    if (!read.ok) return read;
    if (read.value === null) return succeed(null);
    const secrets = parseSecrets(read.value);
    return secrets ? succeed(secrets) : this.#note(fail('secret_store_damaged'));
  }

  async write(secrets: LicenseSecrets): Promise<Result<null>> {
    return this.#note(await this.#secrets.write(this.#name, serializeSecrets(secrets)));
  }

  async remove(): Promise<Result<null>> {
    return this.#note(await this.#secrets.remove(this.#name));
  }

  /** Checks that the keychain accepts a value, before anything that depends on it is started. */
  async probe(): Promise<Result<null>> {
    const written = this.#note(await this.#secrets.write(this.#probeName, 'probe'));
    if (written.ok) await this.#secrets.remove(this.#probeName);
    return written;
  }

  /** Lets the system ask for the keychain's password. */
  async unlock(): Promise<Result<null>> {
    return this.#note(await this.#secrets.unlock());
  }

  #note<T>(result: Result<T>): Result<T> {
    const trouble = result.ok ? null : result.failure;
    if (trouble?.code !== this.#trouble?.code) {
      this.#trouble = trouble;
      this.#onChanged();
    }
    return result;
  }
}
