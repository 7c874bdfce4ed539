import { failure } from '../../../src-shared/result.ts';
import type { EnteredSignIn } from '../../../src-shared/sign-in-question.ts';
import type { KnownProxySignIns } from '../../keychain/proxy-sign-ins.ts';
import type { HttpOutcome, HttpRequest } from '../../ports/http.ts';
import type { RelayControl, RelayWay } from '../../ports/relay.ts';

/** Which way requests take: directly, or by a laptop for the one server profile that it helps. */
export class RelayedRequests implements RelayControl {
  #profileId: string | null = null;
  #way: RelayWay | null = null;

  begin(profileId: string, way: RelayWay): void {
    this.#profileId = profileId;
    this.#way = way;
  }

  end(): void {
    this.#profileId = null;
    this.#way = null;
  }

  /** Null if the requests of this server profile go directly. */
  wayOf(server: string | undefined): RelayWay | null {
    return server !== undefined && server === this.#profileId ? this.#way : null;
  }
}

/** Gives the proxy of that way its own name and password, and no other proxy anything. */
export function signInsOf({ port, name, password }: RelayWay): KnownProxySignIns {
  const own: EnteredSignIn = { name, password };
  return {
    of: async (proxy) => (proxy === `127.0.0.1:${port}` ? own : null),
    wanted: () => {},
    onForgotten: () => {},
  };
}

/**
 * The outcome in terms of the laptop: what looks like a proxy that refuses is a connection that the laptop did not open. The
 * request was then not sent.
 */
export function outcomeOfWay(outcome: HttpOutcome, way: RelayWay, { url }: HttpRequest): HttpOutcome {
  if (outcome.ok || !['proxy_refused', 'proxy_sign_in'].includes(outcome.failure.code)) return outcome;
  const { host, hostname, port } = new URL(url);
  const code = way.refusalOf(`${hostname}:${port || '443'}`) ?? 'laptop_gone';
  return { ok: false, failure: failure(code, { facts: { host } }), maybeDelivered: false };
}
