import type { Notice, UnreadFile } from '../../src-shared/window/console-state.ts';

/** Notices about events that no action of the person caused. They stay on the screen until they are dismissed. */
export class ConsoleNotices {
  readonly #onChanged: () => void;
  #all: readonly Notice[] = [];

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  get all(): readonly Notice[] {
    return this.#all;
  }

  /** Shows a notice. It replaces an older one with the same ID. */
  note(id: Notice['id'], file: UnreadFile = {}): void {
    this.#all = [...this.#all.filter((notice) => notice.id !== id), { id, ...file }];
    this.#onChanged();
  }

  dismiss(id: Notice['id']): void {
    this.#all = this.#all.filter((notice) => notice.id !== id);
    this.#onChanged();
  }
}
