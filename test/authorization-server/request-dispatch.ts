/** Routes each request to the OAuth endpoints or to the pages, and applies the log and the planted faults. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerWithFault } from './faults/faulty-answer.ts';
import type { Endpoint } from './request-log.ts';
import type { SandboxState } from './sandbox-state.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Destinations {
  /** `oidc-provider`. */
  readonly oauth: Handler;
  /** Pages for people. */
  readonly pages: Handler;
}

/** RFC 8414 §3.1 inserts the well-known part between host and path; OpenID Connect Discovery §4 appends it to the path. */
const insertedWellKnown = /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))(\/.+)$/;

export class RequestDispatch {
  readonly #state: SandboxState;
  readonly #issuerPath: string;
  readonly #destinations: Destinations;
  readonly #oauthPaths: ReadonlyMap<string, Endpoint>;

  constructor(state: SandboxState, issuerPath: string, destinations: Destinations) {
    this.#state = state;
    this.#issuerPath = issuerPath;
    this.#destinations = destinations;
    const { paths, discoveryPaths } = state.dialect;
    this.#oauthPaths = new Map<string, Endpoint>([
      ...discoveryPaths.map((path) => [path, 'discovery'] as const),
      ...Object.entries(paths).map(([endpoint, path]) => [path, endpoint as keyof typeof paths] as const),
    ]);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const local = this.#localUrl(url);
    if (local === undefined) {
      response.writeHead(404).end();
      return;
    }
    // `oidc-provider` derives its mount point from the difference between the two.
    Object.assign(request, { originalUrl: this.#issuerPath + local, url: local });
    const path = local.split('?', 1)[0] ?? '/';
    const endpoint = this.#oauthPaths.get(path) ?? 'pages';
    const entry = this.#state.requests.begin(request, endpoint, path);
    response.once('close', () => {
      entry.finishedAt = performance.now();
      if (response.writableEnded) entry.status = response.statusCode;
    });
    response.setHeader('Date', new Date(Date.now() + this.#state.settings.clockOffsetSeconds * 1000).toUTCString());
    const destination = endpoint === 'pages' ? this.#destinations.pages : this.#destinations.oauth;
    const fault = this.#state.faults.take(endpoint);
    if (fault === undefined) return destination(request, response);
    entry.fault = fault.kind;
    await answerWithFault(fault, request, response, destination);
  }

  /** The URL relative to the issuer, or undefined if it is not below the issuer. */
  #localUrl(url: string): string | undefined {
    const base = this.#issuerPath;
    const [path = '/', query] = url.split('?', 2);
    const search = query === undefined ? '' : `?${query}`;
    const inserted = insertedWellKnown.exec(path);
    if (base !== '' && inserted?.[2] === base) return `${inserted[1] ?? ''}${search}`;
    if (base === '') return url;
    if (path === base) return `/${search}`;
    return path.startsWith(`${base}/`) ? url.slice(base.length) : undefined;
  }
}
