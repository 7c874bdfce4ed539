import type { Remedy } from '../../failure-codes.ts';
import type { ClockStatus } from '../../license-status.ts';
import type { Edition } from '../../server-profile.ts';
import { attentionWords } from './attention-words.ts';
import { frameWords } from './frame-words.ts';
import { terminalHelp } from './terminal-help-words.ts';

const program = 'license-console';

/** What to do next, where there is no button to press. */
const nextSteps: Record<Remedy, string | null> = {
  edit_settings: `Settings are changed in the window of the console. A server that is not there yet is added by "${program} profiles add".`,
  check_connection: `What is wrong with the connection says "${program} diagnose".`,
  try_again: 'Try again in a moment.',
  copy_for_support: `Send support what "${program} diagnose" says.`,
  start_again: `Start again with "${program} acquire".`,
  get_new_code: `A new User Code comes with "${program} acquire".`,
  authorize_again: `A person has to authorize this server again: "${program} acquire".`,
  set_clock: 'Set the date and the time of this computer, then try again.',
  open_keychain_help: 'The window of the console says under Help what to do about the keychain.',
  unlock_keychain: 'Unlock it: sign in to this computer, or choose Unlock in the window of the console.',
  choose_another_device: `Start again with "${program} acquire", and choose a device of this edition.`,
  free_disk_space: 'Free some space on the disk, then try again.',
  acquire: `A license is acquired by "${program} acquire".`,
  remove_here_only: `To let go of it on this computer alone, add --here-only.`,
  none: null,
};

/** What the commands say in a terminal; the rest are the words of the window. */
export const terminalWords = {
  program,
  help: terminalHelp,
  nextStep: (remedy: Remedy): string | null => nextSteps[remedy],
  serverLine: (serverName: string, edition: Edition): string => `${serverName} – ${frameWords.editions[edition]}`,
  refreshLabel: 'Refreshing',
  clockIsWrong: ({ localAt, trustedAt }: Extract<ClockStatus, { state: 'wrong' }>): string =>
    `${attentionWords.clockWrong.headline}. ${attentionWords.clockWrong.meaning(localAt, trustedAt)}`,
  wrong: {
    unknownCommand: (word: string): string => `There is no command "${word}"`,
    unknownOption: (option: string, command: string): string => `"${command}" has no option ${option}`,
    takesNoValue: (option: string): string => `${option} takes no value`,
    takesValue: (option: string): string => `${option} takes a value, as in ${option}=VALUE`,
    saidTwice: (option: string): string => `${option} is there twice`,
    tooMuch: (rest: string, command: string): string => `"${command}" does not know what to do with "${rest}"`,
    severalServers: (name: string): string => `Several servers are called "${name}"; say --server=ID`,
  },
  working: {
    windowTitle: 'A command of the terminal is at work',
    windowBody:
      'The window cannot open beside it. Wait until the command has ended, or end it there with Ctrl-C, then start the console again.',
  },
};
