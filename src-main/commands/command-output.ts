import { type Failure, failure } from '../../src-shared/result.ts';
import { shownDocument, shownJson } from '../../src-shared/shown-text.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Terminal } from '../ports/terminal.ts';
import { exitCodeOf } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { textWidth, wrapped } from './terminal-text.ts';

/** What a command says: text for a person, or JSON for a program, and never both on the same stream. */
export class CommandOutput {
  readonly terminal: Terminal;
  readonly isJson: boolean;
  readonly #saysEvents: boolean;
  #isOver = false;

  constructor(terminal: Terminal, isJson: boolean, saysEvents = false) {
    this.terminal = terminal;
    this.isJson = isJson;
    this.#saysEvents = saysEvents;
  }

  /** Nothing more is heard of its command: the person has gone on. Says the exit code. */
  cancelled(): number {
    const exitCode = this.fail(failure('command_cancelled'));
    this.#isOver = true;
    return exitCode;
  }

  get width(): number {
    return textWidth(this.terminal.columns);
  }

  /** Lines that fit already; nothing where a program reads. */
  lines(lines: readonly string[]): void {
    if (!this.isJson && !this.#isOver) this.terminal.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** A paragraph. */
  say(text: string, lead = ''): void {
    this.lines(wrapped(text, this.width, lead));
  }

  /** A line that is drawn over; cut where it is too long, since a terminal cannot draw over two. */
  live(text: string): void {
    const line = wrapped(text, this.terminal.columns - 1)[0] ?? '';
    if (!this.isJson && !this.#isOver) this.terminal.writeLive(line.slice(0, this.terminal.columns - 1));
  }

  /** The answer to a program; nothing where a person reads. */
  document(value: unknown): void {
    if (this.isJson && !this.#isOver) this.terminal.write(`${shownJson(shownDocument(value))}\n`);
  }

  /** What went wrong, in words on the error stream; a program also gets it as its answer. Says the exit code. */
  fail(reason: Failure): number {
    this.failureWords(reason);
    this.document({ ...(this.#saysEvents ? { event: 'failed' } : {}), failure: failureDocument(reason) });
    return exitCodeOf(reason);
  }

  /** One sentence on the error stream. */
  error(text: string): void {
    if (this.#isOver) return;
    this.terminal.writeError(
      wrapped(text, this.width)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }

  /** In words alone, on the error stream. */
  failureWords(failure: Failure): void {
    const { headline, meaning } = words.failureWords(failure);
    const next = terminalWords.nextStep(failure.remedy, failure.facts);
    const paragraphs = [`${headline}.`.replace(/([.!?…])\.$/, '$1'), meaning, ...(next ? [next] : [])];
    this.terminal.writeError(
      paragraphs
        .flatMap((text) => wrapped(text, this.width))
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}
