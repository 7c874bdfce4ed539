import type { FailureCode } from './failure-codes.ts';
import type { Failure } from './result.ts';

/** Permanent causes that prevent this console from even sending the revocation request. */
const lasting: ReadonlySet<string> = new Set<FailureCode>(['token_issuer_mismatch', 'secret_store_damaged']);

/** Causes that a working connection resolves. */
const ofConnection: ReadonlySet<string> = new Set<FailureCode>([
  'network_unreachable',
  'request_timeout',
  'captive_portal',
  'proxy_refused',
  'unexpected_redirect',
  'unexpected_content',
]);

/** Can another revocation request still succeed? Not if the server has already refused, or if the cause is permanent. */
export function mayRevokeLater({ code, facts }: Failure): boolean {
  return code === 'revocation_failed' && !lasting.has(facts?.['cause'] ?? '');
}

/** If the cause is unknown, it counts as connection trouble: the connection is the first thing to check. */
export function isConnectionTrouble({ code, facts }: Failure): boolean {
  const cause = facts?.['cause'];
  return code === 'revocation_failed' && (cause === undefined || ofConnection.has(cause));
}
