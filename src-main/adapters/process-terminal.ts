import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
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
  readonly #columns: number | undefined;
  readonly #streams: Streams;
  readonly #cancel = new AbortController();
  /** How much of the line is to be drawn over. */
  #liveLength = 0;

  constructor(streams: Streams, { columns, cancelsByInput }: ProcessTerminalOptions) {
    this.#streams = streams;
    this.#columns = columns;
    this.isLive = (columns !== undefined || isTerminal(streams.stdout)) && process.env['TERM'] !== 'dumb';
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
    this.#endLive();
    this.#streams.stdout.write(text);
  }

  writeError(text: string): void {
    this.#endLive();
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
    this.#endLive();
    const lines = createInterface({ input: stdin, output: stdout });
    lines.on('SIGINT', this.cancel);
    try {
      const closed = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
      const typed = await Promise.race([lines.question(question, { signal: this.cancelled }), closed]);
      return typed === null ? fail('command_cancelled') : succeed(typed);
    } catch {
      return fail('command_cancelled');
    } finally {
      lines.close();
    }
  }

  async read(source: InputSource): Promise<Result<string>> {
    try {
      const bytes = await (source === 'standard_input' ? this.#readInput() : readFileOf(source.file));
      if (this.cancelled.aborted) return fail('command_cancelled');
      return bytes ? succeed(bytes.toString('utf8')) : fail('command_malformed', { facts: { input: 'too_long' } });
    } catch (thrown) {
      if (this.cancelled.aborted) return fail('command_cancelled');
      return fail('command_malformed', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  /** Resolves when all that was written is out of this process. */
  async flush(): Promise<void> {
    this.#endLive();
    const { stdout, stderr } = this.#streams;
    await Promise.all(
      [stdout, stderr].map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))),
    );
  }

  async #readInput(): Promise<Buffer | null> {
    const { stdin } = this.#streams;
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

  #endLive(): void {
    if (this.#liveLength > 0) this.#streams.stdout.write(`\r${' '.repeat(this.#liveLength)}\r`);
    this.#liveLength = 0;
  }
}

/** No more of a file than a command may take in, whatever it is. */
async function readFileOf(path: string): Promise<Buffer | null> {
  const file = await open(path);
  try {
    const room = Buffer.alloc(inputLimit + 1);
    const { bytesRead } = await file.read(room, 0, room.length, 0);
    return bytesRead > inputLimit ? null : room.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isTerminal(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true;
}
