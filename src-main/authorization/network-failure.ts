import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { shownText } from '../../src-shared/shown-text.ts';

/** What the network stack saw on the way to an address, beside the error that it gave. */
export interface NetworkEvidence {
  /** The address that a redirect named instead. */
  readonly redirectedTo?: string;
  readonly certificate?: SeenCertificate;
  /** Host and port of the proxy that this computer uses for the address. */
  readonly proxy?: string;
}

/** The certificate that a host showed; instants in ms. */
export interface SeenCertificate {
  readonly issuer: string;
  readonly validFromAt: number;
  readonly validUntilAt: number;
  /** This computer's clock at that moment, by which the certificate was judged. */
  readonly judgedAt: number;
}

/** Chromium's `net::ERR_*` and the request library's own codes; the first that fits counts. */
const named: readonly (readonly [RegExp, FailureCode])[] = [
  [/ERR_(HTTPS_)?PROXY|ERR_TUNNEL|ERR_SOCKS|ERR_MANDATORY_PROXY|ERR_PAC_|ERR_UNEXPECTED_PROXY/, 'proxy_refused'],
  [/ERR_CERT_AUTHORITY_INVALID/, 'certificate_untrusted'],
  [/ERR_CERT_DATE_INVALID/, 'certificate_date_invalid'],
  [/ERR_CERT|ERR_SSL|ERR_BAD_SSL|CERT_/, 'certificate_invalid'],
  [/redirect/i, 'unexpected_redirect'],
  [/maxContentLength/, 'response_too_large'],
  [/ECONNABORTED|ETIMEDOUT|TIMED_OUT|timeout/, 'request_timeout'],
];

/** Why there was no way at all; said with `network_unreachable` as the fact `cause`. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/ERR_INTERNET_DISCONNECTED/, 'no_network'],
  [/ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, 'name_unknown'],
  [/ERR_CONNECTION_REFUSED/, 'refused'],
];

const neverSent: ReadonlySet<FailureCode> = new Set([
  'proxy_refused',
  'certificate_untrusted',
  'certificate_date_invalid',
  'certificate_invalid',
]);
const noConnection =
  /ERR_INTERNET_DISCONNECTED|ERR_NAME_|ERR_CONNECTION_REFUSED|ERR_CONNECTION_TIMED_OUT|ERR_ADDRESS_|ERR_UNSAFE_PORT/;

/** Names what kept a request to `url` from its answer, from the error's text and what was seen on the way. */
export function networkFailure(errorText: string, url: string, seen: NetworkEvidence = {}): Failure {
  const { host } = URL.canParse(url) ? new URL(url) : { host: '' };
  const code = named.find(([pattern]) => pattern.test(errorText))?.[1] ?? 'network_unreachable';
  if (code === 'unexpected_redirect') return redirectFailure(host, seen.redirectedTo);
  return failure(code, { facts: { host, ...factsOf(code, errorText, seen) } });
}

function factsOf(code: FailureCode, errorText: string, seen: NetworkEvidence): Record<string, string> {
  if (code === 'certificate_untrusted' || code === 'certificate_date_invalid')
    return certificateFacts(seen.certificate);
  if (code === 'proxy_refused') return seen.proxy ? { proxy: seen.proxy } : {};
  const cause = code === 'network_unreachable' && causes.find(([pattern]) => pattern.test(errorText))?.[1];
  return cause ? { cause } : {};
}

/** False where the error says that no connection to the server stood: the request cannot have been acted on. */
export function mayHaveArrived(errorText: string, { code }: Failure): boolean {
  return !neverSent.has(code) && !noConnection.test(errorText);
}

/** No Authorization server sends its consoles to another host: that is somebody in between. */
function redirectFailure(host: string, redirectedTo: string | undefined): Failure {
  const portal = redirectedTo && URL.canParse(redirectedTo) ? new URL(redirectedTo).host : '';
  if (portal && portal !== host) return failure('captive_portal', { facts: { host, portal } });
  return failure('unexpected_redirect', { facts: { host } });
}

function certificateFacts(certificate: SeenCertificate | undefined): Record<string, string> {
  if (!certificate) return {};
  const { validFromAt, validUntilAt, judgedAt } = certificate;
  const issuer = shownText(certificate.issuer, 100);
  return {
    ...(issuer ? { certificate_issuer: issuer } : {}),
    valid_from: String(validFromAt),
    valid_until: String(validUntilAt),
    judged_at: String(judgedAt),
  };
}
