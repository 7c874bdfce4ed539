import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';

/** The flags and options given to a command. */
export interface CommandArguments {
  has(flag: string): boolean;
  value(option: string): string | undefined;
}

/** Everything that a command gets when it runs. */
export interface CommandCall {
  readonly services: CommandServices;
  readonly args: CommandArguments;
  readonly output: CommandOutput;
}

export interface Failed {
  readonly ok: false;
  readonly failure: Failure;
}

/** The exit code, or a failure. A failure is printed and determines the exit code. */
export type CommandEnd = number | Failed;
/** `name` and `newName` are the words after the action, if it takes them. */
export type RunsCommand = (call: CommandCall, name: string, newName: string) => CommandEnd | Promise<CommandEnd>;

/** One action of a command that has several. */
interface CommandAction {
  /** Set if the action needs a name: the error text for a missing name. */
  readonly nameMissing?: string;
  /** Set if the action also needs a new name: the error text for a missing one. */
  readonly newNameMissing?: string;
  /** The flags that only this action accepts. */
  readonly flags?: readonly string[];
  /** The options with a value that the action accepts. Default: those of its command. */
  readonly values?: readonly string[];
  readonly run: RunsCommand;
}

/** A command: its options other than --json and --help, as flags or with values, and what it does. */
export interface Command {
  readonly flags?: readonly string[];
  readonly values?: readonly string[];
  /** The values that may be empty, as in `--resource=`. */
  readonly mayBeEmpty?: readonly string[];
  /** Set if the command waits for a person. */
  readonly takesLong?: true;
  /** Set if the command handles Ctrl-C itself and reports how it ended. Other commands end at once. */
  readonly endsItself?: true;
  /** Set if the command's JSON output is a sequence of events. A failure is then an event too. */
  readonly saysEvents?: true;
  /** What the command does, or its actions by their name on the command line. The first action is the default. */
  readonly does: RunsCommand | Readonly<Record<string, CommandAction>>;
}

export function failed(code: FailureCode): Failed {
  return { ok: false, failure: failure(code) };
}

/** Resolves at Ctrl-C. What the command began continues in the background. */
export function untilCancelled(cancelled: AbortSignal): Promise<Failed> {
  return new Promise((resolve) => {
    const onCancelled = () => resolve(failed('command_cancelled'));
    if (cancelled.aborted) onCancelled();
    cancelled.addEventListener('abort', onCancelled, { once: true });
  });
}

/** The command line is wrong; `detail` says how. */
export function malformed(detail: string): Failed {
  return { ok: false, failure: failure('command_malformed', { detail }) };
}
