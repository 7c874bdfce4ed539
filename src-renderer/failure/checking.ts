import { useEffect, useRef } from 'react';
import type { PreflightView } from '../../src-shared/support/preflight.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { announce } from '../state/announcer.ts';

/** The progress of a run of the checks, or how it ended. `total` is the number of checks. */
export function checkingLine({ state, results }: PreflightView, total: number): string {
  if (state === 'running') return preflightWords.running(results.length, total);
  if (state === 'cancelled') return preflightWords.wasCancelled;
  if (state === 'failed') return preflightWords.hasFailed;
  return preflightWords.outcome(results.filter((result) => result.state === 'failed').length);
}

/** Announces the outcome to a screen reader once, when a run that a person started ends. */
export function useOutcomeSaid(preflight: PreflightView | null): void {
  const wasRunning = useRef(false);
  const line =
    preflight && preflight.askedBy === 'person' && preflight.state !== 'running' ? checkingLine(preflight, 0) : null;
  useEffect(() => {
    if (line !== null && wasRunning.current) announce(line);
    wasRunning.current = line === null && preflight !== null;
  }, [line, preflight]);
}
