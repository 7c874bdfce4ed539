import { parseArgs } from 'node:util';
import { type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { type Command, type CommandArguments, type Failed, malformed, type RunsCommand } from './command.ts';
import { type CommandName, commandNamed, isCommandName } from './command-table.ts';

/** A parsed command line: a request for help or for the version, or a command with its arguments. */
type CommandLine =
  | { readonly explains: CommandName | 'version' }
  | {
      readonly explains: null;
      readonly command: Command;
      readonly args: CommandArguments;
      readonly name: string;
      readonly newName: string;
      readonly run: RunsCommand;
    };

/** No option needs more, and the command channel of a running console does not accept much more. */
const longestWord = 16 * 1024;

type Options = Readonly<Record<string, string | true>>;

/** Parses a command line. Failure: `command_malformed`, with the error as its detail. */
export function readCommandLine([first, ...rest]: readonly string[]): Result<CommandLine> {
  if ([first ?? '', ...rest].some(({ length }) => length > longestWord)) return malformed(terminalWords.wrong.tooLong);
  if (first === undefined || isHelp(first)) return succeed({ explains: 'help' });
  if ((first === '--version' || first === '-v') && rest.length === 0) return succeed({ explains: 'version' });
  if (!isCommandName(first)) return malformed(terminalWords.wrong.unknownCommand(first));
  return first === 'help' ? readHelp(rest) : readCommand(first, commandNamed(first), rest);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function readHelp(words: readonly string[]): Result<CommandLine> {
  const read = readOptions('help', {}, words);
  if (!read.ok) return read;
  const [about = 'help', ...more] = read.value.given;
  if (more.length > 0 && read.value.said['help'] !== true)
    return malformed(terminalWords.wrong.tooMuch(more.join(' '), 'help'));
  return isCommandName(about) ? succeed({ explains: about }) : malformed(terminalWords.wrong.unknownCommand(about));
}

function readCommand(
  name: Exclude<CommandName, 'help'>,
  command: Command,
  words: readonly string[],
): Result<CommandLine> {
  const read = readOptions(name, command, words);
  if (!read.ok) return read;
  const { said, given } = read.value;
  if (said['help'] === true) return succeed({ explains: name });
  const action = readAction(name, command, given, Object.keys(said));
  if ('ok' in action) return action;
  const value = (option: string) => (typeof said[option] === 'string' ? said[option] : undefined);
  const args = { has: (flag: string) => said[flag] === true, value };
  return succeed({ explains: null, command, args, ...action });
}

function readAction(
  command: string,
  { does, values = [] }: Command,
  given: readonly string[],
  said: readonly string[],
): Failed | { readonly name: string; readonly newName: string; readonly run: RunsCommand } {
  const { wrong } = terminalWords;
  if (typeof does === 'function') {
    const { length } = given;
    return length > 0 ? malformed(wrong.tooMuch(given.join(' '), command)) : { name: '', newName: '', run: does };
  }
  const [word = Object.keys(does)[0] ?? '', ...names] = given;
  const action = Object.hasOwn(does, word) ? does[word] : undefined;
  if (!action) return malformed(wrong.unknownAction(word, command));
  const missing = [action.nameMissing, action.newNameMissing].filter((text) => text !== undefined);
  if (names.length > missing.length) return malformed(wrong.tooMuch(names.slice(missing.length).join(' '), command));
  const otherFlags = Object.values(does).flatMap(({ flags: own = [] }) => own);
  const isOther = (option: string) =>
    (values.includes(option) && action.values?.includes(option) === false) ||
    (otherFlags.includes(option) && action.flags?.includes(option) !== true);
  const other = said.find(isOther);
  if (other !== undefined) return malformed(wrong.unknownOption(`--${other}`, `${command} ${word}`));
  const lacking = missing.find((_text, place) => !names[place]);
  if (lacking !== undefined) return malformed(lacking);
  const [name = '', newName = ''] = names;
  return { name, newName, run: action.run };
}

function readOptions(
  name: CommandName,
  { flags = [], values = [], mayBeEmpty = [] }: Pick<Command, 'flags' | 'values' | 'mayBeEmpty'>,
  words: readonly string[],
): Result<{ readonly said: Options; readonly given: readonly string[] }> {
  const known = new Map<string, 'boolean' | 'string'>([
    ...[...flags, 'help', ...(name === 'help' ? [] : ['json'])].map((flag) => [flag, 'boolean'] as const),
    ...values.map((value) => [value, 'string'] as const),
  ]);
  const options = Object.fromEntries([...known].map(([option, type]) => [option, { type }]));
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const { wrong } = terminalWords;
  const said: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = token.name === 'h' ? 'help' : token.name;
    const type = known.get(option);
    if (!type) return malformed(wrong.unknownOption(token.rawName, name));
    if (type === 'boolean' && token.value !== undefined) return malformed(wrong.takesNoValue(token.rawName));
    const isEmpty = token.value === undefined || (token.value === '' && !mayBeEmpty.includes(option));
    if (type === 'string' && isEmpty) return malformed(wrong.takesValue(token.rawName));
    if (Object.hasOwn(said, option)) return malformed(wrong.saidTwice(token.rawName));
    said[option] = token.value ?? true;
  }
  return succeed({ said, given: positionals });
}
