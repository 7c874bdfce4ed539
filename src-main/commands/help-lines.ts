import type { CommandHelp } from '../../src-shared/words/english/terminal-help-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { type CommandName, commandNames } from './command-table.ts';
import { rows, wrapped } from './terminal-text.ts';

/** The help text of a command. For `help`, it also lists the commands and the exit codes. */
export function helpLines(name: CommandName, width: number): readonly string[] {
  const help: CommandHelp = terminalWords.help.of[name];
  return [
    ...wrapped(name === 'help' ? terminalWords.help.title : help.summary, width),
    ...section(
      terminalWords.help.usage,
      help.usage.flatMap((line) => wrapped(line, width, '  ')),
    ),
    '',
    ...help.about.flatMap((paragraph) => wrapped(paragraph, width)),
    ...(name === 'help' ? overview(width) : []),
    ...section(terminalWords.help.options, rows(help.options, width)),
    ...section(
      terminalWords.help.examples,
      help.examples.flatMap(([line, meaning]) => [...wrapped(line, width, '  '), ...wrapped(meaning, width, '      ')]),
    ),
  ];
}

function overview(width: number): readonly string[] {
  const summaries = commandNames.map((name) => [name, terminalWords.help.of[name].summary] as const);
  const codes = terminalWords.help.exitCodeMeanings.map(([code, meaning]) => [String(code), meaning] as const);
  return [
    ...section(terminalWords.help.commands, rows(summaries, width)),
    '',
    ...wrapped(terminalWords.help.more, width),
    ...section(terminalWords.help.exitCodes, rows(codes, width)),
  ];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines];
}
