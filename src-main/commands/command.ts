import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';

/** What was said to a command. */
export interface CommandArguments {
  has(flag: string): boolean;
  value(option: string): string | undefined;
}

/** What a command works with. */
export interface CommandCall {
  readonly services: CommandServices;
  readonly args: CommandArguments;
  readonly output: CommandOutput;
}

export interface Failed {
  readonly ok: false;
  readonly failure: Failure;
}

/** Its exit code, or what went wrong: that is then said, and gives the exit code. */
export type CommandEnd = number | Failed;
export type RunsCommand = (call: CommandCall, name: string) => CommandEnd | Promise<CommandEnd>;

/** One of several things that a command does. */
export interface CommandAction {
  /** It takes a name; this is said where none is given. */
  readonly nameMissing?: string;
  /** The options with a value that it takes; absent: those of its command. */
  readonly values?: readonly string[];
  readonly run: RunsCommand;
}

/** A command: the options that it takes beside --json and --help, each with or without a value, and what it does. */
export interface Command {
  readonly flags?: readonly string[];
  readonly values?: readonly string[];
  /** Those of them that may be empty, as in `--resource=`. */
  readonly mayBeEmpty?: readonly string[];
  /** Does it wait for a person? */
  readonly takesLong?: true;
  /** It is told of Ctrl-C and says itself how it ends; any other ends at once. */
  readonly endsItself?: true;
  /** For a program it says one thing after the other, what goes wrong too. */
  readonly saysEvents?: true;
  /** The one thing that it does, or several by the word behind it: without a word the first. */
  readonly does: RunsCommand | Readonly<Record<string, CommandAction>>;
}

export function failed(code: FailureCode): Failed {
  return { ok: false, failure: failure(code) };
}

/** The command line is wrong in this way. */
export function malformed(detail: string): Failed {
  return { ok: false, failure: failure('command_malformed', { detail }) };
}
