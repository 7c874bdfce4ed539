import type { FailureCode } from './failure-codes.ts';
import type { Failure } from './result.ts';

/** Failures that only a refresh finds: the keychain can be read, but tokens are missing in it or it refuses to store new ones. */
const unseenByReading: ReadonlySet<FailureCode> = new Set([
  'secret_store_damaged',
  'secret_store_full',
  'secret_store_refused',
]);

/** The keychain failure to show to a person: that of the last call to the keychain, or else that of the last refresh. */
export function keychainTroubleOf(lastCall: Failure | null, lastRefresh: Failure | undefined): Failure | null {
  if (lastCall) return lastCall;
  return lastRefresh && unseenByReading.has(lastRefresh.code) ? lastRefresh : null;
}
