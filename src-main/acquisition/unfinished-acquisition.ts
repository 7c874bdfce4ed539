import type { DocumentStore } from '../ports/document-store.ts';

/**
 * Remembers on disk that a User Code was asked for and its license not stored yet, so that the start after a crash can say so.
 * It holds no code: the device code would be a secret, and what it was good for may have been used up.
 */
export class UnfinishedAcquisition {
  readonly #documents: DocumentStore;
  readonly #name: string;
  #begun = false;

  constructor(documents: DocumentStore, profileId: string) {
    this.#documents = documents;
    this.#name = `acquisition.${profileId}`;
  }

  /** A disk that takes nothing costs the explanation, not the license. */
  begin(): void {
    this.#begun = true;
    this.#documents.write(this.#name, { version: 1 });
  }

  end(): void {
    if (this.#begun) this.#documents.remove(this.#name);
    this.#begun = false;
  }

  /** Did an earlier run leave one behind? */
  isLeft(): boolean {
    this.#begun ||= this.#documents.read(this.#name).state === 'present';
    return this.#begun;
  }
}
