import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import ElectronStore from 'electron-store';
import { ipcMain } from 'electron';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore, StoredDocument } from '../ports/document-store.ts';

/**
 * Documents as JSON files in one folder, each replaced in one step. A file that holds no document is kept aside under
 * another name and never deleted; one that another program or the disk does not let go of is left alone.
 */
export class ElectronStoreDocuments implements DocumentStore {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #onNotWritten: (name: string) => void;
  readonly #onSetAside: (name: string, keptAs: string) => void;
  readonly #stores = new Map<string, ElectronStore>();
  /** Files that may be good but could be neither read nor set aside: this run must not replace them. */
  readonly #held = new Set<string>();

  constructor(
    folder: string,
    now: () => number,
    onNotWritten: (name: string) => void,
    onSetAside: (name: string, keptAs: string) => void = () => {},
  ) {
    this.#folder = folder;
    this.#now = now;
    this.#onNotWritten = onNotWritten;
    this.#onSetAside = onSetAside;
  }

  read(name: string): StoredDocument {
    if (!existsSync(this.#path(name))) return { state: 'absent' };
    try {
      const document = { ...this.#store(name).store };
      // Whoever reads it knows now what it would replace.
      this.#held.delete(name);
      return { state: 'present', document };
    } catch (thrown) {
      if (isWithheld(thrown)) {
        this.#held.add(name);
        return { state: 'unreadable' };
      }
      const keptAs = this.setAside(name);
      return { state: 'unreadable', ...(keptAs ? { keptAs } : {}) };
    }
  }

  write(name: string, document: object): Result<null> {
    return this.#attempt(name, () => {
      if (this.#held.has(name)) throw Object.assign(new Error(), { code: 'not_read' });
      this.#store(name).store = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    });
  }

  remove(name: string): Result<null> {
    return this.#attempt(name, () => {
      this.#stores.delete(name);
      this.#held.delete(name);
      rmSync(this.#path(name), { force: true });
    });
  }

  setAside(name: string): string | undefined {
    this.#stores.delete(name);
    const stamp = new Date(this.#now()).toISOString().replaceAll(/[:.]/g, '-');
    const keptAs = this.#path(`${name}.unreadable-${stamp}`);
    try {
      renameSync(this.#path(name), keptAs);
      this.#held.delete(name);
      this.#onSetAside(name, basename(keptAs));
      return basename(keptAs);
    } catch {
      if (existsSync(this.#path(name))) this.#held.add(name);
      return undefined;
    }
  }

  #attempt(name: string, change: () => void): Result<null> {
    try {
      change();
      return succeed(null);
    } catch (thrown) {
      this.#onNotWritten(name);
      const reason = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
      return fail('settings_not_written', { facts: { reason } });
    }
  }

  #store(name: string): ElectronStore {
    const known = this.#stores.get(name);
    if (known) return known;
    const store = new ElectronStore({ name, cwd: this.#folder, accessPropertiesByDotNotation: false });
    // electron-store answers renderers on a channel of its own; no screen of this console asks it anything.
    ipcMain?.removeAllListeners('electron-store-get-data');
    this.#stores.set(name, store);
    return store;
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

const withheldCodes: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EBUSY', 'EIO', 'EMFILE', 'ENFILE', 'EAGAIN']);

/** A virus scanner, a backup or the disk is in the way: that says nothing about what the file holds. */
function isWithheld(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && withheldCodes.has(thrown.code);
}
