import { present } from '../../src-shared/present.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { shownDocument, shownJson } from '../../src-shared/text/shown-text.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Terminal } from '../ports/terminal.ts';
import { exitCodeOf } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { textWidth, wrapped } from './terminal-text.ts';

/** The output of a command: text for a person or JSON for a program, never both on the same stream. */
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

  /** Reports the cancellation and suppresses all later output of the command. Returns the exit code. */
  cancelled(): number {
    const exitCode = this.fail(failure('command_cancelled'));
    this.#isOver = true;
    return exitCode;
  }

  get width(): number {
    return textWidth(this.terminal.columns);
  }

  /** Writes lines that already fit the width. Writes nothing in JSON mode. */
  lines(lines: readonly string[]): void {
    if (!this.isJson && !this.#isOver) this.terminal.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** Writes a wrapped paragraph. Writes nothing in JSON mode. */
  say(text: string, lead = ''): void {
    this.lines(wrapped(text, this.width, lead));
  }

  /** Writes a line that the next one overwrites. A long one is cut, because a terminal cannot redraw a wrapped line. */
  live(text: string): void {
    const line = wrapped(text, this.terminal.columns - 1)[0] ?? '';
    if (!this.isJson && !this.#isOver) this.terminal.writeLive(line.slice(0, this.terminal.columns - 1));
  }

  /** Writes the answer in JSON mode, and nothing otherwise. */
  document(value: unknown): void {
    if (this.isJson && !this.#isOver) this.terminal.write(`${shownJson(shownDocument(value))}\n`);
  }

  /** Writes an event in JSON mode, if the output of this command is a sequence of events. */
  event(value: { readonly event: string } & Readonly<Record<string, unknown>>): void {
    if (this.#saysEvents) this.document(value);
  }

  /** Writes the failure in words to standard error, and in JSON mode also as the answer. Returns the exit code. */
  fail(reason: Failure): number {
    this.failureWords(reason);
    this.document(present({ event: this.#saysEvents ? 'failed' : undefined, failure: failureDocument(reason) }));
    return exitCodeOf(reason);
  }

  /** Writes one sentence to standard error. */
  error(text: string): void {
    if (this.#isOver) return;
    this.terminal.writeError(
      wrapped(text, this.width)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }

  /** Writes the failure in words to standard error. */
  failureWords(failure: Failure): void {
    const { headline, meaning } = words.failureWords(failure);
    const next = terminalWords.nextStep(failure.remedy, failure.facts);
    const paragraphs = [words.sentenceOf(headline), meaning, ...(next ? [next] : [])];
    this.terminal.writeError(
      paragraphs
        .flatMap((text) => wrapped(text, this.width))
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}
