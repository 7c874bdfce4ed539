import type { Socket } from 'node:net';

interface Connection {
  /** Requests that are not answered yet. */
  unanswered: number;
  /** A request with a valid secret came over it. */
  proven: boolean;
  /** Answers in the order of their requests, without those already found to be sent completely. */
  readonly answers: Outgoing[];
}

/** An answer. `writableFinished` is true once all of it has left this process. */
interface Outgoing {
  readonly writableFinished: boolean;
}

/**
 * Limits the number of connections and picks the one to close when there are too many. Connections without a valid secret go
 * first, then idle ones; within each group, the one that has waited longest without a complete request. A connection that is
 * being answered stays. So 1,000 programs that only hold a connection open cannot lock out a legitimate client.
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
   * Call when the request line and the headers have arrived. False if too many requests wait on this connection, which is then
   * closed. Unread answers count as waiting: a client that keeps sending requests without reading would fill the memory.
   */
  asked(socket: Socket, answer: Outgoing): boolean {
    const connection = this.#open.get(socket);
    if (!connection) return false;
    connection.unanswered += 1;
    const { answers } = connection;
    // Answers are sent in order, so only the first ones can be finished.
    while (answers[0]?.writableFinished) answers.shift();
    answers.push(answer);
    if (answers.length <= this.#limits.pipelined) return true;
    socket.destroy();
    return false;
  }

  /** The request came with a valid secret. */
  proved(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (!connection || connection.proven) return;
    connection.proven = true;
    if (this.#unproven.delete(socket)) this.#resting.add(socket);
  }

  /** A complete request is being answered. The connection is not closed to make room until the answer is sent. */
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
