import type { Notice, UnreadFile } from '../src-shared/console-state.ts';

/** Things that happened beside what a person did, and that stay on the screen until they are dismissed. */
export class ConsoleNotices {
  readonly #onChanged: () => void;
  #all: readonly Notice[] = [];

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  get all(): readonly Notice[] {
    return this.#all;
  }

  /** Each once; the newest takes the place of an older one. */
  note(id: Notice['id'], file: UnreadFile = {}): void {
    this.#all = [...this.#all.filter((notice) => notice.id !== id), { id, ...file }];
    this.#onChanged();
  }

  dismiss(id: Notice['id']): void {
    this.#all = this.#all.filter((notice) => notice.id !== id);
    this.#onChanged();
  }
}
