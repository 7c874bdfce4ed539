import type { Socket } from 'node:net';
import type { ServedCommands } from '../../ports/terminal.ts';
import { lineLimits, runSchema, terminalMessageSchema, terminalProofSchema } from './channel-messages.ts';
import { channelProof, isSameProof, newChannelSecret } from './channel-proof.ts';
import { JsonLines, jsonLine } from './json-lines.ts';
import { RemoteTerminal } from './remote-terminal.ts';

/** How long a new connection may take to prove that it knows the key and to send its command. */
export const strangerLimitMs = 5_000;

/** The connection of one terminal. The terminal must prove that it knows the key of this run before anything is done for it. */
export class ChannelConnection {
  readonly #socket: Socket;
  readonly #key: string;
  readonly #served: ServedCommands;
  readonly #nonce = newChannelSecret();
  readonly #lines = new JsonLines(lineLimits.stranger);
  #known = false;
  #terminal: RemoteTerminal | null = null;

  constructor(socket: Socket, key: string, served: ServedCommands, onClosed: () => void) {
    this.#socket = socket;
    this.#key = key;
    this.#served = served;
    const limit = setTimeout(() => {
      if (!this.#terminal) this.drop();
    }, strangerLimitMs);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.cancel());
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(limit);
      this.cancel();
      onClosed();
    });
    socket.write(jsonLine({ version: 1, nonce: this.#nonce }));
  }

  /** Called when the person cancels, the terminal disconnects, or the console ends. */
  cancel(): void {
    if (this.#terminal) this.#terminal.cancel();
    else this.drop();
  }

  drop(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const values = this.#lines.push(chunk);
    for (const value of values ?? []) if (!this.#take(value)) return this.drop();
    if (!values) this.drop();
  }

  /** Handles one message. False if it is not valid at this point of the exchange. */
  #take(value: unknown): boolean {
    if (!this.#known) return this.#meet(value);
    if (!this.#terminal) return this.#begin(value);
    const message = terminalMessageSchema.safeParse(value);
    if (message.success) this.#terminal.receive(message.data);
    return message.success;
  }

  #meet(value: unknown): boolean {
    const parsed = terminalProofSchema.safeParse(value);
    if (!parsed.success) return false;
    const { nonce, proof } = parsed.data;
    if (!isSameProof(channelProof(this.#key, 'terminal', this.#nonce, nonce), proof)) return false;
    this.#known = true;
    this.#lines.limit = lineLimits.terminal;
    this.#socket.write(jsonLine({ proof: channelProof(this.#key, 'console', this.#nonce, nonce) }));
    return true;
  }

  #begin(value: unknown): boolean {
    const run = runSchema.safeParse(value);
    if (!run.success) return false;
    if (!this.#served.mayRun(run.data.words)) {
      this.#socket.end(jsonLine({ busy: true }));
      return true;
    }
    const terminal = new RemoteTerminal(this.#socket, run.data);
    this.#terminal = terminal;
    void this.#served.run(run.data.words, terminal).then(
      (exitCode) => terminal.end(exitCode),
      () => terminal.end(1),
    );
    return true;
  }
}
