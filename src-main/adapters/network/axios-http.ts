import { present } from '../../../src-shared/present.ts';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { mayHaveArrived, type NetworkEvidence, networkFailure } from '../../authorization/network-failure.ts';
import { serverDateOf } from '../../authorization/server-date.ts';
import type { NetworkWitness } from '../../preflight/preflight-scene.ts';
import type { Http, HttpAnswer, HttpOutcome, HttpPurpose, HttpRequest } from '../../ports/http.ts';
import { errorOf } from '../../authorization/oauth-failure.ts';
import { failure } from '../../../src-shared/result.ts';
import { failureCodes } from '../../../src-shared/failure-codes.ts';
import type { Log, LogFields, StepEnd } from '../../ports/log.ts';
import type { RelayWay } from '../../ports/relay.ts';
import { sendByEither } from './relayed-requests.ts';
import { isUsualStatus, standInStatus, originalStatus, unusualStatusHeader } from './response-head.ts';

/** A request that takes longer is aborted. */
const deadlineMs = 30_000;
/** The time limit, in ms, of a request that only tests whether this computer has its own route. */
const trialTimeoutMs = 5_000;
/** The largest answer that is read, unless the request sets `largestAnswer`. */
export const maxBodyBytes = 256 * 1024;

const tooLarge = 'maxContentLength exceeded';

/** The part of Electron's `Session` that is used here. Its proxy settings and trust store apply to all requests. */
export interface FetchingSession {
  fetch(input: string | Request, init?: RequestInit): Promise<Response>;
  closeAllConnections(): Promise<void>;
  /**
   * Gives a proxy on the way to that address the name and password that a person entered for it. Later requests of this session then pass
   * that proxy.
   */
  signInToProxy?(url: string): Promise<ProxySignInOutcome>;
  /** The certificate, redirect and proxy that requests to that address encountered. Takes a few seconds at most. */
  evidence(url: string): Promise<NetworkEvidence>;
}
/** `wanted`: the proxy wants a name and a password, and there are none or it refused them. */
export type ProxySignInOutcome =
  | { readonly state: 'not_asked' | 'signed_in' }
  | { readonly state: 'wanted'; readonly proxy: string };
/** Opens the session of that name, in memory only. */
type OpenSession = (name: string) => FetchingSession;

/** The route of requests that do not go directly. */
interface OtherWays {
  /** Null if the requests of this server profile go directly. */
  readonly wayOf: (server: string | undefined) => RelayWay | null;
  /** Opens a session with this route. */
  readonly openSession: (name: string, way: RelayWay) => FetchingSession;
}

/** Sends through Electron's network stack, in sessions that are in memory only. Uses no cookies and no cache, follows no redirects. */
export function createAxiosHttp(
  openSession: OpenSession,
  log: Log,
  limitMs = deadlineMs,
  ways?: OtherWays,
): Http & NetworkWitness {
  const direct = new Senders(openSession, limitMs);
  const relayed = new WeakMap<RelayWay, Senders>();
  const sendersOf = (way: RelayWay, { openSession: openBy }: OtherWays) => {
    const senders = relayed.get(way) ?? new Senders((name) => openBy(name, way), limitMs);
    relayed.set(way, senders);
    return senders;
  };
  /** The hosts whose last request went through this laptop, and not by this computer's own route. */
  const throughLaptop = new WeakMap<RelayWay, Set<string>>();
  const noteWay = (way: RelayWay, url: string, isThrough: boolean) => {
    if (!URL.canParse(url)) return;
    const hosts = throughLaptop.get(way) ?? new Set();
    throughLaptop.set(way, hosts);
    if (isThrough) hosts.add(new URL(url).host);
    else hosts.delete(new URL(url).host);
  };
  const send = async (request: HttpRequest): Promise<HttpOutcome> => {
    const way = ways?.wayOf(request.server);
    if (!ways || !way) return direct.send(request);
    const sent = await sendByEither(request, way, {
      byLaptop: (sent) => sendersOf(way, ways).send(sent),
      directly: (sent) => direct.send(sent),
      answersDirectly: ({ url }) => direct.answers(url, Math.min(limitMs, trialTimeoutMs)),
      // As long as the request itself may take: a slow laptop is a route too.
      answersByLaptop: ({ url }) => sendersOf(way, ways).answers(url, limitMs),
    });
    noteWay(way, request.url, sent.throughLaptop);
    return sent.outcome;
  };
  const evidence = async (url: string, server?: string): Promise<NetworkEvidence> => {
    const way = ways?.wayOf(server);
    if (!ways || !way || !throughLaptop.get(way)?.has(new URL(url).host)) return direct.evidence(url);
    // The proxy of that route is the console itself.
    const { proxy: _own, ...seen } = await sendersOf(way, ways).evidence(url);
    return { ...seen, throughLaptop: true };
  };
  return {
    evidence,
    send: (request) =>
      log.step(
        'server',
        request.purpose,
        fieldsOf(request),
        () => send(request),
        (outcome) => endOf(request, outcome),
      ),
  };
}

