import { describe, expect, it } from 'vitest';
import { foreignAnswer } from '../../../../src-main/authorization/foreign-answer.ts';
import {
  mayHaveArrived,
  networkFailure,
  type SeenCertificate,
} from '../../../../src-main/authorization/network-failure.ts';
import { words } from '../../../../src-shared/words/words.ts';

const url = 'https://auth.example:8443/token?secret=1';
const host = 'auth.example:8443';
const certificate: SeenCertificate = {
  subject: 'auth.example',
  issuer: 'ACME Filter',
  validFromAt: Date.UTC(2026, 0, 1, 12),
  validUntilAt: Date.UTC(2027, 0, 1, 12),
  judgedAt: Date.UTC(2026, 5, 1, 12),
  isPublic: false,
};
const meaningOf = (failure: ReturnType<typeof networkFailure>) => words.failureWords(failure).meaning;

describe('the failure for a message of the network stack', () => {
  it.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate_untrusted', false],
    ['net::ERR_CERT_DATE_INVALID', 'certificate_date_invalid', false],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'certificate_invalid', false],
    ['net::ERR_CERT_REVOKED', 'certificate_invalid', false],
    ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'certificate_invalid', false],
    ['net::ERR_SSL_SERVER_CERT_BAD_FORMAT', 'certificate_invalid', false],
    ['net::ERR_SSL_KEY_USAGE_INCOMPATIBLE', 'certificate_invalid', false],
    ['net::ERR_SSL_UNRECOGNIZED_NAME_ALERT', 'certificate_invalid', false],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'connection_damaged', true],
    ['net::ERR_SSL_BAD_RECORD_MAC_ALERT', 'connection_damaged', true],
    ['net::ERR_SSL_DECRYPT_ERROR_ALERT', 'connection_damaged', true],
    ['net::ERR_BAD_SSL_CLIENT_AUTH_CERT', 'client_certificate_needed', false],
    ['net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED', 'client_certificate_needed', false],
    ['net::ERR_SSL_CLIENT_AUTH_CERT_NO_PRIVATE_KEY', 'client_certificate_needed', false],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy_refused', false],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy_refused', false],
    ['net::ERR_PROXY_CERTIFICATE_INVALID', 'proxy_refused', false],
    ['net::ERR_PROXY_AUTH_UNSUPPORTED', 'proxy_refused', false],
    ['net::ERR_UNEXPECTED_PROXY_AUTH', 'proxy_refused', true],
    ['net::ERR_SOCKS_CONNECTION_FAILED', 'proxy_refused', false],
    ['net::ERR_MANDATORY_PROXY_CONFIGURATION_FAILED', 'proxy_refused', false],
    ['Redirect was cancelled', 'unexpected_redirect', true],
    ["Attempted to redirect, but redirect policy was 'error'", 'unexpected_redirect', true],
    ['net::ERR_TOO_MANY_REDIRECTS', 'unexpected_redirect', true],
    ['net::ERR_CONNECTION_TIMED_OUT', 'request_timeout', false],
    ['net::ERR_TIMED_OUT', 'request_timeout', true],
    ['timeout of 30000ms exceeded', 'request_timeout', true],
    ['maxContentLength exceeded', 'response_too_large', true],
    ['net::ERR_NAME_NOT_RESOLVED', 'network_unreachable', false],
    ['net::ERR_INTERNET_DISCONNECTED', 'network_unreachable', false],
    ['net::ERR_CONNECTION_REFUSED', 'network_unreachable', false],
    ['net::ERR_ADDRESS_UNREACHABLE', 'network_unreachable', false],
    ['net::ERR_CONNECTION_RESET', 'network_unreachable', true],
    ['net::ERR_EMPTY_RESPONSE', 'network_unreachable', true],
    ['net::ERR_NETWORK_CHANGED', 'network_unreachable', true],
    ['', 'network_unreachable', true],
  ])('is for %s: %s, and the request may have arrived: %s', (text, code, arrived) => {
    const named = networkFailure(text, url);
    expect(named).toMatchObject({ code, facts: { host } });
    if (code !== 'unexpected_redirect')
      expect(named.facts?.['net_error']).toBe(text.startsWith('net::') ? text : undefined);
    expect(mayHaveArrived(text, named)).toBe(arrived);
    expect(JSON.stringify(named)).not.toContain('secret');
  });

  it.each([
    ['another host', 'http://portal.hotel.example/login?from=x', 'captive_portal', 'portal.hotel.example'],
    ['another port', 'https://auth.example/token', 'captive_portal', 'auth.example'],
    ['the same host', 'https://auth.example:8443/other', 'unexpected_redirect', undefined],
    ['no address', 'nowhere', 'unexpected_redirect', undefined],
  ])('names a redirect to %s', (_name, redirectedTo, code, portal) => {
    const named = networkFailure('Redirect was cancelled', url, { redirectedTo });
    expect(named.code).toBe(code);
    expect(named.facts?.['portal']).toBe(portal);
    if (portal) expect(meaningOf(named)).toContain(`It led to ${portal} instead of ${host}.`);
  });

  it('T6: names the issuer of an untrusted certificate and the address to allow', () => {
    const named = networkFailure('net::ERR_CERT_AUTHORITY_INVALID', url, { certificate });
    expect(meaningOf(named)).toContain('issued by “ACME Filter”');
    expect(meaningOf(named)).toContain(host);
  });

  it('names the host that a certificate is for, if it is for another one', () => {
    const wrong = { ...certificate, subject: 'other.example' };
    const named = networkFailure('net::ERR_CERT_COMMON_NAME_INVALID', url, { certificate: wrong });
    expect(named).toMatchObject({ code: 'certificate_invalid', facts: { cause: 'other_name' } });
    expect(words.failureWords(named).meaning).toContain('“other.example”');
  });

  it('says so if a certificate was issued by its own owner', () => {
    const own = { ...certificate, issuer: 'filter.example', subject: 'filter.example' };
    const named = networkFailure('net::ERR_CERT_AUTHORITY_INVALID', url, { certificate: own });
    expect(words.failureWords(named).meaning).toContain('was issued by its own owner, “filter.example”');
  });

  it('bounds the name of a certificate issuer and removes control characters', () => {
    const issuer = `\u0000\n\u202e\u2028${'x'.repeat(500)}`;
    const named = networkFailure('net::ERR_CERT_AUTHORITY_INVALID', url, { certificate: { ...certificate, issuer } });
    expect(named.facts?.['certificate_issuer']).toMatch(/^x{1,99}…$/);
  });

  it('suspects a clock that is behind if a certificate is not valid yet', () => {
    const early = { ...certificate, judgedAt: Date.UTC(2016, 5, 1, 12) };
    const named = networkFailure('net::ERR_CERT_DATE_INVALID', url, { certificate: early });
    expect(named.remedy).toBe('set_clock');
    expect(words.failureWords(named)).toEqual({
      headline: "This computer's clock seems to be behind",
      meaning: expect.stringContaining('only valid from 1 January 2026. This computer says that today is 1 June 2016.'),
    });
  });

  it('asks about the clock first if a certificate has expired, and then about the server', () => {
    const late = { ...certificate, judgedAt: Date.UTC(2036, 5, 1, 12) };
    const said = words.failureWords(networkFailure('net::ERR_CERT_DATE_INVALID', url, { certificate: late }));
    expect(said.headline).toBe("Is this computer's clock right?");
    expect(said.meaning).toContain('expired on 1 January 2027. This computer says that today is 1 June 2036.');
    expect(said.meaning).toContain('renew the certificate');
  });

  it('describes a proxy, an unknown name and a missing network in their own words', () => {
    const refused = networkFailure('net::ERR_TUNNEL_CONNECTION_FAILED', url, { proxy: '10.0.0.1:3128' });
    expect(meaningOf(refused)).toContain('The proxy 10.0.0.1:3128 does not allow connections to');
    expect(meaningOf(networkFailure('net::ERR_NAME_NOT_RESOLVED', url))).toContain(`does not know the name ${host}.`);
    expect(meaningOf(networkFailure('net::ERR_INTERNET_DISCONNECTED', url))).toContain('not connected to a network');
  });
});

describe('T6: a response that a network device between console and server gave', () => {
  const page = '<!doctype html><title>Welcome</title>';
  it.each([
    ['a page with 200', 200, 'text/html; charset=utf-8', page, 'captive_portal'],
    ['a page without a content type', 200, '', ` \n${page}`, 'captive_portal'],
    ['a page with the content type of text', 200, 'text/plain', page, 'captive_portal'],
    ['511 with any content', 511, 'application/json', '{}', 'captive_portal'],
    ['407', 407, 'text/html', page, 'proxy_refused'],
    ['JSON', 200, 'application/json', '{}', null],
    ['nothing', 200, '', '', null],
    ['a page with 404, which may be the server’s own', 404, 'text/html', page, null],
    ['a page with 503, which may be the server’s own', 503, 'text/html', page, null],
  ])('%s', (_name, status, contentType, body, code) => {
    expect(foreignAnswer({ status, headers: contentType ? { 'content-type': contentType } : {}, body })).toBe(code);
  });
});
