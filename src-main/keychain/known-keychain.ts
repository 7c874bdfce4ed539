import { z } from 'zod/mini';
import { fail, type Result } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { KeychainProgram, SecretStore } from './secret-store.ts';

const program = z.string().check(z.minLength(1), z.maxLength(200));
const documentSchema = z.object({ version: z.literal(1), program });

/**
 * The keychain, plus a record of which program stored each secret. If a secret is missing and another program serves the
 * keychain now, the failure is `secret_store_changed_backend`, with both programs as the facts `now` and `before`.
 */
export class KnownKeychain implements SecretStore {
  readonly #keychain: SecretStore & KeychainProgram;
  readonly #documents: DocumentStore;
  /** Secrets whose program has been recorded or confirmed in this run. */
  readonly #noted = new Set<string>();

  constructor(keychain: SecretStore & KeychainProgram, documents: DocumentStore) {
    this.#keychain = keychain;
    this.#documents = documents;
  }

  async read(name: string): Promise<Result<string | null>> {
    const read = await this.#keychain.read(name);
    if (!read.ok) return read;
    if (read.value !== null) {
      await this.#note(name);
      return read;
    }
    const before = this.#recorded(name);
    if (before === null) return read;
    this.#noted.delete(name);
    const now = await this.#keychain.program();
    return now === null || now === before ? read : fail('secret_store_changed_backend', { facts: { now, before } });
  }

  async write(name: string, value: string): Promise<Result<null>> {
    const written = await this.#keychain.write(name, value);
    if (written.ok) await this.#note(name);
    return written;
  }

  async remove(name: string): Promise<Result<null>> {
    const removed = await this.#keychain.remove(name);
    this.#noted.delete(name);
    if (removed.ok && this.#recorded(name) !== null) this.#documents.remove(documentName(name));
    return removed;
  }

  unlock(): Promise<Result<null>> {
    return this.#keychain.unlock();
  }

  /** Best effort: without this note, a secret that another program holds is only reported as missing. */
  async #note(name: string): Promise<void> {
    if (this.#noted.has(name) || !isKept(name)) return;
    const now = await this.#keychain.program();
    if (now === null) return;
    if (now !== this.#recorded(name)) this.#documents.write(documentName(name), { version: 1, program: now });
    this.#noted.add(name);
  }

  #recorded(name: string): string | null {
    const stored = this.#documents.read(documentName(name));
    const parsed = stored.state === 'present' ? documentSchema.safeParse(stored.document) : null;
    return parsed?.success ? parsed.data.program : null;
  }
}

/** Probe entries, written only to find out whether the keychain accepts values, are not recorded. */
const isKept = (name: string): boolean => name.startsWith('license.');
const documentName = (name: string): string => `keychain.${name}`;
