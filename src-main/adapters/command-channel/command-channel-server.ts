import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { isNothingAt } from '../../files/file-trouble.ts';
import type { ServedCommands } from '../../ports/terminal.ts';
import {
  channelAddress,
  leaveChannelAddress,
  readChannelFile,
  removeChannelFile,
  type ChannelDocument,
  writeChannelFile,
} from './command-channel-file.ts';
import { ChannelConnection } from './channel-connection.ts';
import { newChannelSecret } from './channel-proof.ts';

/** How many terminals may be connected at one time. More are turned away. */
const connectionLimit = 32;
/** How long a console that ends waits until its commands have reported their end. */
const endingMs = 2_000;

/** The process that is the console of its folder, as the channel file describes it. */
type PlaceHolder = Pick<ChannelDocument, 'servedBy' | 'display'>;

/** The private channel on which this account's terminals give a running console their commands. */
export class CommandChannel {
  readonly #folder: string;
  readonly #holder: PlaceHolder;
  readonly #served: ServedCommands;
  readonly #key = newChannelSecret();
  readonly #connections = new Set<ChannelConnection>();
  #address: string | null = null;
  #server: Server | null = null;
  /** It listens, but the file with its address could not be written. */
  #isUnwritten = false;

  /** Opens nothing yet. Only the process that is the console of its folder may create one. */
  constructor(folder: string, holder: PlaceHolder, served: ServedCommands) {
    this.#folder = folder;
    this.#holder = holder;
    this.#served = served;
  }

  /**
   * Opens the channel if it is not open, or if its file or socket is gone and no terminal is connected. Writes its address to a file
   * that only this account can read. Replaces what an earlier run left. Failure: `console_not_answering`, with the system's error text.
   */
  async keepOpen(): Promise<Result<null>> {
    if (this.#connections.size > 0 || this.#isFound()) return succeed(null);
    try {
      const unwritten = this.#isUnwritten && this.#isThere() ? this.#address : null;
      const address = unwritten ?? (await this.#reopen());
      await this.#writeFile(address);
      return succeed(null);
    } catch (thrown) {
      if (!this.#isUnwritten) await this.close();
      return fail('console_not_answering', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  async #reopen(): Promise<string> {
    await this.close();
    const address = channelAddress(this.#folder);
    this.#address = address;
    await this.#listen(address);
    return address;
  }

  /** Writes the file with its address. If that fails, the channel keeps listening, and the next {@link keepOpen} tries again. */
  async #writeFile(address: string): Promise<void> {
    this.#isUnwritten = true;
    const { pid } = process;
    await writeChannelFile(this.#folder, { version: 1, address, key: this.#key, pid, ...this.#holder });
    this.#isUnwritten = false;
  }

  /** Removes the file, so that a start no longer treats this process as a console that can show its window. Running commands continue. */
  leave(): void {
    removeChannelFile(this.#folder, { key: this.#key });
  }

  /** Takes no more commands and cancels those that run. Resolves when their terminals are informed, or were dropped as too slow. */
  async close(): Promise<void> {
    this.leave();
    const server = this.#server;
    this.#server = null;
    this.#isUnwritten = false;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const connection of this.#connections) connection.cancel();
    const giveUp = setTimeout(() => {
      for (const connection of this.#connections) connection.drop();
    }, endingMs);
    await closed;
    clearTimeout(giveUp);
    if (this.#address !== null) leaveChannelAddress(this.#folder, this.#address);
    this.#address = null;
  }

  #isFound(): boolean {
    return readChannelFile(this.#folder)?.key === this.#key && this.#isThere();
  }

  #isThere(): boolean {
    return this.#address !== null && (process.platform === 'win32' || !isNothingAt(this.#address));
  }

  async #listen(address: string): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    if (process.platform !== 'win32') rmSync(address, { force: true });
    // No other account may connect between the creation of the socket and the `chmod`.
    const mask = process.platform === 'win32' ? null : process.umask(0o177);
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(address, resolve);
        if (mask !== null) process.umask(mask);
      });
    } finally {
      if (mask !== null) process.umask(mask);
    }
    server.on('error', () => {});
    if (process.platform !== 'win32') chmodSync(address, 0o600);
  }

  #accept(socket: Socket): void {
    if (this.#connections.size >= connectionLimit || !this.#server) {
      socket.destroy();
      return;
    }
    const connection = new ChannelConnection(socket, this.#key, this.#served, () => {
      this.#connections.delete(connection);
    });
    this.#connections.add(connection);
  }
}
