import { parseArgs } from 'node:util';
import { type Failure, failure, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';

export const commandNames = [
  'status',
  'acquire',
  'refresh',
  'remove',
  'token',
  'verify',
  'api',
  'profiles',
  'diagnose',
  'help',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What may be said to a command: each option's name, and whether it takes a value; the most arguments that it takes. */
interface CommandShape {
  readonly flags: readonly string[];
  readonly values: readonly string[];
  readonly arguments: number;
}

const ofServer = { flags: ['json'], values: ['server'] } as const;
const shapes: Record<CommandName, CommandShape> = {
  status: { ...ofServer, arguments: 0 },
  acquire: { flags: ['json', 'again', 'no-qr'], values: ['server'], arguments: 0 },
  refresh: { flags: ['json', 'if-due'], values: ['server'], arguments: 0 },
  remove: { flags: ['json', 'yes', 'here-only'], values: ['server'], arguments: 0 },
  token: { flags: ['json', 'show'], values: ['server'], arguments: 0 },
  verify: { flags: ['json'], values: ['server', 'token-file', 'proof-file', 'method', 'url'], arguments: 0 },
  api: { flags: ['json'], values: ['server', 'may', 'tcp-port'], arguments: 2 },
  profiles: { flags: ['json'], values: ['authorization-server', 'edition', 'server-name'], arguments: 2 },
  diagnose: { ...ofServer, arguments: 0 },
  help: { flags: [], values: [], arguments: 1 },
};

/** What was said to a command. */
export interface CommandArguments {
  readonly name: CommandName;
  /** The command's explanation is asked for. */
  readonly help: boolean;
  readonly given: readonly string[];
  has(flag: string): boolean;
  value(option: string): string | undefined;
}

/** The options that a command takes, as they are written; its explanation names each of them. */
export function optionsOf(name: CommandName): readonly string[] {
  const { flags, values } = shapes[name];
  return [...values.map((value) => `--${value}=`), ...flags.map((flag) => `--${flag}`)];
}

export function isCommandName(word: string | undefined): word is CommandName {
  return commandNames.includes(word as CommandName);
}

/** The words of a command line. Failure: `command_malformed`, with what is wrong as its detail. */
export function readCommandLine(commandLine: readonly string[]): Result<CommandArguments> {
  const [first, ...rest] = commandLine;
  if (first === undefined || ['--help', '-h'].includes(first)) return succeed(asked('help', [], {}, false));
  if (!isCommandName(first)) return malformed(terminalWords.wrong.unknownCommand(first));
  return readArguments(first, rest);
}

function readArguments(name: CommandName, args: readonly string[]): Result<CommandArguments> {
  const { flags, values, arguments: most } = shapes[name];
  const type = (of: readonly string[], kind: 'boolean' | 'string') => of.map((each) => [each, { type: kind }] as const);
  const options = Object.fromEntries([...type([...flags, 'help'], 'boolean'), ...type(values, 'string')]);
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const said: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const known = token.name === 'h' ? 'help' : token.name;
    const isFlag = flags.includes(known) || known === 'help';
    if (!isFlag && !values.includes(known)) return malformed(terminalWords.wrong.unknownOption(token.rawName, name));
    if (isFlag && token.value !== undefined) return malformed(terminalWords.wrong.takesNoValue(token.rawName));
    if (!isFlag && !token.value) return malformed(terminalWords.wrong.takesValue(token.rawName));
    if (Object.hasOwn(said, known)) return malformed(terminalWords.wrong.saidTwice(token.rawName));
    said[known] = token.value ?? true;
  }
  const help = said['help'] === true;
  if (!help && positionals.length > most)
    return malformed(terminalWords.wrong.tooMuch(positionals.slice(most).join(' '), name));
  return succeed(asked(name, positionals, said, help));
}

function asked(
  name: CommandName,
  given: readonly string[],
  said: Readonly<Record<string, string | true>>,
  help: boolean,
): CommandArguments {
  return {
    name,
    help,
    given,
    has: (flag) => said[flag] === true,
    value: (option) => {
      const value = said[option];
      return typeof value === 'string' ? value : undefined;
    },
  };
}

/** The command line is wrong in this way. */
export function malformed(detail: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: failure('command_malformed', { detail }) };
}
