const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

const working = new Set<Promise<unknown>>();

/** Counts work that runs outside of this thread, such as signing, so that {@link settled} can wait for it. */
export async function work<T>(task: Promise<T>): Promise<T> {
  working.add(task);
  try {
    return await task;
  } finally {
    working.delete(task);
  }
}

/** Everything that could go on has gone on: many turns of the event loop, no real waiting. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 25 || working.size > 0; turns += 1) await turn();
}

/** Goes on as soon as the condition holds; a test that never gets there fails by name. */
export async function until(condition: () => boolean, what = 'the condition'): Promise<void> {
  for (let turns = 0; turns < 200_000; turns += 1) {
    if (condition()) return;
    await turn();
  }
  throw new Error(`Never came: ${what}`);
}
