import { present } from '../../../src-shared/present.ts';
import type { Session } from 'electron';
import type { NetworkEvidence, SeenCertificate } from '../../authorization/network-failure.ts';
import type { FetchingSession } from './axios-http.ts';
import { presentableHead } from './response-head.ts';

/** How many hosts and addresses are remembered. Beyond that the oldest are dropped. */
const keptAtMost = 50;
/** Makes Electron use Chromium's own verification result: certificates are only recorded here, not judged. */
const electronsVerdict = -3;

/**
 * An Electron session that records what requests met, so that a failure can be explained: who issued a certificate, where a
 * redirect led, which proxy is used. It does not change what is accepted or followed. For the heads it changes, see
 * {@link presentableHead}.
 */
export function watchSession(session: Session): FetchingSession {
  const certificates = new Map<string, SeenCertificate>();
  const redirects = new Map<string, string>();
  session.setCertificateVerifyProc(({ hostname, certificate }, decide) => {
    remember(certificates, hostname, {
      issuer: certificate.issuerName || (certificate.issuer?.organizations[0] ?? ''),
      validFromAt: certificate.validStart * 1000,
      validUntilAt: certificate.validExpiry * 1000,
      // The network stack judges by the computer's own clock, not by trusted time.
      judgedAt: Date.now(),
    });
    decide(electronsVerdict);
  });
  session.webRequest.onHeadersReceived((head, decide) => decide(presentableHead(head) ?? {}));
  session.webRequest.onBeforeRedirect(({ url, redirectURL }) => remember(redirects, url, redirectURL));
  return {
    fetch: (input, init) => session.fetch(input, init),
    closeAllConnections: () => session.closeAllConnections(),
    async evidence(url): Promise<NetworkEvidence> {
      const { href, hostname } = new URL(url);
      const certificate = certificates.get(hostname);
      const redirectedTo = redirects.get(href);
      const proxy = firstProxy(await session.resolveProxy(href));
      return present({ certificate, redirectedTo, proxy: proxy || undefined });
    },
  };
}

function remember<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > keptAtMost && oldest !== undefined) kept.delete(oldest);
}

/** The first host of a list like `PROXY 10.0.0.1:3128; DIRECT`. Empty if requests go out directly. */
function firstProxy(list: string): string {
  return /^(?:PROXY|HTTPS|SOCKS[45]?)\s+([^\s;]+)/i.exec(list.trim())?.[1] ?? '';
}
