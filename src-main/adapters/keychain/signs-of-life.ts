/** With the two seconds of a slow answer, this is well below the time that a call may take without a sign. */
const everyMs = 1_500;

/**
 * Resolves to the result of `work`. While it waits, this asks again and again whether the keychain answers, and calls `say` if it does.
 * Work that waits although the keychain answers waits for a person. KeePassXC, for example, asks for each entry.
 */
export async function whileAlive<T>(work: Promise<T>, isAlive: () => Promise<boolean>, say: () => void): Promise<T> {
  let isDone = false;
  const ask = async () => {
    const alive = await isAlive();
    if (isDone) return;
    if (alive) say();
    timer = setTimeout(() => void ask(), everyMs);
  };
  let timer = setTimeout(() => void ask(), everyMs);
  try {
    return await work;
  } finally {
    isDone = true;
    clearTimeout(timer);
  }
}
