import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { failure } from '../../../src-shared/result.ts';
import type { EnteredSignIn } from '../../../src-shared/authorization-pane/sign-in-question.ts';
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

/** The two routes that a request can take. */
interface BothWays {
  readonly byLaptop: (request: HttpRequest) => Promise<HttpOutcome>;
  readonly directly: (request: HttpRequest) => Promise<HttpOutcome>;
  /** Does the address of the request answer this computer directly, within seconds? Asked by a request that changes nothing. */
  readonly answersDirectly: (request: HttpRequest) => Promise<boolean>;
  /** The same through the laptop, in the time that the request itself has. */
  readonly answersByLaptop: (request: HttpRequest) => Promise<boolean>;
}

/** `throughLaptop`: the outcome is that of the route through the laptop, and not of this computer's own. */
interface SentByEither {
  readonly outcome: HttpOutcome;
  readonly throughLaptop: boolean;
}

/**
 * Sends through the laptop. A request that was not sent goes directly: nothing can be lost by that, so a laptop never blocks a console that
 * has its own connection. While the laptop is in doubt, requests go directly if the address answers this computer, and a POST goes through
 * the laptop only if the address answers through it. A request that may have been sent is never sent twice: the caller decides that.
 */
export async function sendByEither(request: HttpRequest, way: RelayWay, ways: BothWays): Promise<SentByEither> {
  if (way.isDoubted && (await ways.answersDirectly(request)))
    return { outcome: await ways.directly(request), throughLaptop: false };
  const outcome = await sendByLaptop(request, way, ways);
  if (outcome.ok || outcome.maybeDelivered || request.signal?.aborted) return { outcome, throughLaptop: true };
  const own = await ways.directly(request);
  const isOwn = own.ok || own.maybeDelivered;
  return { outcome: isOwn ? own : outcome, throughLaptop: !isOwn };
}

async function sendByLaptop(request: HttpRequest, way: RelayWay, ways: BothWays): Promise<HttpOutcome> {
  if (way.isDoubted && request.method === 'POST') {
    if (!(await ways.answersByLaptop(request))) return notOpened(way, request);
    way.noteAnswer(true);
  }
  const outcome = outcomeOfWay(await ways.byLaptop(request), way, request);
  if (outcome.ok) way.noteAnswer(true);
  else if (!request.signal?.aborted && unanswered.includes(outcome.failure.code)) way.noteAnswer(false);
  return outcome;
}

/** The failures of requests through a laptop that passes nothing on. */
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
function outcomeOfWay(outcome: HttpOutcome, way: RelayWay, request: HttpRequest): HttpOutcome {
  const isRefusal = !outcome.ok && ['proxy_refused', 'proxy_sign_in'].includes(outcome.failure.code);
  return isRefusal && !outcome.maybeDelivered ? notOpened(way, request) : outcome;
}

function notOpened(way: RelayWay, { url }: HttpRequest): HttpOutcome {
  const { host, hostname, port } = new URL(url);
  const code = way.refusalOf(`${hostname}:${port || '443'}`) ?? 'laptop_gone';
  return { ok: false, failure: failure(code, { facts: { host } }), maybeDelivered: false };
}
