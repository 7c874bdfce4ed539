import { open } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline/promises';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { InputSource, Terminal } from '../ports/terminal.ts';
import { columnsLimit, inputLimit } from './command-channel/channel-messages.ts';

export interface ProcessTerminalOptions {
  /** Columns of a terminal that stands behind a launcher; undefined where the program sees its terminal itself. */
  readonly columns: number | undefined;
  /** The end of the input means that the person wants to stop. */
  readonly cancelsByInput: boolean;
}

type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'stdin'>;

const usualColumns = 80;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The terminal that this process was started in. */
export class ProcessTerminal implements Terminal {
  readonly isLive: boolean;
  readonly hasColours: boolean;
  /** Nobody can put anything into its input. */
  readonly #hasNoInput: boolean;
  readonly #columns: number | undefined;
  readonly #streams: Streams;
  readonly #cancel = new AbortController();
  /** How much of the line is to be drawn over. */
  #liveLength = 0;
  /** While a person is asked. */
  #asking: Interface | null = null;

  constructor(streams: Streams, { columns, cancelsByInput }: ProcessTerminalOptions) {
    this.#streams = streams;
    this.#columns = columns;
    this.isLive = (columns !== undefined || isTerminal(streams.stdout)) && process.env['TERM'] !== 'dumb';
    // What stands between here and a terminal of Windows may not know colours.
    this.hasColours = this.isLive && !process.env['NO_COLOR'] && process.platform !== 'win32';
    this.#hasNoInput = cancelsByInput;
    // Whoever read it is gone.
    streams.stdout.on('error', this.cancel);
    streams.stderr.on('error', () => {});
    if (cancelsByInput) this.#cancelWhenInputEnds();
    this.listenToSignals();
  }

  /** A terminal whose size nobody has set says 0. */
  get columns(): number {
    const own = isTerminal(this.#streams.stdout) ? this.#streams.stdout.columns : 0;
    return Math.min(this.#columns ?? (own || usualColumns), columnsLimit);
  }

  get cancelled(): AbortSignal {
    return this.#cancel.signal;
  }

  /** The runtime takes the signals over when it is ready: then this is to be called again. */
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
    const { signal } = this.#cancel;
    const cancelled = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
    const reading = source === 'standard_input' ? this.#readInput() : readFileOf(source.file);
    // A pipe may never have anything in it.
    const bytes = await Promise.race([reading.catch(() => null), cancelled]);
    if (signal.aborted) return fail('command_cancelled');
    return bytes ? succeed(bytes.toString('utf8')) : fail('command_malformed');
  }

  /** Resolves when all that was written is out of this process. */
  async flush(): Promise<void> {
    this.#beginLine();
    const { stdout, stderr } = this.#streams;
    await Promise.all(
      [stdout, stderr].map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))),
    );
  }

  async #readInput(): Promise<Buffer | null> {
    if (this.#hasNoInput) return Buffer.alloc(0);
    const { stdin } = this.#streams;
    if (isTerminal(stdin)) this.writeError(`${terminalWords.verify.inputAwaited}\n`);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = () => stdin.destroy();
    this.cancelled.addEventListener('abort', stop);
    try {
      for await (const chunk of stdin as AsyncIterable<Buffer | string>) {
        chunks.push(Buffer.from(chunk as string));
        bytes += chunk.length;
        if (bytes > inputLimit) return null;
      }
      return Buffer.concat(chunks);
    } finally {
      this.cancelled.removeEventListener('abort', stop);
    }
  }

  #cancelWhenInputEnds(): void {
    const { stdin } = this.#streams;
    stdin.on('end', this.cancel);
    stdin.on('error', this.cancel);
    stdin.resume();
  }

  /** What is written next stands in a line of its own. A question without an answer is not waited for any more. */
  #beginLine(): void {
    if (this.#asking) this.#streams.stdout.write('\n');
    this.#asking?.close();
    this.#asking = null;
    if (this.#liveLength > 0) this.#streams.stdout.write(`\r${' '.repeat(this.#liveLength)}\r`);
    this.#liveLength = 0;
  }
}

/** No more of a file than a command may take in, whatever it is; null where there is more. */
async function readFileOf(path: string): Promise<Buffer | null> {
  const file = await open(path);
  try {
    const room = Buffer.alloc(inputLimit + 1);
    let length = 0;
    // From where it stands, and bit by bit: it may be a pipe.
    for (let read = -1; read !== 0 && length < room.length; length += read)
      read = (await file.read(room, length, room.length - length, null)).bytesRead;
    return length > inputLimit ? null : room.subarray(0, length);
  } finally {
    await file.close();
  }
}

function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
