import { commandNamed, type CommandName } from '../../src-main/commands/command-table.ts';

/** The options of a command as written on the command line. Its help names each of them. */
export function optionsOf(name: CommandName): readonly string[] {
  if (name === 'help') return [];
  const { flags = [], values = [] } = commandNamed(name);
  return [...values.map((value) => `--${value}=`), ...['json', ...flags].map((flag) => `--${flag}`)];
}
