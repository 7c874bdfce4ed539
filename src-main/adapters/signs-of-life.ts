/** With the two seconds that an answer may take, well within what a call is given without a sign. */
const everyMs = 1_500;

/**
 * The outcome of `work`. While it takes its time, asks again and again whether the keychain answers, and says so: work that
 * waits at a keychain that answers waits for a person, as at KeePassXC, which asks for each entry.
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
