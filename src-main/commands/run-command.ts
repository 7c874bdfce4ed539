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
  const output = outputOf(commandLine, terminal);
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

/** Where a command of this name says what goes wrong before it is run, or where it is run. */
export function outputOf([name, ...options]: readonly string[], terminal: Terminal): CommandOutput {
  const saysEvents = isCommandName(name) && name !== 'help' && commandNamed(name).saysEvents === true;
  return new CommandOutput(terminal, options.includes('--json'), saysEvents);
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
    const { command, args, name, run } = read.value;
    const output = new CommandOutput(terminal, args.has('json'), command.saysEvents);
    if (terminal.cancelled.aborted) return output.cancelled();
    try {
      const running = Promise.resolve(run({ services, args, output }, name));
      const end = await (command.endsItself ? running : Promise.race([running, untilCancelled(terminal)]));
      if (end === null) return output.cancelled();
      return typeof end === 'number' ? end : output.fail(end.failure);
    } catch {
      // What was thrown may quote what was read.
      return output.fail(failure('internal_error'));
    }
  };
}

/** What is on its way goes on, and nobody waits for it. */
function untilCancelled({ cancelled }: Terminal): Promise<null> {
  return new Promise((resolve) => cancelled.addEventListener('abort', () => resolve(null), { once: true }));
}
