import type { Result } from '../../src-shared/result.ts';

/** Saves the name of the installer, but only if it differs from the saved one. */
export class InstallerSaver {
  readonly #save: (installedBy: string) => Promise<Result<null>>;
  /** Null until that is known. */
  #saved: string | null = null;

  /** `save` saves a name. */
  constructor(save: (installedBy: string) => Promise<Result<null>>) {
    this.#save = save;
  }

  /** Call with the name that was read. A name that was saved since then counts more. */
  wasRead(installedBy: string): void {
    this.#saved ??= installedBy;
  }

  /** Resolves to the outcome, or to null if there was nothing to save. After a failure the next call tries again. */
  async save(typed: string): Promise<Result<null> | null> {
    const installedBy = typed.trim();
    const before = this.#saved;
    if (installedBy === before) return null;
    // At once: if the person leaves the page meanwhile, it must not save the name again.
    this.#saved = installedBy;
    const done = await this.#save(installedBy);
    if (!done.ok && this.#saved === installedBy) this.#saved = before;
    return done;
  }
}
