import type { LicenseEvent } from './license-event.ts';

/** One line of a server's history. */
export interface HistoryEntry {
  /** Trusted time, in ms. */
  readonly at: number;
  /** What this computer's clock said, where it was wrong. */
  readonly wallAt?: number;
  readonly event: LicenseEvent;
}
