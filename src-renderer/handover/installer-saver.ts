import type { Result } from '../../src-shared/result.ts';

/** A name is saved when nothing was typed for this time. */
export const pauseMs = 500;

/** Saves the name of the installer while it is typed, but only if it differs from what is saved already. */
export class InstallerSaver {
  readonly #save: (installedBy: string) => Promise<Result<null>>;
  /** Null until that is known. */
  #saved: string | null = null;
  /** Null if nothing was typed. */
  #typed: string | null = null;
  #pausing: ReturnType<typeof setTimeout> | undefined;

  /** `save` saves a name. It is called again for the same name only after a failure. */
  constructor(save: (installedBy: string) => Promise<Result<null>>) {
    this.#save = save;
  }

  /** Call with the name that was read. A name that was saved since then counts more. */
  wasRead(installedBy: string): void {
    this.#saved ??= installedBy;
  }

  /** Call with each change of the field. */
  typed(installedBy: string): void {
    this.#typed = installedBy.trim();
    clearTimeout(this.#pausing);
    this.#pausing = setTimeout(() => this.saveNow(), pauseMs);
  }

  /** Saves what was typed without waiting for a pause, because the person leaves the field, the page or the window. */
  saveNow(): void {
    clearTimeout(this.#pausing);
    const before = this.#saved;
    const installedBy = this.#typed;
    if (installedBy === null || installedBy === before) return;
    // At once: the page may be left during the save, and must not save it again.
    this.#saved = installedBy;
    void this.#save(installedBy).then((done) => {
      if (!done.ok && this.#saved === installedBy) this.#saved = before;
    });
  }
}
