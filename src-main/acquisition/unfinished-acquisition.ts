import type { DocumentStore } from '../ports/document-store.ts';

/**
 * Records on disk that a User Code was requested and its license is not stored yet, so that the console can report this after a
 * crash. It does not hold the code: the device code is a secret, and may have been used already.
 */
export class UnfinishedAcquisition {
  readonly #documents: DocumentStore;
  readonly #name: string;
  #begun = false;

  constructor(documents: DocumentStore, profileId: string) {
    this.#documents = documents;
    this.#name = `acquisition.${profileId}`;
  }

  /** If the disk cannot be written, only the explanation after a crash is lost, not the license. */
  begin(): void {
    this.#begun = true;
    this.#documents.write(this.#name, { version: 1 });
  }

  end(): void {
    if (this.#begun) this.#documents.remove(this.#name);
    this.#begun = false;
  }

  /** Did an earlier run leave an unfinished acquisition behind? */
  isLeft(): boolean {
    this.#begun ||= this.#documents.read(this.#name).state === 'present';
    return this.#begun;
  }
}
