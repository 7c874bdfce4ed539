/** The part of `document` that tells whether the page is visible. */
export interface Sight {
  readonly hidden: boolean;
  addEventListener(event: 'visibilitychange', listener: () => void): void;
  removeEventListener(event: 'visibilitychange', listener: () => void): void;
}

/**
 * Asks at once, then again `everyMs` after each answer, but not while the page is hidden. An answer is dropped if a newer
 * request was sent meanwhile. Returns a function that stops it.
 */
export function askWhileInSight<T>(
  sight: Sight,
  everyMs: number,
  ask: () => Promise<T>,
  take: (answer: T) => void,
): () => void {
  let turn = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const askNow = async () => {
    clearTimeout(waiting);
    turn += 1;
    const mine = turn;
    const answer = await ask();
    if (mine !== turn) return;
    take(answer);
    if (!sight.hidden) waiting = setTimeout(() => void askNow(), everyMs);
  };
  const onChange = () => {
    if (sight.hidden) clearTimeout(waiting);
    else void askNow();
  };
  sight.addEventListener('visibilitychange', onChange);
  void askNow();
  return () => {
    turn = -1;
    clearTimeout(waiting);
    sight.removeEventListener('visibilitychange', onChange);
  };
}
