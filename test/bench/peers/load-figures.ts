export interface LoadFigures {
  readonly callsPerSecond: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly notAccepted: number;
}

export interface SlowFigures extends LoadFigures {
  /** How often a slow socket was closed, and reconnected. */
  readonly reopened: number;
  /** Slow sockets that were open at the end. */
  readonly stillOpen: number;
}

export function figuresOf(latenciesMs: Float64Array, elapsedMs: number, notAccepted: number): LoadFigures {
  const sorted = latenciesMs.toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const sum = sorted.reduce((total, latency) => total + latency, 0);
  return {
    callsPerSecond: (sorted.length / elapsedMs) * 1000,
    meanMs: sum / sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    notAccepted,
  };
}
