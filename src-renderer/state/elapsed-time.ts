import { useEffect, useState } from 'react';
import { useConsole } from './console-context.ts';

/** Milliseconds since the snapshot arrived, updated every `tickMs`. Uses the monotonic clock, not the computer's clock. */
export function useElapsedMs(tickMs: number): number {
  const { arrivedMs } = useConsole();
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(ticking);
  }, [tickMs]);
  return Math.max(0, nowMs - arrivedMs);
}

/** Trusted time now: the time of the snapshot plus the elapsed time. */
export function useTrustedNow(tickMs: number): number {
  const { state } = useConsole();
  const elapsedMs = useElapsedMs(tickMs);
  return (state.license?.evaluation.judgedAt ?? state.at) + elapsedMs;
}
