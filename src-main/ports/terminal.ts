import type { Result } from '../../src-shared/result.ts';

/** The source of input that is too long, or too secret, for the command line. */
export type InputSource = 'standard_input' | { readonly file: string };

/** The terminal, or the script, that a command was given in; it may be in another process than the command. */
export interface Terminal {
  /** The width in columns; 80 if it is not known. */
  readonly columns: number;
  /** A person is watching, so a line may be drawn over. */
  readonly isLive: boolean;
  /** It can show colours, and the person has not asked for none. */
  readonly hasColours: boolean;
  /** Aborted when the person cancels or the terminal is gone. */
  readonly cancelled: AbortSignal;
  write(text: string): void;
  writeError(text: string): void;
  /** Draws over the last live line. The next output replaces it. Does nothing unless {@link Terminal.isLive}. */
  writeLive(line: string): void;
  /** Asks for one typed line. Failures: `confirmation_missing` if nobody can be asked, `command_cancelled`. */
  ask(question: string): Promise<Result<string>>;
  /** Reads the whole source, up to 64 KiB. Failures: `command_malformed` if it is longer or unreadable, `command_cancelled`. */
  read(source: InputSource): Promise<Result<string>>;
  /** Does something exist at this path, where the command was given? Failure: `command_cancelled`. */
  isThere(file: string): Promise<Result<boolean>>;
  /**
   * Writes a file where the command was given. `replaces`: an existing file is overwritten. Failures: `file_exists`,
   * `export_not_written` with the fact `reason`, `command_cancelled`.
   */
  save(file: string, bytes: Uint8Array, replaces: boolean): Promise<Result<null>>;
}

/** Runs a command of the terminal; resolves to its exit code. */
export type RunCommand = (words: readonly string[], terminal: Terminal) => Promise<number>;

/** The commands that a process runs for other processes. */
export interface ServedCommands {
  readonly run: RunCommand;
  /** Can the command run in this process now? If not, the terminal asks again later. */
  mayRun(words: readonly string[]): boolean;
}
