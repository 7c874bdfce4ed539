import type { FetchingSession } from './axios-http.ts';

/** The part of Electron's `app` that is used here. */
interface ProcessWitness {
  on(event: 'child-process-gone', listener: (event: unknown, gone: { readonly serviceName?: string }) => void): unknown;
}

/** Chromium's name for the process that sends all requests. */
const serviceName = 'network.mojom.NetworkService';

/**
 * Chromium's network process. It can end at any time: it crashes, a scanner ends it, or the system has no memory left. Chromium then starts
 * it again.
 */
export class NetworkProcess {
  #ends = 0;
  readonly #whenEnded = new Set<() => void>();

  constructor(app: ProcessWitness) {
    app.on('child-process-gone', (_event, gone) => {
      if (gone.serviceName !== serviceName) return;
      this.#ends += 1;
      for (const ended of this.#whenEnded) ended();
    });
  }

  /** How often it has ended. */
  get ends(): number {
    return this.#ends;
  }

  /** Resolves when the work is done, or when the process ends first: Electron then never answers. Rejects if the work does. */
  async orItsEnd(work: Promise<void>): Promise<void> {
    let stopWaiting = () => {};
    const ended = new Promise<void>((resolve) => {
      this.#whenEnded.add(resolve);
      stopWaiting = () => this.#whenEnded.delete(resolve);
    });
    await Promise.race([work, ended]).finally(() => stopWaiting());
  }
}

/**
 * A session that survives the end of the network process. Once the process has ended, every request of an Electron session that was
 * already in use fails (electron/electron#49572), so the next use opens another one. `open` gets how often the process has ended.
 */
export function lastingSession(open: (ends: number) => FetchingSession, network: NetworkProcess): FetchingSession {
  let opened = { session: open(network.ends), ends: network.ends };
  const current = (): FetchingSession => {
    const { ends } = network;
    if (opened.ends !== ends) opened = { session: open(ends), ends };
    return opened.session;
  };
  return {
    fetch: (input, init) => current().fetch(input, init),
    // The connections end with the process.
    closeAllConnections: () => network.orItsEnd(current().closeAllConnections()),
    signInToProxy: async (url) => (await current().signInToProxy?.(url)) ?? { state: 'not_asked' },
    evidence: (url) => current().evidence(url),
  };
}
