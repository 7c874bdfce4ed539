import type { Result } from '../../src-shared/result.ts';

/** Where something stands that is too long, or too secret, for the command line. */
export type InputSource = 'standard_input' | { readonly file: string };

/** The terminal, or the script, that a command was given in; it may be in another process than the command. */
export interface Terminal {
  /** How wide it is; 80 where nobody knows. */
  readonly columns: number;
  /** A person looks at it: a line may be drawn over. */
  readonly isLive: boolean;
  /** It can show colours, and the person has not asked for none. */
  readonly hasColours: boolean;
  /** The person wants to stop, or is gone. */
  readonly cancelled: AbortSignal;
  write(text: string): void;
  writeError(text: string): void;
  /** Draws over the last live line; what is written next takes its place. Nothing where nobody looks. */
  writeLive(line: string): void;
  /** One line that a person types. Failure: `confirmation_missing` where nobody can be asked, `command_cancelled`. */
  ask(question: string): Promise<Result<string>>;
  /** The whole of it, up to 64 KiB. Failures: `command_malformed` where it cannot be read, `command_cancelled`. */
  read(source: InputSource): Promise<Result<string>>;
}

/** Runs a command of the terminal; resolves to its exit code. */
export type RunCommand = (words: readonly string[], terminal: Terminal) => Promise<number>;
