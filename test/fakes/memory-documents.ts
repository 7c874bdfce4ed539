import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore, StoredDocument } from '../../src-main/ports/document-store.ts';
import { KillSwitch } from './kill-switch.ts';

/** Documents in memory, stored as JSON text, so that reading never returns the same object that was written. */
export class MemoryDocuments implements DocumentStore {
  readonly files: Map<string, string>;
  readonly setAsideNames: string[] = [];
  readonly #kill: KillSwitch;
  writable = true;

  constructor(files = new Map<string, string>(), kill = new KillSwitch()) {
    this.files = files;
    this.#kill = kill;
  }

  read(name: string): StoredDocument {
    const text = this.files.get(name);
    if (text === undefined) return { state: 'absent' };
    try {
      return { state: 'present', document: JSON.parse(text) };
    } catch {
      const keptAs = this.setAside(name);
      return { state: 'unreadable', ...(keptAs ? { keptAs } : {}) };
    }
  }

  write(name: string, document: object): Result<null> {
    return this.#change(`write ${name}`, () => this.files.set(name, JSON.stringify(document)));
  }

  remove(name: string): Result<null> {
    return this.#change(`remove ${name}`, () => this.files.delete(name));
  }

  removeAll(name: string): Result<null> {
    const removed = this.remove(name);
    if (removed.ok) this.files.delete(`${name}.unreadable`);
    return removed;
  }

  setAside(name: string): string | undefined {
    const text = this.files.get(name);
    if (text === undefined) return undefined;
    this.files.delete(name);
    this.files.set(`${name}.unreadable`, text);
    this.setAsideNames.push(name);
    return `${name}.unreadable.json`;
  }

  #change(step: string, effect: () => unknown): Result<null> {
    return this.#kill.run<Result<null>>(`document ${step}`, succeed(null), () => {
      if (!this.writable) return fail('settings_not_written', { facts: { reason: 'ENOSPC' } });
      effect();
      return succeed(null);
    });
  }
}
