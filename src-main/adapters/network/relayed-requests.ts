import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { failure } from '../../../src-shared/result.ts';
import type { EnteredSignIn } from '../../../src-shared/sign-in-question.ts';
import type { KnownProxySignIns } from '../../keychain/proxy-sign-ins.ts';
import type { HttpOutcome, HttpRequest } from '../../ports/http.ts';
import type { RelayControl, RelayWay } from '../../ports/relay.ts';

/** The route of each request: directly, or through a laptop for the one server profile that it helps. */
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

/** Gives the proxy of that route its own name and password, and gives no other proxy anything. */
export function signInsOf({ port, name, password }: RelayWay): KnownProxySignIns {
  const own: EnteredSignIn = { name, password };
  return {
    of: async (proxy) => (proxy === `127.0.0.1:${port}` ? own : null),
    wanted: () => {},
    onForgotten: () => {},
  };
}

/** The two ways that a request can take. */
export interface BothWays {
  readonly byLaptop: (request: HttpRequest) => Promise<HttpOutcome>;
  readonly directly: (request: HttpRequest) => Promise<HttpOutcome>;
  /** Does the address of the request answer this computer directly, within seconds? Asked by a request that changes nothing. */
  readonly answersDirectly: (request: HttpRequest) => Promise<boolean>;
}

/**
 * Sends by the laptop. A request that was not sent goes directly if this computer has a way of its own, and so do all requests while the
 * laptop is in doubt. A request that may have been sent is never sent twice: the caller decides that.
 */
export async function sendByEither(request: HttpRequest, way: RelayWay, ways: BothWays): Promise<HttpOutcome> {
  if (way.isDoubted && (await ways.answersDirectly(request))) return ways.directly(request);
  const outcome = outcomeOfWay(await ways.byLaptop(request), way, request);
  if (outcome.ok) way.noteAnswer(true);
  if (outcome.ok || request.signal?.aborted) return outcome;
  if (unanswered.includes(outcome.failure.code)) way.noteAnswer(false);
  if (outcome.maybeDelivered || !(await ways.answersDirectly(request))) return outcome;
  return ways.directly(request);
}

/** Failures that a laptop causes which passes nothing on. */
const unanswered: readonly FailureCode[] = [
  'laptop_gone',
  'network_unreachable',
  'request_timeout',
  'connection_damaged',
];

/**
 * The outcome in terms of the laptop: a refusal by the proxy means that the laptop did not open the connection. The request was then not
 * sent.
 */
function outcomeOfWay(outcome: HttpOutcome, way: RelayWay, { url }: HttpRequest): HttpOutcome {
  const isRefusal = !outcome.ok && ['proxy_refused', 'proxy_sign_in'].includes(outcome.failure.code);
  if (!isRefusal || outcome.maybeDelivered) return outcome;
  const { host, hostname, port } = new URL(url);
  const code = way.refusalOf(`${hostname}:${port || '443'}`) ?? 'laptop_gone';
  return { ok: false, failure: failure(code, { facts: { host } }), maybeDelivered: false };
}
