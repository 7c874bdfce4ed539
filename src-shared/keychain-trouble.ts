import type { FailureCode } from './failure-codes.ts';
import type { Failure } from './result.ts';

/** What only the refresh finds: the keychain can be read, but tokens are missing in it or it takes no new ones. */
const unseenByReading: ReadonlySet<FailureCode> = new Set([
  'secret_store_damaged',
  'secret_store_full',
  'secret_store_refused',
]);

/** The trouble with the keychain that a person should know of: that of the last call to it, or else of the last refresh. */
export function keychainTroubleOf(lastCall: Failure | null, lastRefresh: Failure | undefined): Failure | null {
  if (lastCall) return lastCall;
  return lastRefresh && unseenByReading.has(lastRefresh.code) ? lastRefresh : null;
}
