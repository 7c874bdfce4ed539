import type { FailureCode } from './failure-codes.ts';

/** Failures that only mean that the server cannot be used just now. Nobody needs to act on them while the token is valid. */
export const noWayThere: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'network_unreachable',
  'request_timeout',
  'unexpected_redirect',
  'unexpected_content',
  'captive_portal',
  'proxy_refused',
  'certificate_untrusted',
  'certificate_date_invalid',
  'certificate_invalid',
  'too_many_requests',
  'server_error',
  'response_too_large',
  'response_invalid',
  'metadata_not_found',
  'metadata_invalid',
  'signing_keys_unavailable',
  'signing_keys_refused',
  'signing_keys_unusable',
]);
