/** Something that a test opened, and that has to be closed even if the test failed. */
interface Closable {
  close(): Promise<unknown>;
}

/** What a test has opened so far. A test that failed early has opened less, and what is there is closed all the same. */
export class Opened {
  readonly #all: Closable[] = [];

  add<T extends Closable>(one: T): T {
    this.#all.push(one);
    return one;
  }

  /** Closes the last first. Throws after all were closed, if one could not be. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const one of this.#all.splice(0).toReversed())
      await one.close().catch((thrown: unknown) => failures.push(thrown));
    if (failures.length > 0) throw new AggregateError(failures, 'Something that the test opened could not be closed');
  }
}
