import type { FailureCode } from './failure-codes.ts';
import type { Failure } from './result.ts';

/** What keeps this console from asking at all, and does not pass. */
const lasting: ReadonlySet<string> = new Set<FailureCode>(['token_issuer_mismatch', 'secret_store_damaged']);

/** What a connection sets right. */
const ofConnection: ReadonlySet<string> = new Set<FailureCode>([
  'network_unreachable',
  'request_timeout',
  'captive_portal',
  'proxy_refused',
  'unexpected_redirect',
  'unexpected_content',
]);

/** May the Authorization server end the authorization where it is asked again? It does not where it has decided. */
export function mayRevokeLater({ code, facts }: Failure): boolean {
  return code === 'revocation_failed' && !lasting.has(facts?.['cause'] ?? '');
}

/** Where the cause is not known the connection is what to look at first. */
export function isConnectionTrouble({ code, facts }: Failure): boolean {
  const cause = facts?.['cause'];
  return code === 'revocation_failed' && (cause === undefined || ofConnection.has(cause));
}
