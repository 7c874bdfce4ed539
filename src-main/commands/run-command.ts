import { failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { RunCommand, Terminal } from '../ports/terminal.ts';
import {
  type CommandArguments,
  type CommandName,
  isCommandName,
  malformed,
  readCommandLine,
} from './command-arguments.ts';
import { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { helpLines } from './help-lines.ts';
import { acquireCommand } from './acquire-command.ts';
import { apiCommand } from './api-command.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { profilesCommand } from './profiles-command.ts';
import { refreshCommand } from './refresh-command.ts';
import { removeCommand } from './remove-command.ts';
import { tokenCommand } from './token-command.ts';
import { verifyCommand } from './verify-command.ts';
import { statusCommand } from './status-command.ts';

type Command = (services: CommandServices, args: CommandArguments, output: CommandOutput) => Promise<number>;

const commands: Record<Exclude<CommandName, 'help'>, Command> = {
  status: statusCommand,
  acquire: acquireCommand,
  refresh: refreshCommand,
  remove: removeCommand,
  token: tokenCommand,
  verify: verifyCommand,
  api: apiCommand,
  profiles: profilesCommand,
  diagnose: diagnoseCommand,
};

/** What needs no license service: explanations, and what is wrong with a command line. Null: the command is to be run. */
export function answerAlone(commandLine: readonly string[], terminal: Terminal): number | null {
  const read = readCommandLine(commandLine);
  const output = new CommandOutput(terminal, commandLine.includes('--json'));
  if (!read.ok) return output.fail(read.failure);
  const { name, help, given } = read.value;
  if (name !== 'help' && !help) return null;
  const [about] = given;
  if (name === 'help' && about !== undefined && !isCommandName(about)) {
    return output.fail(malformed(terminalWords.wrong.unknownCommand(about)).failure);
  }
  const subject = name === 'help' && isCommandName(about) ? about : name;
  terminal.write(
    helpLines(subject, output.width)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return exitCodes.done;
}

/** Does it wait for a person? */
export function takesLong([name]: readonly string[]): boolean {
  return name === 'acquire';
}

/** The commands over these services. */
export function commandsOver(services: CommandServices): RunCommand {
  return async (commandLine, terminal) => {
    const answered = answerAlone(commandLine, terminal);
    if (answered !== null) return answered;
    const read = readCommandLine(commandLine);
    if (!read.ok || read.value.name === 'help') return exitCodes.failed;
    const output = new CommandOutput(terminal, read.value.has('json'));
    try {
      return await commands[read.value.name](services, read.value, output);
    } catch {
      // What was thrown may quote what was read.
      return output.fail(failure('internal_error'));
    }
  };
}
