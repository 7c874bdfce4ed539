import type { Timer } from '../ports/timer.ts';

/** What the work resolves to, or `late` if it takes longer than `limitMs`. Rejects if the work does. */
export async function withinLimit<T, L>(timer: Timer, limitMs: number, work: Promise<T>, late: L): Promise<T | L> {
  let cancelTimer = () => {};
  const cut = new Promise<L>((resolve) => {
    cancelTimer = timer.schedule(limitMs, () => resolve(late));
  });
  try {
    return await Promise.race([work, cut]);
  } finally {
    cancelTimer();
  }
}
