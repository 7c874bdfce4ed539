const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

const working = new Set<Promise<unknown>>();

/** Tracks work that runs outside this thread, such as signing, so that {@link settled} can wait for it. */
export async function work<T>(task: Promise<T>): Promise<T> {
  working.add(task);
  try {
    return await task;
  } finally {
    working.delete(task);
  }
}

/** Waits until all pending work has run. Takes many turns of the event loop, but no real time. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 25 || working.size > 0; turns += 1) await turn();
}

/** Resolves as soon as the condition is true. If that never happens, throws an error that names `what`. */
export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  for (let turns = 0; turns < 200_000; turns += 1) {
    if (condition()) return;
    await turn();
  }
  throw new Error(`Never came: ${what}`);
}
