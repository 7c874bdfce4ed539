/** Reads the two clocks of this computer; nothing else in the product does. */
export interface Clock {
  /** Wall time, in ms since the Unix epoch. It can be wrong and it can jump. */
  wallNow(): number;
  /** Monotonic time in ms since this process began. It never jumps; it may stand still while the computer sleeps. */
  monotonicNow(): number;
}
