import type { CheckAdvice } from '../../support/preflight.ts';
import type { Remedy } from '../../failure-codes.ts';
import type { Edition } from '../../servers/server-profile.ts';
import { frameWords } from './frame-words.ts';
import { laptopWords } from './laptop-words.ts';
import { organizationNotNamed, peerRelations } from './peer-words.ts';
import { terminalHelp } from './terminal-help-words.ts';
import { dates } from './time-spans.ts';

const program = 'license-console';

/** A command as a sentence names it. `option` names one of several servers. */
function quoted(command: string, option: string): string {
  const line = `${program} ${command} ${option}`.trim();
  return option.includes('"') ? line : `"${line}"`;
}

/** What to do next. A terminal has no buttons, so these name commands. `option` names one of several servers. */
const nextSteps: Record<Exclude<Remedy, 'try_without_resource'>, ((option: string) => string) | null> = {
  edit_settings: (option) =>
    `Change settings with ${quoted('profiles edit', option.replace('--server=', ''))} or in the console window. Add a server with "${program} profiles add".`,
  open_registers: () =>
    `Run "${program} api" to see the state of the local license API. Choose another port there or in the window.`,
  check_connection: (option) => `To see what is wrong with the connection, run ${quoted('diagnose', option)}.`,
  sign_in_to_proxy: () =>
    'Open the console window with the same account. It asks for the name and password of the proxy, and the keychain keeps them.',
  try_again: () => 'Try again in a moment.',
  copy_for_support: () => `Send support the output of "${program} diagnose".`,
  start_again: (option) => `Start again with ${quoted('acquire', option)}.`,
  get_new_code: (option) => `Get a new User Code with ${quoted('acquire', option)}.`,
  authorize_again: (option) => `A person must authorize this server again with ${quoted('acquire', option)}.`,
  set_clock: () => 'Set the date and the time of this computer, then try again.',
  open_keychain_help: () =>
    'See Help in the console window for what to do about the keychain. Over ssh on Linux, first set DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$UID/bus so that the keyring of this account is found.',
  unlock_keychain: () => 'Unlock it: sign in to this computer, or choose Unlock in the console window.',
  choose_another_device: (option) => `Start again with ${quoted('acquire', option)}, and choose the right device.`,
  free_disk_space: () => 'Free some space on the disk, then try again.',
  acquire: (option) => `Acquire a license with ${quoted('acquire', option)}.`,
  show_page_again: () => 'Show the page again in the console window.',
  remove_here_only: () => `To remove it on this computer only, add --here-only.`,
  none: null,
};

/** `server` is the server's name on the command line; `again` is the command that was refused. */
function withoutResource({ server = 'NAME', again = 'acquire' }: Readonly<Record<string, string>>): string {
  return `Try without the Resource: ${program} profiles edit ${server} --resource= and then ${program} ${again}`;
}

/**
 * What the person typed, shortened for repeating it in a message. Text that is longer than expected may be a token or a secret
 * in the wrong place, and terminals and logs keep what is printed to them.
 */
const echoed = (typed: string, longest = 40): string => (typed.length <= longest ? typed : `${typed.slice(0, 8)}…`);
/** No file name is longer than this in practice, and every token is. */
const longestFile = 100;

