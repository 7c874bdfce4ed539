import type { Failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Terminal } from '../ports/terminal.ts';
import { exitCodeOf } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { jsonText, textWidth, wrapped } from './terminal-text.ts';

/** What a command says: text for a person, or JSON for a program, and never both on the same stream. */
export class CommandOutput {
  readonly terminal: Terminal;
  readonly isJson: boolean;

  constructor(terminal: Terminal, isJson: boolean) {
    this.terminal = terminal;
    this.isJson = isJson;
  }

  get width(): number {
    return textWidth(this.terminal.columns);
  }

  /** Lines that fit already; nothing where a program reads. */
  lines(lines: readonly string[]): void {
    if (!this.isJson) this.terminal.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** A paragraph. */
  say(text: string, lead = ''): void {
    this.lines(wrapped(text, this.width, lead));
  }

  /** A line that is drawn over; cut where it is too long, since a terminal cannot draw over two. */
  live(text: string): void {
    const line = wrapped(text, this.terminal.columns - 1)[0] ?? '';
    if (!this.isJson) this.terminal.writeLive(line.slice(0, this.terminal.columns - 1));
  }

  /** The one answer to a program; nothing where a person reads. */
  document(value: unknown): void {
    if (this.isJson) this.terminal.write(`${jsonText(value)}\n`);
  }

  /** What went wrong, in words on the error stream; a program also gets it as its answer. Says the exit code. */
  fail(failure: Failure): number {
    this.failureWords(failure);
    this.document({ failure: failureDocument(failure) });
    return exitCodeOf(failure);
  }

  /** One sentence on the error stream. */
  error(text: string): void {
    this.terminal.writeError(
      wrapped(text, this.width)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }

  /** In words alone, on the error stream. */
  failureWords(failure: Failure): void {
    const { headline, meaning } = words.failureWords(failure);
    const next = terminalWords.nextStep(failure.remedy);
    const paragraphs = [`${headline}.`.replace(/([.!?…])\.$/, '$1'), meaning, ...(next ? [next] : [])];
    this.terminal.writeError(
      paragraphs
        .flatMap((text) => wrapped(text, this.width))
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}
