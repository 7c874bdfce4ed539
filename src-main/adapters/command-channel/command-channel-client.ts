import { connect, type Socket } from 'node:net';
import { present } from '../../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { Terminal } from '../../ports/terminal.ts';
import {
  consoleMessageSchema,
  consoleProofSchema,
  helloSchema,
  lineLimits,
  type RunMessage,
  type TerminalMessage,
} from './channel-messages.ts';
import type { ChannelDocument } from './command-channel-file.ts';
import { channelProof, isSameProof, newChannelSecret } from './channel-proof.ts';
import { JsonLines, jsonLine } from './json-lines.ts';

/** A running console answers at once. A console that hangs is not waited for longer than this. */
const greetingLimitMs = 5_000;

/**
 * Makes a running console run a command, through its channel. `result` is the exit code. Failures: `console_not_answering`,
 * `console_ended` if the console ends during the command, `command_cancelled` before it begins. `begun`: the command may have run.
 * `isBusy`: the console may be able to run it later. `isSilent`: a process listens there and says nothing, as one that hangs.
 */
export function runAtConsole(
  document: ChannelDocument,
  words: readonly string[],
  terminal: Terminal,
): Promise<{
  readonly result: Result<number>;
  readonly begun: boolean;
  readonly isBusy: boolean;
  readonly isSilent: boolean;
}> {
  return new Promise((resolve) => {
    const { columns, isLive, hasColours } = terminal;
    const call = new ConsoleCall(document, { words: [...words], columns, isLive, hasColours }, terminal);
    call.onEnd = (result) => resolve({ result, begun: call.begun, isBusy: call.isBusy, isSilent: call.isSilent });
  });
}

class ConsoleCall {
  begun = false;
  isBusy = false;
  isSilent = false;
  onEnd: (result: Result<number>) => void = () => {};
  readonly #document: ChannelDocument;
  readonly #run: RunMessage;
  readonly #terminal: Terminal;
  readonly #socket: Socket;
  readonly #nonce = newChannelSecret();
  readonly #lines = new JsonLines(lineLimits.console);
  readonly #limit: ReturnType<typeof setTimeout>;
  #consoleNonce: string | null = null;

  constructor(document: ChannelDocument, run: RunMessage, terminal: Terminal) {
    this.#document = document;
    this.#run = run;
    this.#terminal = terminal;
    this.#socket = connect(document.address);
    this.#limit = setTimeout(() => {
      this.isSilent = !this.#socket.connecting && this.#consoleNonce === null;
      this.#end(fail('console_not_answering'));
    }, greetingLimitMs);
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.#end(fail(this.begun ? 'console_ended' : 'console_not_answering')));
    terminal.cancelled.addEventListener('abort', this.#cancel);
    if (terminal.cancelled.aborted) this.#cancel();
  }

  readonly #cancel = (): void => {
    // A command that has begun reports its own end.
    if (this.begun) this.#send({ cancel: true });
    else this.#end(fail('command_cancelled'));
  };

  #receive(chunk: Buffer): void {
    const values = this.#lines.push(chunk);
    for (const value of values ?? []) if (!this.#take(value)) return this.#end(fail('console_not_answering'));
    if (!values) this.#end(fail('console_not_answering'));
  }

  #take(value: unknown): boolean {
    if (this.#consoleNonce === null) return this.#greet(value);
    return this.begun ? this.#obey(value) : this.#begin(value);
  }

  #greet(value: unknown): boolean {
    const hello = helloSchema.safeParse(value);
    if (!hello.success) return false;
    this.#consoleNonce = hello.data.nonce;
    const proof = channelProof(this.#document.key, 'terminal', hello.data.nonce, this.#nonce);
    this.#socket.write(jsonLine({ nonce: this.#nonce, proof }));
    return true;
  }

  /** Sends the command only after the console has proved that it knows the key in the channel file. */
  #begin(value: unknown): boolean {
    const parsed = consoleProofSchema.safeParse(value);
    const expected = channelProof(this.#document.key, 'console', this.#consoleNonce ?? '', this.#nonce);
    if (!parsed.success || !isSameProof(expected, parsed.data.proof)) return false;
    clearTimeout(this.#limit);
    this.begun = true;
    this.#socket.write(jsonLine(this.#run));
    return true;
  }

  #obey(value: unknown): boolean {
    const parsed = consoleMessageSchema.safeParse(value);
    if (!parsed.success) return false;
    const message = parsed.data;
    if ('out' in message) this.#terminal.write(message.out);
    else if ('err' in message) this.#terminal.writeError(message.err);
    else if ('live' in message) this.#terminal.writeLive(message.live);
    else if ('ask' in message) void this.#terminal.ask(message.ask).then((typed) => this.#answer(typed));
    else if ('read' in message) void this.#terminal.read(message.read).then((typed) => this.#answer(typed));
    else if ('isThere' in message)
      void this.#terminal.isThere(message.isThere).then((is) => this.#answer(is.ok ? succeed(String(is.value)) : is));
    else if ('save' in message) {
      const { file, base64, replaces } = message.save;
      void this.#terminal
        .save(file, Buffer.from(base64, 'base64'), replaces)
        .then((saved) => this.#answer(saved.ok ? succeed('') : saved));
    } else if ('busy' in message) {
      this.begun = false;
      this.isBusy = true;
      this.#end(fail('console_not_answering'));
    } else this.#end(succeed(message.exit));
    return true;
  }

  #answer(typed: Result<string>): void {
    if (typed.ok) return this.#send({ typed: typed.value });
    const { code, facts } = typed.failure;
    this.#send(present({ nothingTyped: code, reason: facts?.['reason'] }));
  }

  #send(message: TerminalMessage): void {
    if (this.#socket.writable) this.#socket.write(jsonLine(message));
  }

  #end(result: Result<number>): void {
    clearTimeout(this.#limit);
    this.#terminal.cancelled.removeEventListener('abort', this.#cancel);
    this.#socket.destroy();
    this.onEnd(result);
    this.onEnd = () => {};
  }
}
