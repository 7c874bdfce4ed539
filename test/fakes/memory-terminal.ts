import type { InputSource, Terminal } from '../../src-main/ports/terminal.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';

/** A terminal that records its output. */
export class MemoryTerminal implements Terminal {
  columns = 80;
  isLive = false;
  hasColours = false;
  out = '';
  err = '';
  readonly live: string[] = [];
  readonly asked: string[] = [];
  readonly sources: InputSource[] = [];
  /** What the person types; null if the terminal is not interactive. */
  typed: string | null = null;
  input: Result<string> = succeed('');
  /** The files where the command was given. */
  readonly files = new Map<string, Uint8Array>();
  /** Why no file can be saved. */
  saveFailure: Result<null> = succeed(null);
  readonly #cancel = new AbortController();

  get cancelled(): AbortSignal {
    return this.#cancel.signal;
  }

  cancel(): void {
    this.#cancel.abort();
  }

  write(text: string): void {
    this.out += text;
  }

  writeError(text: string): void {
    this.err += text;
  }

  writeLive(line: string): void {
    if (this.isLive) this.live.push(line);
  }

  async ask(question: string): Promise<Result<string>> {
    this.asked.push(question);
    return this.typed === null ? fail('confirmation_missing') : succeed(this.typed);
  }

  async read(source: InputSource): Promise<Result<string>> {
    this.sources.push(source);
    return this.input;
  }

  async isThere(file: string): Promise<Result<boolean>> {
    return succeed(this.files.has(file));
  }

  async save(file: string, bytes: Uint8Array, replaces: boolean): Promise<Result<null>> {
    if (!this.saveFailure.ok) return this.saveFailure;
    if (this.files.has(file) && !replaces) return fail('file_exists', { facts: { file } });
    this.files.set(file, bytes);
    return succeed(null);
  }

  get lines(): readonly string[] {
    return `${this.out}${this.err}`.split('\n');
  }
}
