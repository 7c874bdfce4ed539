import type { Socket } from 'node:net';

interface Connection {
  /** Requests without an answer yet. */
  unanswered: number;
  /** A client with a right secret has asked over it. */
  proven: boolean;
  /** Answers in the order of their requests, those left out that were found to be gone out whole. */
  readonly answers: Outgoing[];
}

/** An answer: has all of it left this process? */
interface Outgoing {
  readonly writableFinished: boolean;
}

/**
 * How many connections there may be, and which one goes where there are too many: first those over which no client has shown a
 * secret, then those at rest, of each the one that has waited longest without a complete request. One that is being answered
 * stays. So 1,000 that only hold a connection open keep no good client out.
 */
export class ConnectionBounds {
  readonly #limits: { readonly connections: number; readonly pipelined: number };
  readonly #open = new Map<Socket, Connection>();
  /** In the order in which they began to wait. */
  readonly #unproven = new Set<Socket>();
  readonly #resting = new Set<Socket>();

  constructor(limits: { readonly connections: number; readonly pipelined: number }) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#open.size;
  }

  opened(socket: Socket): void {
    if (this.#open.size >= this.#limits.connections && !this.#makeRoom()) {
      socket.destroy();
      return;
    }
    this.#open.set(socket, { unanswered: 0, proven: false, answers: [] });
    this.#unproven.add(socket);
    socket.once('close', () => this.#forget(socket));
  }

  /**
   * The first line and the headers of a request are here. False: too many wait on this connection, and it is closed. Answers
   * that nobody reads wait too: whoever asks on and on without reading would fill the memory with them.
   */
  asked(socket: Socket, answer: Outgoing): boolean {
    const connection = this.#open.get(socket);
    if (!connection) return false;
    connection.unanswered += 1;
    const { answers } = connection;
    // They leave in order.
    while (answers[0]?.writableFinished) answers.shift();
    answers.push(answer);
    if (answers.length <= this.#limits.pipelined) return true;
    socket.destroy();
    return false;
  }

  /** The request came with a right secret. */
  proved(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (!connection || connection.proven) return;
    connection.proven = true;
    if (this.#unproven.delete(socket)) this.#resting.add(socket);
  }

  /** A complete request is being answered; the connection stays until then. */
  answering(socket: Socket): void {
    this.#unproven.delete(socket);
    this.#resting.delete(socket);
  }

  answered(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (!connection) return;
    connection.unanswered -= 1;
    const waiting = connection.proven ? this.#resting : this.#unproven;
    waiting.delete(socket);
    if (connection.unanswered === 0) waiting.add(socket);
  }

  isAnswering(socket: Socket): boolean {
    return (this.#open.get(socket)?.unanswered ?? 0) > 0;
  }

  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  #makeRoom(): boolean {
    const [longest] = this.#unproven.size > 0 ? this.#unproven : this.#resting;
    if (!longest) return false;
    longest.destroy();
    this.#forget(longest);
    return true;
  }

  #forget(socket: Socket): void {
    this.#open.delete(socket);
    this.#unproven.delete(socket);
    this.#resting.delete(socket);
  }
}
