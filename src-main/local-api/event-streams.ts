import type { ServerResponse } from 'node:http';
import { shownJson } from '../../src-shared/text/shown-text.ts';
import type { Timer } from '../ports/timer.ts';
import type { KnownClient } from './api-clients.ts';
import type { ApiLimits } from './api-limits.ts';
import { answerHeaders } from './problem-details.ts';
import { licenseAnswer } from './served-answers.ts';
import type { ServedLicense } from './served-license.ts';
import type { EventName } from './wire/endpoints.ts';

interface Stream {
  readonly client: KnownClient;
  readonly response: ServerResponse;
  readonly served: ServedLicense;
  /** The last status sent, without the instants that change with every judgment. */
  sent: string;
  /** Identifies the license token held when that status was sent. */
  token: string;
}

interface EventStreamsDeps {
  readonly limits: Pick<ApiLimits, 'streams' | 'streamsOfClient' | 'unreadBytes' | 'heartbeatMs'>;
  readonly timer: Timer;
}

/** The readers of `GET /v1/events` (server-sent events). No timer runs while there are no readers. */
export class EventStreams {
  readonly #deps: EventStreamsDeps;
  readonly #streams = new Set<Stream>();
  #lastId = 0;
  #cancelHeartbeat: () => void = () => {};

  constructor(deps: EventStreamsDeps) {
    this.#deps = deps;
  }

  get count(): number {
    return this.#streams.size;
  }

  mayOpen(client: KnownClient): boolean {
    const { streams, streamsOfClient } = this.#deps.limits;
    const own = [...this.#streams].filter((stream) => stream.client.id === client.id).length;
    return this.#streams.size < streams && own < streamsOfClient;
  }

  /** Sends the current license, then every change. */
  open(client: KnownClient, served: ServedLicense, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...answerHeaders });
    const stream: Stream = { client, response, served, sent: '', token: tokenOf(served) };
    this.#streams.add(stream);
    // Listens to the socket, not the response: a response queued behind another one on its connection never emits `close`.
    response.req.socket.once('close', () => this.#closed(stream));
    if (this.#streams.size === 1) this.#beat();
    this.#sendChanges(stream);
  }

  /** Call when something may have changed. Each reader gets only what is new to it. */
  changed(): void {
    for (const stream of this.#streams) this.#sendChanges(stream);
  }

  /** Ends the streams of one client, or all. */
  end(clientId?: string): void {
    for (const { client, response } of this.#streams)
      if (clientId === undefined || client.id === clientId) response.req.socket.destroy();
  }

  #sendChanges(stream: Stream): void {
    const answer = licenseAnswer(stream.served.standing());
    const token = tokenOf(stream.served);
    if (token !== '' && token !== stream.token && answer.token)
      this.#send(stream, 'token_refreshed', { expires_at: answer.token.expires_at });
    stream.token = token;
    // Time that passes is not a change.
    const status = JSON.stringify({ ...answer, judged_at: '', clock: answer.clock.state });
    if (status === stream.sent) return;
    stream.sent = status;
    this.#send(stream, 'status', answer);
  }

  #send(stream: Stream, event: EventName, data: object): void {
    this.#lastId += 1;
    this.#write(stream, `id: ${this.#lastId}\nevent: ${event}\ndata: ${shownJson(data)}\n\n`);
  }

  /** Disconnects a reader that does not read: its buffer would only grow. */
  #write({ response }: Stream, text: string): void {
    response.write(text);
    if (response.writableLength > this.#deps.limits.unreadBytes) response.req.socket.destroy();
  }

  /** An empty comment line keeps the connection alive. */
  #beat(): void {
    this.#cancelHeartbeat = this.#deps.timer.schedule(this.#deps.limits.heartbeatMs, () => {
      for (const stream of this.#streams) this.#write(stream, ':\n\n');
      if (this.#streams.size > 0) this.#beat();
    });
  }

  #closed(stream: Stream): void {
    this.#streams.delete(stream);
    if (this.#streams.size === 0) this.#cancelHeartbeat();
  }
}

/** Identifies the license token without containing it. Tokens issued in the same second differ in when they were received. */
function tokenOf(served: ServedLicense): string {
  const { license, refresh } = served.standing();
  if (!license) return '';
  const { tokenIssuedAt, tokenExpiresAt } = license.details;
  return `${tokenIssuedAt} ${tokenExpiresAt} ${refresh.lastRefreshedAt}`;
}
