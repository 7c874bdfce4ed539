import { present } from '../../../src-shared/present.ts';
import { net, type Session } from 'electron';
import type { EnteredSignIn } from '../../../src-shared/authorization-pane/sign-in-question.ts';
import type { KnownProxySignIns } from '../../keychain/proxy-sign-ins.ts';
import type { NetworkEvidence, SeenCertificate } from '../../authorization/network-failure.ts';
import type { RelayWay } from '../../ports/relay.ts';
import { withinLimit } from '../../time/within-limit.ts';
import { systemTimer } from '../computer/system-timer.ts';
import type { FetchingSession, ProxySignInOutcome } from './axios-http.ts';
import { signInsOf } from './relayed-requests.ts';
import { presentableHead } from './response-head.ts';

/** How many hosts and addresses are remembered. Beyond that the oldest are dropped. */
const keptAtMost = 50;
/** Which proxy is used depends on a script that may never end. What was seen is not held back for longer than this, in ms. */
const proxyTimeoutMs = 2_000;
/** Makes Electron use Chromium's own verification result: certificates are only recorded here, not judged. */
const electronsVerdict = -3;

/**
 * An Electron session that records what requests met, so that a failure can be explained: who issued a certificate, where a
 * redirect led, which proxy is used. It does not change what is accepted or followed. For the heads it changes, see
 * {@link presentableHead}.
 */
export function watchSession(session: Session, signIns: KnownProxySignIns): FetchingSession {
  const certificates = new Map<string, SeenCertificate>();
  const redirects = new Map<string, string>();
  signIns.onForgotten(() => void session.clearAuthCache());
  session.setCertificateVerifyProc(({ hostname, certificate, isIssuedByKnownRoot }, decide) => {
    remember(certificates, hostname, {
      issuer: certificate.issuerName || (certificate.issuer?.organizations[0] ?? ''),
      subject: certificate.subjectName || (certificate.subject?.organizations[0] ?? ''),
      validFromAt: certificate.validStart * 1000,
      validUntilAt: certificate.validExpiry * 1000,
      // The network stack judges by the computer's own clock, not by trusted time.
      judgedAt: Date.now(),
      isPublic: isIssuedByKnownRoot,
    });
    decide(electronsVerdict);
  });
  session.webRequest.onHeadersReceived((head, decide) => decide(presentableHead(head) ?? {}));
  session.webRequest.onBeforeRedirect(({ url, redirectURL }) => remember(redirects, url, redirectURL));
  return {
    fetch: (input, init) => session.fetch(input, init),
    signInToProxy: (url) => signInToProxy(session, url, signIns),
    closeAllConnections: () => session.closeAllConnections(),
    async evidence(url): Promise<NetworkEvidence> {
      const { href, hostname } = new URL(url);
      const certificate = certificates.get(hostname);
      const redirectedTo = redirects.get(href);
      const proxy = firstProxy(await withinLimit(systemTimer, proxyTimeoutMs, session.resolveProxy(href), ''));
      return present({ certificate, redirectedTo, proxy: proxy || undefined });
    },
  };
}

/** A session whose requests take that route. `session` is used for nothing else. */
export function relayedSession(session: Session, way: RelayWay): FetchingSession {
  const signIns = signInsOf(way);
  const watched = watchSession(session, signIns);
  // Otherwise requests to this computer's names would bypass the proxy.
  const proxy = { mode: 'fixed_servers', proxyRules: `http://127.0.0.1:${way.port}`, proxyBypassRules: '<-loopback>' };
  // The proxy answers this name itself, so that a sign-in needs no request to the Authorization server.
  const signIn = () => signInToProxy(session, 'http://relay.invalid/', signIns);
  // Signs in before the first request: a request that the proxy refuses may look like a broken connection.
  const ready = session.setProxy(proxy as Electron.ProxyConfig).then(signIn);
  return {
    ...watched,
    signInToProxy: signIn,
    fetch: async (input, init) => {
      await ready;
      return watched.fetch(input, init);
    },
  };
}

/** The same as for all other answers that the console waits for. */
const signInTimeoutMs = 30_000;

/**
 * `fetch` has no way to give a proxy a password. So a separate request signs in, and the session then keeps the sign-in for the next
 * requests. It asks only for the head of the server's first page.
 */
function signInToProxy(session: Session, url: string, signIns: KnownProxySignIns): Promise<ProxySignInOutcome> {
  return new Promise((resolve) => {
    const address = new URL('/', url).href;
    const request = net.request({
      session,
      url: address,
      method: 'HEAD',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
    });
    let given: EnteredSignIn | null = null;
    let wanted: string | null = null;
    const end = () => {
      clearTimeout(limit);
      if (wanted !== null) resolve({ state: 'wanted', proxy: wanted });
      else resolve({ state: given ? 'signed_in' : 'not_asked' });
    };
    const limit = setTimeout(() => {
      end();
      request.abort();
    }, signInTimeoutMs);
    request.on('login', ({ isProxy, host, port }, answer) => {
      if (!isProxy) return answer();
      const proxy = `${host}:${port}`;
      return void (given ? Promise.resolve(null) : signIns.of(proxy)).then((known) => {
        if (known) {
          given = known;
          return answer(known.name, known.password);
        }
        wanted = proxy;
        signIns.wanted(proxy, given);
        return answer();
      });
    });
    request.on('response', end);
    request.on('redirect', end);
    request.on('error', end);
    request.end();
  });
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