/** The senders of one route. */
class Senders {
  readonly #openSession: OpenSession;
  readonly #limitMs: number;
  readonly #unshared: UnsharedSenders;
  readonly #shared = new Map<number, Promise<Sender>>();

  constructor(openSession: OpenSession, limitMs: number) {
    this.#openSession = openSession;
    this.#limitMs = limitMs;
    this.#unshared = new UnsharedSenders(openSession, limitMs);
  }

  async send(request: HttpRequest): Promise<HttpOutcome> {
    return request.method === 'GET'
      ? sendThrough(await this.#sharedSender(request.largestAnswer ?? maxBodyBytes), request)
      : this.#unshared.use((sender) => sendThrough(sender, request));
  }

  /**
   * Does this address answer within that time, in ms? Any answer but that of a proxy counts. A proxy that asks gets its sign-in first.
   * Sends no query, body or header.
   */
  async answers(url: string, trialMs: number): Promise<boolean> {
    const { session } = await this.#sharedSender(maxBodyBytes);
    const first = await tryOut(session, url, trialMs);
    if (first !== 'proxy_asks') return first === 'answered';
    const signedIn = await session.signInToProxy?.(url);
    return signedIn?.state === 'signed_in' && (await tryOut(session, url, trialMs)) === 'answered';
  }

  async evidence(url: string): Promise<NetworkEvidence> {
    return (await this.#sharedSender(maxBodyBytes)).session.evidence(url);
  }

  #sharedSender(largest: number): Promise<Sender> {
    const name = `authorization-service${largest === maxBodyBytes ? '' : `-to-${largest}`}`;
    const sender = this.#shared.get(largest) ?? openSender(this.#openSession(name), this.#limitMs, largest);
    this.#shared.set(largest, sender);
    return sender;
  }
}

/** Asks with GET, because some firewalls drop a HEAD. Only the head of the answer is awaited. */
async function tryOut(
  session: FetchingSession,
  url: string,
  trialMs: number,
): Promise<'answered' | 'proxy_asks' | 'silent'> {
  const { origin, pathname } = new URL(url);
  const done = new AbortController();
  try {
    const { status } = await session.fetch(`${origin}${pathname}`, {
      method: 'GET',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any([done.signal, AbortSignal.timeout(trialMs)]),
    });
    return status === proxyAsks ? 'proxy_asks' : 'answered';
  } catch (thrown) {
    const text = errorText(thrown);
    if (/redirect/i.test(text)) return 'answered';
    return networkFailure(text, url).code === 'proxy_refused' ? 'proxy_asks' : 'silent';
  } finally {
    done.abort();
  }
}

/** A session, and axios on top of it. */
interface Sender {
  readonly session: FetchingSession;
  readonly axios: AxiosInstance;
}

/**
 * Senders for POST requests. Chromium resends a request, even a POST, if it was sent on a reused connection that then breaks. The server
 * treats a refresh token that arrives twice as stolen (RFC 9700 §4.14.2), and a code works only once. So each POST has a session to itself,
 * with a new connection.
 */
class UnsharedSenders {
  readonly #openSession: OpenSession;
  readonly #limitMs: number;
  readonly #free: Sender[] = [];
  #opened = 0;

  constructor(openSession: OpenSession, limitMs: number) {
    this.#openSession = openSession;
    this.#limitMs = limitMs;
  }

  async use<T>(send: (sender: Sender) => Promise<T>): Promise<T> {
    const sender = this.#free.pop() ?? (await this.#open());
    try {
      await sender.session.closeAllConnections();
      return await send(sender);
    } finally {
      this.#free.push(sender);
    }
  }

  #open(): Promise<Sender> {
    return openSender(this.#openSession(`authorization-service-${++this.#opened}`), this.#limitMs);
  }
}

async function openSender(session: FetchingSession, limitMs: number, largest = maxBodyBytes): Promise<Sender> {
  const { default: axios } = await import('axios');
  const instance = axios.create({
    adapter: 'fetch',
    env: {
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        fetchBounded(session, input instanceof Request ? input : new Request(input, init), largest),
    },
    timeout: limitMs,
    maxContentLength: largest,
    maxBodyLength: maxBodyBytes,
    responseType: 'text',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
  });
  return { session, axios: instance };
}

/**
 * Electron reads a body as fast as it arrives, even if nobody consumes it, and axios does not abort a body that is too large. So
 * this function aborts the request, which also closes its connection.
 */
async function fetchBounded(session: FetchingSession, request: Request, largest: number): Promise<Response> {
  const givenUp = new AbortController();
  const response = await session.fetch(request, {
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.any([request.signal, givenUp.signal]),
  });
  if (Number(response.headers.get('content-length')) > largest) givenUp.abort();
  if (!response.body) return response;
  let received = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength;
      if (received <= largest) return controller.enqueue(chunk);
      controller.error(new Error(tooLarge));
      givenUp.abort();
    },
  });
  const { status, headers } = response;
  const body = response.body.pipeThrough(bounded);
  if (isUsualStatus(status)) return new Response(body, { status, headers });
  const marked = new Headers(headers);
  marked.set(unusualStatusHeader, String(status));
  return new Response(body, { status: standInStatus, headers: marked });
}

