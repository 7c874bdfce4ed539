import { z } from 'zod/mini';
import { type Failure, type Result, succeed } from '../../src-shared/result.ts';
import type { EnteredSignIn } from '../../src-shared/authorization-pane/sign-in-question.ts';
import type { SecretStore } from './secret-store.ts';

/** The names and passwords for the proxies of this computer, by host and port. */
export interface KnownProxySignIns {
  /** Null if there is none, or if the keychain cannot be read. Reads the keychain only once. */
  of(proxy: string): Promise<EnteredSignIn | null>;
  /** Call when a proxy asks for a name and a password. `refused`: it did not accept these. */
  wanted(proxy: string, refused: EnteredSignIn | null): void;
  /** Calls `then` each time one is forgotten, so that nothing keeps using it. */
  onForgotten(then: () => void): void;
}

const entry = 'proxy-sign-ins';
/** A laptop meets many networks. The oldest is dropped first. */
const mostKept = 20;
const text = z.string().check(z.maxLength(1000));
const keptSchema = z.array(z.object({ proxy: text, name: text, password: text }));

/**
 * Keeps what a person entered for a proxy in an entry of the keychain. A sign-in that its proxy refuses is forgotten, so that it
 * is not sent again and again: many companies lock an account after a few wrong passwords.
 */
export class ProxySignIns implements KnownProxySignIns {
  readonly #secrets: Pick<SecretStore, 'read' | 'write' | 'remove'>;
  #reading: Promise<boolean> | null = null;
  #kept = new Map<string, EnteredSignIn>();
  /** The proxies that were forgotten in this run: what the keychain still holds for them does not count. */
  readonly #forgotten = new Set<string>();
  readonly #unsaved = new Set<string>();
  #last: string | null = null;
  readonly #whenForgotten: (() => void)[] = [];
  /** Called when a proxy wants a sign-in that is unknown. `again`: it refused the previous one. */
  onWanted: (proxy: string, again: boolean) => void = () => {};

  /** Called after each change. `trouble`: why the keychain did not accept it. Null if it did. */
  onSaved: (change: 'kept' | 'forgotten', trouble: Failure | null) => void = () => {};

  constructor(secrets: Pick<SecretStore, 'read' | 'write' | 'remove'>) {
    this.#secrets = secrets;
  }

  /** The proxy that asked last in this run. Null if none did. */
  get last(): string | null {
    return this.#last;
  }

  /** Did the keychain refuse the last change of this one? The change then counts until the console ends. */
  isUnsaved(proxy: string): boolean {
    return this.#unsaved.has(proxy);
  }

  async of(proxy: string): Promise<EnteredSignIn | null> {
    this.#last = proxy;
    await this.#load();
    return this.#kept.get(proxy) ?? null;
  }

  wanted(proxy: string, refused: EnteredSignIn | null): void {
    const kept = this.#kept.get(proxy);
    // The person has entered another one in the meantime.
    if (kept && kept !== refused) return;
    if (kept) void this.forget(proxy);
    this.onWanted(proxy, refused !== null);
  }

  onForgotten(then: () => void): void {
    this.#whenForgotten.push(then);
  }

  has(proxy: string): boolean {
    return this.#kept.has(proxy);
  }

  /** Uses it from now on, and keeps it. Failures: the `secret_store_*` codes; it is then used until the console ends. */
  async keep(proxy: string, entered: EnteredSignIn): Promise<Result<null>> {
    await this.of(proxy);
    this.#forgotten.delete(proxy);
    this.#kept.delete(proxy);
    this.#kept.set(proxy, entered);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return this.#save(proxy, 'kept');
  }

  /** Failures: the `secret_store_*` codes; then the next run finds it again. */
  async forget(proxy: string): Promise<Result<null>> {
    const had = this.#kept.delete(proxy);
    if (!had && !this.#unsaved.has(proxy)) return succeed(null);
    this.#forgotten.add(proxy);
    if (had) for (const then of this.#whenForgotten) then();
    await this.#load();
    return this.#save(proxy, 'forgotten');
  }

  async #load(): Promise<void> {
    this.#reading ??= this.#read();
    const reading = this.#reading;
    // A keychain that is locked now may be read later.
    if (!(await reading) && this.#reading === reading) this.#reading = null;
  }

  async #read(): Promise<boolean> {
    const read = await this.#secrets.read(entry);
    if (!read.ok) return false;
    for (const { proxy, name, password } of parsed(read.value))
      if (!this.#kept.has(proxy) && !this.#forgotten.has(proxy)) this.#kept.set(proxy, { name, password });
    return true;
  }

  async #save(proxy: string, change: 'kept' | 'forgotten'): Promise<Result<null>> {
    const written = await this.#write();
    // One entry of the keychain holds all of them.
    if (written.ok) this.#unsaved.clear();
    else this.#unsaved.add(proxy);
    this.onSaved(change, written.ok ? null : written.failure);
    return written;
  }

  async #write(): Promise<Result<null>> {
    const all = [...this.#kept].map(([proxy, signIn]) => ({ proxy, ...signIn }));
    return all.length === 0 ? this.#secrets.remove(entry) : this.#secrets.write(entry, JSON.stringify(all));
  }
}

function parsed(value: string | null): z.infer<typeof keptSchema> {
  try {
    return keptSchema.parse(JSON.parse(value ?? '[]'));
  } catch {
    return [];
  }
}
