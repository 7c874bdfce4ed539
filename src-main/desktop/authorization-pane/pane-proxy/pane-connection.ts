import { type AuthInfo, net, session as sessions, type Session, type WebContents } from 'electron';
import { type Failure, failure } from '../../../../src-shared/result.ts';
import type { PagesConnection } from '../pane-deps.ts';
import type { PanePolicy } from '../limits/navigation-policy.ts';
import type { PaneProxy } from './pane-proxy.ts';
import { helloHost, nowhere, proxyRealm, proxyUser } from './proxy-names.ts';
import type { KnownProxySignIns } from '../../../keychain/proxy-sign-ins.ts';
import type { SystemNetwork } from './reach.ts';

/**
 * Connects the pane's pages to the network only through their own proxy. This includes WebTransport and WebRTC. The proxy
 * listens before the session uses it, and the session stops using it before it closes.
 */
export class PaneConnection implements PagesConnection {
  readonly #session: Session;
  readonly #policy: PanePolicy;
  readonly #proxySignIns: KnownProxySignIns | undefined;
  #opening: Promise<Failure | null> | null = null;
  #proxy: PaneProxy | null = null;
  #closed = false;

  constructor(contents: WebContents, policy: PanePolicy, proxySignIns?: KnownProxySignIns) {
    this.#session = contents.session;
    this.#policy = policy;
    this.#proxySignIns = proxySignIns;
    this.admit(contents);
  }

  admit(contents: WebContents): void {
    // UDP would not go through the proxy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.on('login', (event, _details, asked, answer) => {
      if (!this.#proxy || !asksForSecretOf(this.#proxy, asked)) return;
      event.preventDefault();
      answer(proxyUser, this.#proxy.secret);
    });
  }

  /** Resolves to null once pages may be opened, or to the reason why they may not. The next call then tries again. */
  async ready(): Promise<Failure | null> {
    this.#opening ??= this.#open();
    const reason = await this.#opening;
    if (reason) this.#opening = null;
    return reason;
  }

  errorOf(address: string): string | undefined {
    return this.#proxy?.netErrorAt(address) ?? undefined;
  }

  /** Ends every connection of the pages. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#session.setProxy(nowhere);
    await this.#proxy?.close();
  }

  async #open(): Promise<Failure | null> {
    await this.#session.setProxy(nowhere);
    try {
      const { PaneProxy } = await import('./pane-proxy.ts');
      const proxy = await PaneProxy.listen(this.#policy, systemNetwork(this.#proxySignIns));
      this.#proxy = proxy;
      if (this.#closed) await proxy.close();
      else {
        await this.#session.setProxy({ ...nowhere, proxyRules: `http://127.0.0.1:${proxy.port}` });
        await this.#sayHello(proxy);
      }
      return null;
    } catch (thrown) {
      // After a close the session may belong to the next pane already.
      if (!this.#closed) await this.#session.setProxy(nowhere);
      await this.#proxy?.close();
      this.#proxy = null;
      return failure('pane_not_connected', { detail: String(thrown) });
    }
  }

  /** Gives the session the secret before any page loads, because Electron has no `login` event for the requests of workers. */
  #sayHello(proxy: PaneProxy): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = net.request({ session: this.#session, url: `http://${helloHost}/`, cache: 'no-store' });
      request.on('login', (asked, answer) =>
        asksForSecretOf(proxy, asked) ? answer(proxyUser, proxy.secret) : answer(),
      );
      request.on('response', ({ statusCode }) =>
        statusCode === 204 ? resolve() : reject(new Error(`The pane's proxy answered ${statusCode}`)),
      );
      request.on('error', reject);
      request.end();
    });
  }
}

/** Only this proxy gets the secret. Other servers and proxies may ask for a password too. */
function asksForSecretOf({ port }: PaneProxy, asked: AuthInfo): boolean {
  return asked.isProxy && asked.host === '127.0.0.1' && asked.port === port && asked.realm === proxyRealm;
}

/** A session with the system's network settings, used for nothing else. */
export function systemNetwork(proxySignIns: KnownProxySignIns | undefined): SystemNetwork {
  const session = sessions.fromPartition('system-network');
  return {
    resolveProxy: (url) => session.resolveProxy(url),
    resolveHost: async (name) => (await session.resolveHost(name)).endpoints.map(({ address }) => address),
    proxySignIns,
  };
}