/** The status of a proxy that wants a sign-in (RFC 9110 §15.5.8). */
const proxyAsks = 407;

/** Sends, and sends once more if a proxy refused, its name and password are known, and the request did not leave the proxy. */
async function sendThrough(sender: Sender, request: HttpRequest): Promise<HttpOutcome> {
  const outcome = await sendOnce(sender, request);
  const signedIn = isStopped(outcome, request) ? await sender.session.signInToProxy?.(request.url) : undefined;
  if (signedIn?.state === 'signed_in') {
    // A POST gets a new connection, and not that of the sign-in: see UnsharedSenders.
    if (request.method === 'POST') await sender.session.closeAllConnections();
    return sendOnce(sender, request);
  }
  if (signedIn?.state !== 'wanted') return outcome;
  const facts = { host: new URL(request.url).host, proxy: signedIn.proxy };
  return { ok: false, failure: failure('proxy_sign_in', { facts }), maybeDelivered: false };
}

/**
 * Did a proxy keep the request? A complete answer with the status of a proxy is not enough for a POST by https: it may have come through
 * the encrypted connection, from where the server is. A proxy that keeps such a request opens no connection.
 */
function isStopped(outcome: HttpOutcome, { method, url }: HttpRequest): boolean {
  if (!outcome.ok) return outcome.failure.code === 'proxy_refused' && !outcome.maybeDelivered;
  return outcome.answer.status === proxyAsks && !(method === 'POST' && new URL(url).protocol === 'https:');
}

async function sendOnce({ axios, session }: Sender, request: HttpRequest): Promise<HttpOutcome> {
  try {
    const response = await axios.request<string>({
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      data: request.body,
      ...present({ signal: request.signal }),
    });
    return { ok: true, answer: toAnswer(response) };
  } catch (thrown) {
    const text = errorText(thrown);
    const seen = URL.canParse(request.url) ? await session.evidence(request.url).catch(() => ({})) : {};
    const failure = networkFailure(text, request.url, seen);
    return { ok: false, failure, maybeDelivered: mayHaveArrived(text, failure) };
  }
}

function toAnswer(response: AxiosResponse<string>): HttpAnswer {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const serverDate = serverDateOf(headers);
  return present({
    status: originalStatus(response.status, headers),
    headers,
    body: typeof response.data === 'string' ? response.data : '',
    serverDate,
  });
}

/** An error may be among its own causes. */
const mostCauses = 5;

function errorText(thrown: unknown, left = mostCauses): string {
  if (!(thrown instanceof Error) || left === 0) return '';
  const code = 'code' in thrown ? String(thrown.code) : '';
  return `${code} ${thrown.message} ${errorText(thrown.cause, left - 1)}`;
}

/** The server profile and the address, but no query, and no path that is a secret. */
function fieldsOf({ server, method, url, secretAddress }: HttpRequest): LogFields {
  if (!URL.canParse(url)) return { server, method };
  const { origin, pathname } = new URL(url);
  return { server, method, origin, path: secretAddress ? undefined : pathname };
}

/** Answers that a working server gives while a person has not decided yet, or to the console's request for the time. */
const expected: Partial<Record<HttpPurpose, readonly string[]>> = {
  poll: ['authorization_pending', 'slow_down'],
  clock: ['unsupported_grant_type'],
};

/** The status, and the OAuth error or the reason why no answer came, with Chromium's name of it. No other word of the server. */
function endOf({ purpose }: HttpRequest, outcome: HttpOutcome): StepEnd {
  if (!outcome.ok) return { ok: false, code: outcome.failure.code, error: outcome.failure.facts?.['net_error'] };
  const { status } = outcome.answer;
  if (status < 400) return { ok: true, status };
  const error = errorOf(outcome.answer) ?? '';
  const code = failureCodes.find((known) => known === error) ?? (otherErrors.includes(error) ? error : undefined);
  return { ok: expected[purpose]?.includes(error) ?? false, status, code };
}

/** OAuth errors for which there is no failure code of that name. */
const otherErrors = ['authorization_pending', 'slow_down', 'unsupported_grant_type', 'use_dpop_nonce', 'invalid_token'];
