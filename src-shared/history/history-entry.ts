import type { LicenseEvent } from '../license/license-event.ts';

/** One line of a server's history. */
export interface HistoryEntry {
  /** Trusted time, in ms. */
  readonly at: number;
  /** The time of this computer's clock in ms; present only if the clock was wrong. */
  readonly wallAt?: number;
  readonly event: LicenseEvent;
}
