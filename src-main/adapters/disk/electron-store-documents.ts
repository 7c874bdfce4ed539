import {
  type Dirent,
  readdirSync,
  realpathSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ElectronStore from 'electron-store';
import { ipcMain } from 'electron';
import type { OtherKind, UnreadFile } from '../../../src-shared/window/console-state.ts';
import { present } from '../../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { isAbsent, isHeld, systemCode } from '../../files/file-trouble.ts';
import { checkFile, isFileThere, NotAFileError } from '../../files/read-file.ts';
import { isFolder, removeIfPossible, type RenameSteps, retryPausesMs, systemSteps } from '../../files/replace-file.ts';
import type { DocumentStore, StoredDocument } from '../../ports/document-store.ts';

/** Events about documents that no caller is waiting for. */
interface DocumentEvents {
  /** `reason`: the system's error code, or `withheld` if the file must not be replaced. */
  readonly onNotWritten?: (name: string, reason: string) => void;
  readonly onSetAside?: (name: string, keptAs: string) => void;
  /** True once another program has held files for about a second. False when everything has been written. */
  readonly onInUse?: (inUse: boolean) => void;
}

/** In bytes. Far more than any document of this console has. */
export const longestDocument = 16 * 1024 * 1024;
/** The pause between attempts at a file that is still in use after the first second. */
const laterPauseMs = 5_000;

/**
 * Documents as JSON files in one folder, each replaced in one step. A file that holds no document is renamed and kept, never
 * deleted. A file that cannot be read is left alone, and so is anything that is not a file. If another program holds a file, the
 * newest document stays in memory and is written once the file is released. electron-store's own write would block until then.
 */
export class ElectronStoreDocuments implements DocumentStore {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #events: DocumentEvents;
  readonly #steps: RenameSteps;
  readonly #stores = new Map<string, ElectronStore>();
  /** Files that may be good but could be neither read nor set aside: this run must not replace them. */
  readonly #withheld = new Map<string, OtherKind | null>();
  /** The new content of files that another program holds. Null if the file is to be deleted. */
  readonly #waiting = new Map<string, string | null>();
  #reportedInUse = false;

  constructor(folder: string, now: () => number, events: DocumentEvents = {}, steps: RenameSteps = systemSteps) {
    this.#folder = folder;
    this.#now = now;
    this.#events = events;
    this.#steps = steps;
  }

  read(name: string): StoredDocument {
    const waiting = this.#waiting.get(name);
    if (waiting === null) return { state: 'absent' };
    if (waiting !== undefined) return { state: 'present', document: JSON.parse(waiting) as unknown };
    try {
      checkFile(this.#path(name), longestDocument);
      const document = { ...this.#store(name).store };
      // The caller has now seen the document, so it may replace it.
      this.#withheld.delete(name);
      return { state: 'present', document };
    } catch (thrown) {
      if (isAbsent(thrown)) return { state: 'absent' };
      if (isWithheld(thrown)) {
        this.#withheld.set(name, kindOf(thrown));
        return { state: 'unreadable', ...this.#placeOf(name, thrown) };
      }
      const keptAs = this.setAside(name);
      const place = thrown instanceof NotAFileError ? this.#placeOf(name, thrown) : {};
      return present({ state: 'unreadable', ...place, keptAs });
    }
  }

  write(name: string, document: object): Result<null> {
    const kind = this.#withheld.get(name);
    if (kind !== undefined) {
      this.#events.onNotWritten?.(name, 'withheld');
      return this.#isWithheld(name, kind);
    }
    return this.#attempt(name, () => this.#change(name, JSON.stringify(document, undefined, '\t')));
  }

  remove(name: string): Result<null> {
    return this.#attempt(name, () => {
      this.#stores.delete(name);
      this.#withheld.delete(name);
      this.#change(name, null);
    });
  }

  removeAll(name: string): Result<null> {
    const removed = this.remove(name);
    const copies = this.#attempt(name, () => {
      // A folder that was in the place of a document does not belong to the console.
      const isCopy = (entry: Dirent) => entry.isFile() && isSetAside(name, entry.name);
      for (const { name: file } of entriesOf(this.#folder).filter(isCopy))
        rmSync(join(this.#folder, file), { force: true });
    });
    return removed.ok ? copies : removed;
  }

  setAside(name: string): string | undefined {
    this.#stores.delete(name);
    this.#waiting.delete(name);
    const stamp = new Date(this.#now()).toISOString().replaceAll(/[:.]/g, '-');
    const keptAs = this.#path(`${name}.unreadable-${stamp}`);
    try {
      renameSync(this.#path(name), keptAs);
      this.#withheld.delete(name);
      this.#events.onSetAside?.(name, basename(keptAs));
      return basename(keptAs);
    } catch (thrown) {
      if (!isAbsent(thrown)) this.#withheld.set(name, kindOf(thrown));
      return undefined;
    }
  }

  /** For the end of the process. Resolves when everything is written, or after about a second of attempts. */
  async settle(): Promise<void> {
    for (const pauseMs of retryPausesMs) {
      if (this.#putAll()) return;
      await this.#steps.wait(pauseMs);
    }
    this.#putAll();
  }

  #attempt(name: string, change: () => void): Result<null> {
    try {
      change();
      return succeed(null);
    } catch (thrown) {
      const reason = thrown instanceof NotAFileError ? 'withheld' : systemCode(thrown) || 'unknown';
      this.#events.onNotWritten?.(name, reason);
      if (thrown instanceof NotAFileError) return this.#isWithheld(name, thrown.kind);
      return fail('settings_not_written', { facts: { reason } });
    }
  }

  #placeOf(name: string, thrown: unknown): UnreadFile {
    const isForbidden = ['EACCES', 'EPERM'].includes(systemCode(thrown));
    return { file: basename(this.#path(name)), found: kindOf(thrown) ?? (isForbidden ? 'forbidden' : 'unseen') };
  }

  #isWithheld(name: string, kind: OtherKind | null): Result<null> {
    const file = basename(this.#path(name));
    return kind === null ? fail('file_unreadable', { facts: { file } }) : fail('not_a_file', { facts: { file, kind } });
  }

  #change(name: string, text: string | null): void {
    const isUnderWay = this.#waiting.size > 0;
    if (this.#put(name, text)) {
      this.#waiting.delete(name);
      return;
    }
    this.#waiting.set(name, text);
    if (!isUnderWay) void this.#putSoon();
  }

  async #putSoon(): Promise<void> {
    for (let tries = 0; this.#waiting.size > 0; tries += 1) {
      await this.#steps.wait(retryPausesMs[tries] ?? laterPauseMs);
      const isDone = this.#putAll();
      if (!isDone && tries >= retryPausesMs.length - 1) this.#reportInUse(true);
    }
    this.#reportInUse(false);
  }

  #reportInUse(inUse: boolean): void {
    if (this.#reportedInUse !== inUse) this.#events.onInUse?.(inUse);
    this.#reportedInUse = inUse;
  }

  /** Tries each waiting file. True when none is left. If a file fails for another reason than being held, that is reported and final. */
  #putAll(): boolean {
    for (const [name, text] of this.#waiting) {
      const isOver = this.#attempt(name, () => {
        if (!this.#put(name, text)) return;
        this.#waiting.delete(name);
      });
      if (!isOver.ok) this.#waiting.delete(name);
    }
    return this.#waiting.size === 0;
  }

  /** False if another program holds the file. */
  #put(name: string, text: string | null): boolean {
    const path = this.#path(name);
    try {
      // Throws if something other than a file is there, since the rename would replace that too.
      isFileThere(path);
      if (text === null) rmSync(path, { force: true });
      else replaceNow(path, text, this.#steps.rename);
      return true;
    } catch (thrown) {
      if (isHeld(thrown, this.#steps.platform) && !isFolder(path)) return false;
      throw thrown;
    }
  }

  #store(name: string): ElectronStore {
    const known = this.#stores.get(name);
    if (known) return known;
    const store = new ElectronStore({ name, cwd: this.#folder, accessPropertiesByDotNotation: false });
    // electron-store answers renderers on its own IPC channel. No page of this console uses it, so its listeners are removed.
    ipcMain?.removeAllListeners('electron-store-get-data');
    this.#stores.set(name, store);
    return store;
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }
}

function isSetAside(name: string, file: string): boolean {
  return file.startsWith(`${name}.unreadable-`) && file.endsWith('.json');
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    if (isAbsent(thrown)) return [];
    throw thrown;
  }
}

/** Replaces the file in one step, and durably. If the path is a link, this replaces the link's target. */
function replaceNow(path: string, text: string, rename: RenameSteps['rename']): void {
  mkdirSync(dirname(path), { recursive: true });
  const target = realPath(path);
  const written = `${target}.${process.pid}.new`;
  try {
    rmSync(written, { force: true });
    const file = openSync(written, 'wx', 0o600);
    try {
      const bytes = Buffer.from(text);
      if (writeSync(file, bytes) < bytes.length) throw Object.assign(new Error(), { code: 'ENOSPC' });
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    rename(written, target);
  } catch (thrown) {
    removeIfPossible(written);
    throw thrown;
  }
}

/**
 * Calls `realpath` for links only, since it reads every folder above. That may be forbidden above a network folder, and it is
 * impossible for a device path.
 */
function realPath(path: string): string {
  try {
    return lstatSync(path).isSymbolicLink() ? realpathSync.native(path) : path;
  } catch (thrown) {
    if (isAbsent(thrown)) return path;
    throw thrown;
  }
}

/**
 * Must the file be left alone? True if the system refused to read it, since the document in it may be good, and if something
 * other than a file or a folder is there.
 */
function isWithheld(thrown: unknown): boolean {
  if (thrown instanceof NotAFileError) return thrown.kind !== 'folder';
  const code = systemCode(thrown);
  return code !== '' && code !== 'EISDIR';
}

const kindOf = (thrown: unknown): OtherKind | null => (thrown instanceof NotAFileError ? thrown.kind : null);
