import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { ServerReport } from '../../../src-shared/pairing/pairing.ts';
import { endSchema, paths, readBody, standingSchema, type WireStanding } from '../wire.ts';
import { LaptopAddresses } from './laptop-addresses.ts';
import { askForTunnel, askLaptop, connectToAny, laptopTime, openQuestion } from './pinned-connection.ts';
import type { LinkLimits, ProvenLaptop } from './prove-code.ts';
import type { TunnelOutcome } from './relay-forwarder.ts';

/** What the laptop sends to the console that follows it. */
interface Follower {
  readonly onStanding: (standing: WireStanding) => void;
  /** The laptop ended the pairing. */
  readonly onEnd: () => void;
  /** The connection is gone, without an end. */
  readonly onGone: () => void;
}

const longestLine = 1000;
/** A laptop writes a line every few seconds, and one at each change. */
const mostLinesInSecond = 20;
const farewellMs = 1_500;

/** The connections to a paired laptop. Each accepts only the certificate that the code was proved with. */
export class LaptopLink {
  readonly #laptop: ProvenLaptop;
  readonly #limits: LinkLimits;
  readonly #onTime: (at: number) => void;
  readonly #addresses: LaptopAddresses;
  readonly #closing = new AbortController();
  readonly #sockets = new Set<TLSSocket>();
  #reports: TLSSocket | null = null;

  /** `onTime` gets the laptop's clock with each answer, in ms. */
  constructor(laptop: ProvenLaptop, limits: LinkLimits, onTime: (at: number) => void = () => {}) {
    this.#laptop = laptop;
    this.#limits = limits;
    this.#onTime = onTime;
    this.#addresses = new LaptopAddresses(laptop.address, laptop.entered);
    this.#note(laptop.standing);
  }

  /**
   * Follows the pairing until the laptop ends it or the connection is gone: exactly one of the two is reported. A laptop that writes
   * something else, or very often, counts as gone.
   */
  async follow({ onStanding, onEnd, onGone }: Follower): Promise<void> {
    const socket = await this.#connect();
    if (!socket) return onGone();
    let isOver = false;
    const over = (then: () => void) => {
      if (isOver) return;
      isOver = true;
      socket.destroy();
      then();
    };
    socket.once('close', () => over(onGone));
    const request = openQuestion(socket, { method: 'GET', path: paths.pairing, bearer: this.#laptop.bearer });
    request.once('response', (response: IncomingMessage) => {
      // Only the laptop has this certificate, so the laptop itself no longer knows this pairing.
      if (response.statusCode === 401) return over(onEnd);
      if (response.statusCode !== 200) return over(onGone);
      this.#noteTime(laptopTime(response));
      let text = '';
      let lineTimes: readonly number[] = [];
      response.on('data', (chunk: Buffer) => {
        // Lines that arrived together with the last one are still passed on.
        if (isOver) return;
        text += chunk.toString('utf8');
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        if (text.length > longestLine) return over(onGone);
        const now = performance.now();
        lineTimes = [...lineTimes.filter((at) => now - at < 1000), ...lines.map(() => now)];
        if (lineTimes.length > mostLinesInSecond) return over(onGone);
        for (const line of lines) {
          const document = readBody(Buffer.from(line));
          const standing = standingSchema.safeParse(document);
          if (standing.success) onStanding(this.#note(standing.data));
          else return over(endSchema.safeParse(document).success ? onEnd : onGone);
        }
      });
      response.once('end', () => over(onGone));
      response.once('error', () => over(onGone));
    });
  }

  /** Sends a report. Null if it did not arrive. */
  async report(report: ServerReport): Promise<WireStanding | null> {
    const socket = this.#reports && !this.#reports.destroyed ? this.#reports : await this.#connect();
    if (!socket) return null;
    this.#reports = socket;
    const { bearer } = this.#laptop;
    const question = { method: 'PUT', path: paths.report, bearer, document: report } as const;
    const answer = await askLaptop(socket, question, this.#limits.answerMs);
    if (answer?.status !== 200) {
      socket.destroy();
      return null;
    }
    this.#noteTime(answer.at);
    const standing = standingSchema.safeParse(readBody(Buffer.from(answer.body)));
    return standing.success ? this.#note(standing.data) : null;
  }

  /** Opens a tunnel to a host and port. */
  async tunnel(authority: string): Promise<TunnelOutcome> {
    const socket = await this.#connect();
    if (!socket) return { code: 'laptop_gone' };
    const outcome = await askForTunnel(socket, authority, this.#laptop.bearer, this.#limits.tunnelMs);
    if ('socket' in outcome) return outcome;
    if (outcome.status === 0) return { code: 'laptop_gone' };
    return { code: outcome.status === 502 ? 'network_unreachable' : 'relay_refused' };
  }

  /** Ends the pairing at the laptop, after a last report, if it can be reached within seconds. A console that quits waits for this. */
  async leave(report: ServerReport | null = null): Promise<void> {
    const socket = await this.#connect(Math.min(this.#limits.connectMs, farewellMs));
    if (!socket) return;
    const { bearer } = this.#laptop;
    const answerMs = Math.min(this.#limits.answerMs, farewellMs);
    if (report) await askLaptop(socket, { method: 'PUT', path: paths.report, bearer, document: report }, answerMs);
    await askLaptop(socket, { method: 'DELETE', path: paths.pairing, bearer }, answerMs);
    socket.destroy();
  }

  /** The laptop is gone. Later calls connect again. */
  closeConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#closing.abort();
    for (const socket of this.#sockets) socket.destroy();
  }

  #noteTime(at: number | null): void {
    if (at !== null) this.#onTime(at);
  }

  #note(standing: WireStanding): WireStanding {
    if (standing.addresses) this.#addresses.named(standing.addresses);
    return standing;
  }

  async #connect(limitMs = this.#limits.connectMs): Promise<TLSSocket | null> {
    const { fingerprint } = this.#laptop;
    const { signal } = this.#closing;
    const connection = await connectToAny(this.#addresses.all, limitMs, (seen) => seen === fingerprint, signal);
    if (!connection) return null;
    const { socket, address } = connection;
    if (signal.aborted) {
      socket.destroy();
      return null;
    }
    this.#addresses.worked(address);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}
