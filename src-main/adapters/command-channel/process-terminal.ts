import { createInterface, type Interface } from 'node:readline/promises';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { terminalWords } from '../../../src-shared/words/terminal-words.ts';
import { isNothingAt, systemCode } from '../../files/file-trouble.ts';
import type { InputSource, Terminal } from '../../ports/terminal.ts';
import { notWrittenReason, writeExport } from '../desktop/write-export.ts';
import { readFile, readStream } from './bounded-input.ts';
import { columnsLimit, inputLimit } from './channel-messages.ts';

interface ProcessTerminalOptions {
  /** The terminal's width if a launcher is between it and this process. Undefined if this process can ask the terminal itself. */
  readonly columns: number | undefined;
  /** True if the end of standard input cancels the command. */
  readonly cancelsByInput: boolean;
}

type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'stdin'>;

const usualColumns = 80;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal that this process was started in. */
export class ProcessTerminal implements Terminal {
  readonly isLive: boolean;
  readonly hasColours: boolean;
  /** Standard input carries no data: its end only cancels the command. */
  readonly #hasNoInput: boolean;
  readonly #columns: number | undefined;
  readonly #streams: Streams;
  readonly #cancel = new AbortController();
  /** The length of the live line that the next output overwrites. */
  #liveLength = 0;
  #isLost = false;
  /** The open prompt while a question waits for its answer. */
  #asking: Interface | null = null;

  constructor(streams: Streams, { columns, cancelsByInput }: ProcessTerminalOptions) {
    this.#streams = streams;
    this.#columns = columns;
    this.isLive = (columns !== undefined || isTerminal(streams.stdout)) && process.env['TERM'] !== 'dumb';
    // On Windows a program between this process and the terminal may not support colours.
    this.hasColours = this.isLive && !process.env['NO_COLOR'] && process.platform !== 'win32';
    this.#hasNoInput = cancelsByInput;
    streams.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
      // EPIPE: the reader has read enough and closed the pipe. Any other error means that output was lost.
      this.#isLost ||= code !== 'EPIPE';
      this.cancel();
    });
    streams.stderr.on('error', () => {});
    if (cancelsByInput) this.#cancelWhenInputEnds();
    this.listenToSignals();
  }

  /** A terminal without a set size reports 0 columns. */
  get columns(): number {
    const own = isTerminal(this.#streams.stdout) ? this.#streams.stdout.columns : 0;
    return Math.min(this.#columns ?? (own || usualColumns), columnsLimit);
  }

  get cancelled(): AbortSignal {
    return this.#cancel.signal;
  }

  /** Electron replaces the signal handlers when it becomes ready, so this must be called again then. */
  listenToSignals(): void {
    for (const signal of signals) {
      process.off(signal, this.cancel);
      process.on(signal, this.cancel);
    }
  }

  readonly cancel = (): void => this.#cancel.abort();

  write(text: string): void {
    this.#beginLine();
    this.#streams.stdout.write(text);
  }

  writeError(text: string): void {
    this.#beginLine();
    this.#streams.stderr.write(text);
  }

  writeLive(line: string): void {
    if (!this.isLive) return;
    this.#streams.stdout.write(`\r${line.padEnd(this.#liveLength)}`);
    this.#liveLength = line.length;
  }

  async ask(question: string): Promise<Result<string>> {
    const { stdin, stdout } = this.#streams;
    if (!isTerminal(stdin) || !isTerminal(stdout)) return fail('confirmation_missing');
    this.#beginLine();
    const lines = createInterface({ input: stdin, output: stdout });
    this.#asking = lines;
    lines.on('SIGINT', this.cancel);
    try {
      const closed = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
      const typed = await Promise.race([lines.question(question, { signal: this.cancelled }), closed]);
      if (typed !== null) this.#asking = null;
      return typed === null ? fail('command_cancelled') : succeed(typed);
    } catch {
      return fail('command_cancelled');
    } finally {
      this.#beginLine();
      lines.close();
    }
  }

  async read(source: InputSource): Promise<Result<string>> {
    try {
      const isFile = source !== 'standard_input';
      const bytes = await (isFile ? readFile(source.file, inputLimit, this.cancelled) : this.#readInput());
      if (this.cancelled.aborted) return fail('command_cancelled');
      return bytes ? succeed(bytes.toString('utf8')) : fail('command_malformed');
    } catch {
      return fail(this.cancelled.aborted ? 'command_cancelled' : 'command_malformed');
    }
  }

  async isThere(file: string): Promise<Result<boolean>> {
    return this.cancelled.aborted ? fail('command_cancelled') : succeed(!isNothingAt(file));
  }

  async save(file: string, bytes: Uint8Array, replaces: boolean): Promise<Result<null>> {
    if (this.cancelled.aborted) return fail('command_cancelled');
    try {
      await writeExport(file, bytes, replaces);
      return succeed(null);
    } catch (thrown) {
      if (systemCode(thrown) === 'EEXIST') return fail('file_exists', { facts: { file } });
      return fail('export_not_written', { facts: { reason: notWrittenReason(thrown) } });
    }
  }

  /** Resolves when all output has left this process: to false if some of it was lost, for example on a full disk. */
  async flush(): Promise<boolean> {
    this.#beginLine();
    const { stdout, stderr } = this.#streams;
    await Promise.all(
      [stdout, stderr].map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))),
    );
    return !this.#isLost;
  }

  async #readInput(): Promise<Buffer | null> {
    if (this.#hasNoInput) return Buffer.alloc(0);
    const { stdin } = this.#streams;
    if (isTerminal(stdin)) this.writeError(`${terminalWords.verify.inputAwaited}\n`);
    return readStream(stdin, inputLimit, this.cancelled);
  }

  #cancelWhenInputEnds(): void {
    const { stdin } = this.#streams;
    stdin.on('end', this.cancel);
    stdin.on('error', this.cancel);
    stdin.resume();
  }

  /** Makes the next output start on a line of its own: clears the live line and closes an open question. */
  #beginLine(): void {
    if (this.#asking) this.#streams.stdout.write('\n');
    this.#asking?.close();
    this.#asking = null;
    if (this.#liveLength > 0) this.#streams.stdout.write(`\r${' '.repeat(this.#liveLength)}\r`);
    this.#liveLength = 0;
  }
}

function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
