/** Ends the application, but only after everything has been saved to the keychain, however often the end is requested. */
export class OrderlyEnd {
  readonly #close: () => Promise<void>;
  readonly #exit: () => void;
  #closing = false;

  /** `close` resolves when nothing can be lost. `exit` ends the process. */
  constructor(close: () => Promise<void>, exit: () => void) {
    this.#close = close;
    this.#exit = exit;
  }

  /** Handles Electron's `will-quit`: delays the end until everything is closed. Further requests meanwhile change nothing. */
  willQuit(event: { preventDefault(): void }): void {
    event.preventDefault();
    if (this.#closing) return;
    this.#closing = true;
    void this.#close()
      .catch(() => {})
      .then(this.#exit);
  }
}

/** Ends the parts one after the other. A failure in one does not stop the others, since a later one may save the license. */
export async function endInOrder(
  parts: readonly (() => unknown)[],
  onFault: (thrown: unknown) => void = () => {},
): Promise<void> {
  for (const end of parts) await Promise.resolve().then(end).catch(onFault);
}
