import { failure } from '../../src-shared/result.ts';
import type { RunCommand, Terminal } from '../ports/terminal.ts';
import { readCommandLine } from './command-arguments.ts';
import { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { commandNamed, isCommandName } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { helpLines } from './help-lines.ts';

/** What needs no license service: explanations, and what is wrong with a command line. Null: the command is to be run. */
export function answerAlone(commandLine: readonly string[], terminal: Terminal): number | null {
  const read = readCommandLine(commandLine);
  const output = new CommandOutput(terminal, commandLine.includes('--json'));
  if (!read.ok) return output.fail(read.failure);
  const { explains } = read.value;
  if (explains === null) return null;
  terminal.write(
    helpLines(explains, output.width)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return exitCodes.done;
}

/** Does it wait for a person? */
export function takesLong([name]: readonly string[]): boolean {
  return isCommandName(name) && name !== 'help' && commandNamed(name).takesLong === true;
}

/** The commands over these services. */
export function commandsOver(services: CommandServices): RunCommand {
  return async (commandLine, terminal) => {
    const read = readCommandLine(commandLine);
    if (!read.ok || read.value.explains !== null) return answerAlone(commandLine, terminal) ?? exitCodes.failed;
    const { args, name, run } = read.value;
    const output = new CommandOutput(terminal, args.has('json'));
    try {
      const end = await run({ services, args, output }, name);
      return typeof end === 'number' ? end : output.fail(end.failure);
    } catch {
      // What was thrown may quote what was read.
      return output.fail(failure('internal_error'));
    }
  };
}
