import { acquireCommand } from './acquire-command.ts';
import { apiCommand } from './api-command.ts';
import type { Command } from './command.ts';
import { diagnoseCommand } from './diagnose-command.ts';
import { handoverCommand } from './handover-command.ts';
import { profilesCommand } from './profiles-command.ts';
import { refreshCommand } from './refresh-command.ts';
import { removeCommand } from './remove-command.ts';
import { statusCommand } from './status-command.ts';
import { tokenCommand } from './token-command.ts';
import { verifyCommand } from './verify-command.ts';

/** Every command, in the order of the help. */
const commandTable = {
  status: statusCommand,
  acquire: acquireCommand,
  refresh: refreshCommand,
  remove: removeCommand,
  token: tokenCommand,
  verify: verifyCommand,
  api: apiCommand,
  profiles: profilesCommand,
  diagnose: diagnoseCommand,
  handover: handoverCommand,
} as const satisfies Record<string, Command>;

/** `help` explains every command, including itself. */
export type CommandName = keyof typeof commandTable | 'help';
export const commandNames = [...Object.keys(commandTable), 'help'] as readonly CommandName[];

export function isCommandName(word: string | undefined): word is CommandName {
  return commandNames.includes(word as CommandName);
}

export function commandNamed(name: Exclude<CommandName, 'help'>): Command {
  return commandTable[name];
}
