import type { Socket } from 'node:net';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { InputSource, Terminal } from '../../ports/terminal.ts';
import type { ConsoleMessage, RunMessage, TerminalMessage } from './channel-messages.ts';
import { jsonLine } from './json-lines.ts';

/** Live lines are dropped while this many bytes wait to be sent, for example because the terminal does not read. */
const waitingBytesLimit = 64 * 1024;

/** The terminal of a command that was given in another process. */
export class RemoteTerminal implements Terminal {
  readonly columns: number;
  readonly isLive: boolean;
  readonly hasColours: boolean;
  readonly #socket: Socket;
  readonly #cancel = new AbortController();
  #answer: ((typed: Result<string>) => void) | null = null;

  constructor(socket: Socket, { columns, isLive, hasColours }: RunMessage) {
    this.#socket = socket;
    this.columns = columns;
    this.isLive = isLive;
    this.hasColours = hasColours;
  }

  get cancelled(): AbortSignal {
    return this.#cancel.signal;
  }

  write(text: string): void {
    this.#send({ out: text });
  }

  writeError(text: string): void {
    this.#send({ err: text });
  }

  writeLive(line: string): void {
    if (this.isLive && this.#socket.writableLength < waitingBytesLimit) this.#send({ live: line });
  }

  ask(question: string): Promise<Result<string>> {
    return this.#answerTo({ ask: question });
  }

  read(source: InputSource): Promise<Result<string>> {
    return this.#answerTo({ read: source });
  }

  async isThere(file: string): Promise<Result<boolean>> {
    const answer = await this.#answerTo({ isThere: file });
    return answer.ok ? succeed(answer.value === 'true') : answer;
  }

  async save(file: string, bytes: Uint8Array, replaces: boolean): Promise<Result<null>> {
    const base64 = Buffer.from(bytes).toString('base64');
    const answer = await this.#answerTo({ save: { file, base64, replaces } });
    return answer.ok ? succeed(null) : answer;
  }

  /** Tells the terminal that its command has ended. */
  end(exitCode: number): void {
    this.#socket.end(jsonLine({ exit: exitCode } satisfies ConsoleMessage));
  }

  /** Handles a message from the terminal. */
  receive(message: TerminalMessage): void {
    if ('cancel' in message) this.cancel();
    else if ('typed' in message) this.#answered(succeed(message.typed));
    else {
      const { nothingTyped: code, reason } = message;
      this.#answered(fail(code, reason === undefined ? {} : { facts: { reason } }));
    }
  }

  /** Called when the person cancels or the terminal disconnects. */
  cancel(): void {
    this.#cancel.abort();
    this.#answered(fail('command_cancelled'));
  }

  #answerTo(question: ConsoleMessage): Promise<Result<string>> {
    if (this.cancelled.aborted) return Promise.resolve(fail('command_cancelled'));
    return new Promise((resolve) => {
      this.#answered(fail('command_cancelled'));
      this.#answer = resolve;
      this.#send(question);
    });
  }

  #answered(typed: Result<string>): void {
    this.#answer?.(typed);
    this.#answer = null;
  }

  #send(message: ConsoleMessage): void {
    if (this.#socket.writable) this.#socket.write(jsonLine(message));
  }
}
