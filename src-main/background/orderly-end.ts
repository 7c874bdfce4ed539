/** The end of the application: however often it is asked for, it waits for what is on its way into the keychain. */
export class OrderlyEnd {
  readonly #close: () => Promise<void>;
  readonly #exit: () => void;
  #closing = false;

  /** `close` resolves when nothing can be lost any more; `exit` ends the process. */
  constructor(close: () => Promise<void>, exit: () => void) {
    this.#close = close;
    this.#exit = exit;
  }

  /** The application is about to end: it does not before all is closed, also where it is asked for a second time. */
  willQuit(event: { preventDefault(): void }): void {
    event.preventDefault();
    if (this.#closing) return;
    this.#closing = true;
    void this.#close()
      .catch(() => {})
      .then(this.#exit);
  }
}

/** Ends one part after the other. What goes wrong in one keeps none of the others from ending: the license's may be the last. */
export async function endInOrder(parts: readonly (() => unknown)[]): Promise<void> {
  for (const end of parts)
    await Promise.resolve()
      .then(end)
      .catch(() => {});
}
