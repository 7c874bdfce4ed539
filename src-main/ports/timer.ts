/** Wakes a caller later. Delays may be longer than 2^31 ms. */
export interface Timer {
  /** Calls `wake` once after `delayMs`; the returned function cancels it. */
  schedule(delayMs: number, wake: () => void): () => void;
}
