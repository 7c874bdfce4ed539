import * as fc from 'fast-check';
import type { HistoryEntry } from '../../src-shared/history/history-entry.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import { everyEvent } from './every-event.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Generates any event, with instants before or after `nowAt` in any order. */
function anyEvent(nowAt: number): fc.Arbitrary<LicenseEvent> {
  const instant = fc.integer({ min: -200, max: 400 }).map((days) => nowAt + days * dayMs);
  const instants = fc.record(
    {
      tokenIssuedAt: instant,
      tokenExpiresAt: instant,
      tokenWarnsAt: instant,
      renewalEndsAt: instant,
      renewalWarnsAt: instant,
    },
    { requiredKeys: ['tokenIssuedAt', 'tokenExpiresAt'] },
  );
  return fc.oneof(
    fc.constantFrom(...everyEvent),
    instants.map((some) => ({ kind: 'refreshed' as const, ...some })),
    instants.map((some) => ({ kind: 'acquired' as const, serverId: 's', replaced: false, ...some })),
  );
}

/** Generates any history: entries up to 200 days old or, as from a fast clock, in the future, in any order. */
export function anyHistory(nowAt: number): fc.Arbitrary<readonly HistoryEntry[]> {
  const entry = fc.record({
    at: fc.integer({ min: -200 * 24, max: 50 * 24 }).map((hours) => nowAt + hours * hourMs),
    event: anyEvent(nowAt),
  });
  return fc.array(entry, { maxLength: 40 });
}