/** The texts that only the terminal commands use. Their other texts are those of the window. */
export const terminalWords = {
  program,
  help: terminalHelp,
  version: (version: string): string => `Fusion License Console ${version}`,
  nextStep: (remedy: Remedy, facts: Readonly<Record<string, string>> = {}): string | null =>
    remedy === 'try_without_resource' ? withoutResource(facts) : (nextSteps[remedy]?.(facts['option'] ?? '') ?? null),
  serverLine: (serverName: string, edition: Edition): string => `${serverName} – ${frameWords.editions[edition]}`,
  refreshLabel: 'Refreshing',
  notKept: `No console is running. The license is refreshed only while one runs, or when a scheduler runs "${program} refresh --if-due".`,
  wrong: {
    unknownCommand: (word: string): string => `There is no command "${echoed(word)}"`,
    unknownOption: (option: string, command: string): string => `"${command}" has no option ${echoed(option)}`,
    takesNoValue: (option: string): string => `${option} takes no value`,
    takesValue: (option: string): string => `${option} takes a value, as in ${option}=VALUE`,
    saidTwice: (option: string): string => `${option} is given twice`,
    tooMuch: (rest: string, command: string): string =>
      `"${command}" does not know what to do with "${echoed(rest)}"; put a name of several words in quotes`,
    unknownAction: (word: string, command: string): string => `"${command}" does not know "${echoed(word)}"`,
    tooLong: 'A part of the command line is too long',
    sayWhichServer: 'There are several servers; add --server=NAME',
    severalServers: (name: string): string => `Several servers are called "${name}"; add --server=ID`,
    onlyWith: (option: string, other: string): string => `${option} is only for ${other}`,
    notWith: (option: string, other: string): string => `${option} cannot be used with ${other}`,
  },
  tokenUntil: (at: number): string => `The license token lasts until ${dates.dateTime(at)}.`,
  laptop: {
    askCode: 'Pairing code that the laptop shows: ',
    codeMissing: '--laptop needs the pairing code too; add --pairing=CODE',
    laptopMissing: '--pairing needs the address of the laptop too; add --laptop=HOST',
    /** In place of the name of a server that is about to be set up. */
    newServer: 'a new server',
    connecting: (address: string): string => `Connecting to the laptop at ${address}.`,
    connected: (three: readonly string[]): string =>
      `Connected to the laptop. It shows the same words: ${three.join(' ')}. If they differ, press Ctrl-C.`,
    waitsForYes: laptopWords.ways.unconfirmed,
    back: 'The laptop answers again.',
    triedFirst: 'The console tries the laptop first again.',
  },
  acquire: {
    alreadyLicensed: 'This server is licensed, and there is nothing to do. To license it again anyway, add --again.',
    joined: 'A User Code is already open, in the window or in another terminal. It is this one:',
    link: 'Link',
    message: 'Copy this message for a person who is allowed to sign in:',
    filledIn: 'With the code filled in',
    atTheLaptop: (timeLeft: string): string =>
      `The person at the laptop chooses Authorize there. ${timeLeft}. Press Ctrl-C to cancel.`,
    whatToDo: (timeLeft: string): string =>
      `Open the link on any computer or phone, sign in, choose the device, and enter the User Code there. ${timeLeft}. Press Ctrl-C to cancel.`,
  },
  refresh: {
    notDue: (nextAt: number | undefined): string =>
      nextAt === undefined ? 'No refresh is due yet.' : `No refresh is due before ${dates.dateTime(nextAt)}.`,
  },
  yes: ['yes', 'y'] as readonly string[],
  remove: {
    question: 'Type yes to remove it: ',
  },
  token: {
    label: 'Kind',
    types: {
      Bearer: 'bearer token: anyone who has it can use it',
      DPoP: 'bound to a key of this computer: useless without it',
    },
    howToShow: (option: string): string => `To print the token itself: ${program} token --show ${option}`.trim(),
  },
  verify: {
    accepted: 'Accepted.',
    refused: 'Not accepted.',
    relations: peerRelations,
    warnings: {
      organization_not_named: organizationNotNamed,
      license_expired: 'Its license renewal date has passed, but a setting accepts it anyway.',
    },
    onlyClaims: 'What the token says about itself (unverified, anybody may have written it):',
    name: 'Name',
    deviceType: 'Kind of device',
    proofIncomplete: '--proof-file, --method and --url must be used together',
    inputAwaited:
      'Waiting for the token on the standard input; Ctrl-D ends it. Terminals cut long lines: --token-file=FILE reads it from a file.',
    unreadable: (file: string | undefined): string =>
      file === undefined
        ? 'The standard input cannot be read, or is too long'
        : `${echoed(file, longestFile)} cannot be read, or is too long`,
    nothingThere: (file: string | undefined): string =>
      file === undefined
        ? 'There is no token on the standard input'
        : `There is no token in ${echoed(file, longestFile)}`,
  },
  api: {
    setting: 'Local license API',
    on: 'on',
    off: 'off',
    state: 'Now',
    states: { listening: 'open', off: 'not open', failed: 'could not be opened' },
    socket: 'Address',
    tcp: 'Loopback TCP',
    port: (port: number): string => `port ${port}`,
    nameMissing: (action: string): string =>
      action === 'create-client'
        ? 'Give the name of the client: create-client NAME'
        : 'Give the name of the client, or its ID: revoke-client NAME',
    mayWrong: 'Say what the client may do: --may=read,token,verify, or some of these',
    clientNameWrong: 'The name of a client must have 1 to 60 characters on one line',
    portWrong: '--tcp-port takes a number from 1024 to 65535, or none',
    noClients: 'No program may call the local license API yet.',
    clientName: 'Client',
    clientId: 'ID',
    may: 'May',
    created: 'Created',
    lastUsed: 'Last used',
    never: 'never',
    secret: 'Secret',
    secretOnce:
      'The secret is shown only once. Give it to the program, in the environment variable FUSION_LICENSE_API_SECRET. It works while the console runs and the local license API is on. To check that, run "license-console api".',
    revoked: (name: string): string => `${name} can no longer call the local license API.`,
  },
  profiles: {
    none: 'No server is set up yet.',
    shown: '(in the window)',
    id: 'ID',
    added: (serverName: string, option: string): string =>
      `${serverName} is set up. License it with ${quoted('acquire', option)}.`,
    chosen: (serverName: string): string => `The window now shows ${serverName}.`,
    changed: (serverName: string): string => `The settings of ${serverName} were changed.`,
    renamed: (before: string, now: string): string => `${before} is now called ${now}.`,
    forgetQuestion: (serverName: string): string => `Type yes to forget ${serverName}: `,
    dpop: 'DPoP',
    on: 'on',
    chooseWhich: 'Give the name of the server: choose NAME',
    editWhich: 'Give the name of the server: edit NAME',
    renameWhich: 'Give the name of the server, then the new one: rename NAME NEW-NAME',
    renameHow: 'Give the new name of the server: rename NAME NEW-NAME',
    forgetWhich: 'Give the name of the server: forget NAME',
    nothingToChange: 'Say what to change, as in --server-name=NAME',
  },
  outputLost: 'The output of this command could not be written. Is the disk full?',
  diagnose: {
    working: 'Checking…',
    needsFile: '--save takes the name of a file, as in --save=diagnostics.zip',
    replace: (file: string): string => `${file} already exists. Type yes to replace it: `,
    saved: (file: string, size: string): string => `The diagnostics are in ${file} (${size}):`,
    lookFirst: 'Send this file to your support. It contains no password, license token or code.',
    title: (version: string, runtime: string): string => `Fusion License Console ${version} (${runtime})`,
    marks: { ok: 'ok', attention: 'look', failed: 'FAILED', skipped: '-' },
    /** A command that an administrator types. */
    run: (command: string): string => `Run: ${command}`,
    /** What a check advises. `option` names the server on the command line. */
    advice: {
      start_at_sign_in: () =>
        'Let it start at sign-in under Settings, or let a scheduler run "license-console refresh --if-due".',
      free_disk_space: () => 'Free some space on the disk.',
      renew: () => 'Update the license at the Authorization server, then run "license-console refresh".',
      acquire_again: (option) => `Run ${quoted('acquire', option)}; the old license stays until the new one is stored.`,
      authorize_again: (option) => nextSteps.authorize_again?.(option) ?? '',
      connect: () => 'Connect this server to the internet, then run "license-console refresh".',
    } satisfies Record<CheckAdvice, (option: string) => string>,
  },
  handover: {
    needsFile: '--save takes the name of a file, as in --save=handover.txt',
    saved: (file: string): string =>
      `The handover sheet is in ${file}. It contains no password, license token or code.`,
  },
  /** Why the console ended at start without opening a window. */
  noWindow: {
    command: {
      title: 'A terminal command is running',
      body: 'The window cannot open until the command ends. Wait for it, or stop it with Ctrl-C. Then start the console again.',
    },
    console_without_display: {
      title: 'The console runs without a window',
      body: 'It was asked to quit so that the window can open, but it is still running. Your license is kept. Wait a minute, then start the console again.',
    },
    console_elsewhere: {
      title: 'The console is open on another screen',
      body: 'This account has its window open in another session on this computer. Use it there, or quit it there and start it here again.',
    },
    nobody_answers: {
      title: 'The console is already running, but does not answer',
      body: (process: number | null) =>
        `${process === null ? '' : `It is process ${process}. `}If you do not see its window, sign out of this computer, sign in again, and start the console. Your license is kept.`,
    },
    nobody_can_be_asked: {
      title: 'The console is already running, but its window cannot be opened from here',
      body: 'Your license is kept.',
    },
  },
};
