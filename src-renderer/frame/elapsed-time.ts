import { useEffect, useState } from 'react';
import { useConsole } from './console-context.ts';

/** Milliseconds since the snapshot arrived, told again every `tickMs`. Monotonic: the computer's clock plays no part. */
export function useElapsedMs(tickMs: number): number {
  const { arrivedMs } = useConsole();
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(ticking);
  }, [tickMs]);
  return Math.max(0, nowMs - arrivedMs);
}

/** The time at which the license is judged, carried on since the snapshot. */
export function useTrustedNow(tickMs: number): number {
  const { state } = useConsole();
  const elapsedMs = useElapsedMs(tickMs);
  return (state.license?.evaluation.judgedAt ?? state.at) + elapsedMs;
}
