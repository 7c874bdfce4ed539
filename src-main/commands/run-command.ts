import { failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { RunCommand, Terminal } from '../ports/terminal.ts';
import { readCommandLine } from './command-arguments.ts';
import { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { commandNamed, isCommandName } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { helpLines } from './help-lines.ts';

/**
 * Answers help, the version and malformed command lines, which need no license service. Null if the command has to run.
 * `version`: of the console.
 */
export function answerAlone(commandLine: readonly string[], terminal: Terminal, version: () => string): number | null {
  const read = readCommandLine(commandLine);
  const output = outputOf(commandLine, terminal);
  if (!read.ok) return output.fail(read.failure);
  const { explains } = read.value;
  if (explains === null) return null;
  terminal.write(
    (explains === 'version' ? [terminalWords.version(version())] : helpLines(explains, output.width))
      .map((line) => `${line}\n`)
      .join(''),
  );
  return exitCodes.done;
}

/** The output for failures that occur before the command itself runs. */
export function outputOf([name, ...options]: readonly string[], terminal: Terminal): CommandOutput {
  const saysEvents = isCommandName(name) && name !== 'help' && commandNamed(name).saysEvents === true;
  return new CommandOutput(terminal, options.includes('--json'), saysEvents);
}

/** Whether the command waits for a person, who may be at a laptop. */
export function takesLong([name, ...options]: readonly string[]): boolean {
  if (!isCommandName(name) || name === 'help') return false;
  return commandNamed(name).takesLong === true || options.some((option) => /^--laptop(?:=|$)/.test(option));
}

/** Creates the function that runs commands with these services. `onFault` gets what a command throws. */
export function commandsOver(services: CommandServices, onFault: (thrown: unknown) => void): RunCommand {
  return async (commandLine, terminal) => {
    const read = readCommandLine(commandLine);
    if (!read.ok || read.value.explains !== null)
      return answerAlone(commandLine, terminal, () => services.about.version) ?? exitCodes.failed;
    const { command, args, name, newName, run } = read.value;
    const output = new CommandOutput(terminal, args.has('json'), command.saysEvents);
    if (terminal.cancelled.aborted) return output.cancelled();
    try {
      const running = Promise.resolve(run({ services, args, output }, name, newName));
      const end = await (command.endsItself ? running : Promise.race([running, untilCancelled(terminal)]));
      if (end === null) return output.cancelled();
      return typeof end === 'number' ? end : output.fail(end.failure);
    } catch (thrown) {
      onFault(thrown);
      // The exception is not printed, because its text may quote data that was read.
      return output.fail(failure('internal_error'));
    }
  };
}

/** Stops only the wait. Work that has begun continues in the background. */
function untilCancelled({ cancelled }: Terminal): Promise<null> {
  return new Promise((resolve) => cancelled.addEventListener('abort', () => resolve(null), { once: true }));
}
