import { type FailureCode, hasTrait } from '../../src-shared/failure-codes.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { shownText } from '../../src-shared/text/shown-text.ts';

/** What the network stack saw during a request, in addition to its error. */
export interface NetworkEvidence {
  /** The target of a redirect. */
  readonly redirectedTo?: string;
  readonly certificate?: SeenCertificate;
  /** Host and port of the proxy that this computer uses for the address. */
  readonly proxy?: string;
  /** The request went through the laptop that helps, so the evidence says nothing about this computer's own route. */
  readonly throughLaptop?: true;
}

/** The certificate that a host presented. Instants in ms. */
export interface SeenCertificate {
  readonly issuer: string;
  /** The name that it was issued for. */
  readonly subject: string;
  readonly validFromAt: number;
  readonly validUntilAt: number;
  /** This computer's clock when it judged the certificate. */
  readonly judgedAt: number;
  /** Was it issued by an authority that browsers know? False for that of a company, or of a network that inspects connections. */
  readonly isPublic: boolean;
}

/** Maps Chromium's `net::ERR_*` codes and those of the request library. The first match counts. */
const named: readonly (readonly [RegExp, FailureCode])[] = [
  [/ERR_(HTTPS_)?PROXY|ERR_TUNNEL|ERR_SOCKS|ERR_MANDATORY_PROXY|ERR_PAC_|ERR_UNEXPECTED_PROXY/, 'proxy_refused'],
  [/ERR_CERT_AUTHORITY_INVALID/, 'certificate_untrusted'],
  [/ERR_CERT_DATE_INVALID/, 'certificate_date_invalid'],
  [/ERR_(BAD_)?SSL_CLIENT_AUTH/, 'client_certificate_needed'],
  [/ERR_CERT|ERR_BAD_SSL|CERT_|ERR_SSL_(KEY_USAGE|VERSION_OR|OBSOLETE|UNRECOGNIZED)/, 'certificate_invalid'],
  // The others come during the handshake or later, when the request has been sent already.
  [/ERR_SSL/, 'connection_damaged'],
  [/redirect/i, 'unexpected_redirect'],
  [/maxContentLength/, 'response_too_large'],
  [/ECONNABORTED|ETIMEDOUT|TIMED_OUT|timeout/, 'request_timeout'],
];

/** Why the network could not be reached at all: the fact `cause` of `network_unreachable`. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/ERR_INTERNET_DISCONNECTED/, 'no_network'],
  [/ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/, 'name_unknown'],
  [/ERR_CONNECTION_REFUSED/, 'refused'],
];

const noConnection =
  /ERR_INTERNET_DISCONNECTED|ERR_NAME_|ERR_CONNECTION_REFUSED|ERR_CONNECTION_TIMED_OUT|ERR_ADDRESS_|ERR_UNSAFE_PORT/;

/** Names the reason why a request to `url` failed, from the error's text and the evidence of the network stack. */
export function networkFailure(errorText: string, url: string, seen: NetworkEvidence = {}): Failure {
  const { host } = URL.canParse(url) ? new URL(url) : { host: '' };
  const code = named.find(([pattern]) => pattern.test(errorText))?.[1] ?? 'network_unreachable';
  if (code === 'unexpected_redirect') return redirectFailure(host, seen.redirectedTo);
  return failure(code, { facts: { host, ...factsOf(code, errorText, seen), ...netErrorIn(errorText) } });
}

function factsOf(code: FailureCode, errorText: string, seen: NetworkEvidence): Record<string, string> {
  if (code === 'certificate_untrusted' || code === 'certificate_date_invalid')
    return certificateFacts(seen.certificate);
  if (code === 'certificate_invalid' && /ERR_CERT_COMMON_NAME_INVALID/.test(errorText))
    return { cause: 'other_name', ...certificateFacts(seen.certificate) };
  if (code === 'proxy_refused') return seen.proxy ? { proxy: seen.proxy } : {};
  const cause = code === 'network_unreachable' && causes.find(([pattern]) => pattern.test(errorText))?.[1];
  return cause ? { cause } : {};
}

/** Chromium's name of the error, for the log. It holds no address. */
function netErrorIn(errorText: string): { readonly net_error?: string } {
  const [name] = /\bnet::ERR_[A-Z\d_]{1,60}\b/.exec(errorText) ?? [];
  return present({ net_error: name });
}
/** The answer was that of a proxy, but it came from where the server is: the request went there. */
const answeredBehindProxy = /ERR_UNEXPECTED_PROXY_AUTH/;

/** False if the error says that there was no connection to the server, so that the server cannot have acted on the request. */
export function mayHaveArrived(errorText: string, { code }: Failure): boolean {
  if (answeredBehindProxy.test(errorText)) return true;
  return !hasTrait(code, 'not_sent') && !noConnection.test(errorText);
}

/** An Authorization server does not redirect its clients to another host, so such a redirect comes from a captive portal. */
function redirectFailure(host: string, redirectedTo: string | undefined): Failure {
  const portal = redirectedTo && URL.canParse(redirectedTo) ? new URL(redirectedTo).host : '';
  if (portal && portal !== host) return failure('captive_portal', { facts: { host, portal } });
  return failure('unexpected_redirect', { facts: { host } });
}

function certificateFacts(certificate: SeenCertificate | undefined): Record<string, string> {
  if (!certificate) return {};
  const { validFromAt, validUntilAt, judgedAt } = certificate;
  const issuer = shownText(certificate.issuer, 100);
  const subject = shownText(certificate.subject, 100);
  return present({
    certificate_issuer: issuer || undefined,
    certificate_subject: subject || undefined,
    valid_from: String(validFromAt),
    valid_until: String(validUntilAt),
    judged_at: String(judgedAt),
  });
}
