import type { Remedy } from '../../failure-codes.ts';
import type { ClockTimes } from '../../license-status.ts';
import type { Edition } from '../../server-profile.ts';
import { attentionWords } from './attention-words.ts';
import { frameWords } from './frame-words.ts';
import { terminalHelp } from './terminal-help-words.ts';
import { dates } from './time-spans.ts';

const program = 'license-console';

/** What to do next. A terminal has no buttons, so these name commands. */
const nextSteps: Record<Exclude<Remedy, 'try_without_resource'>, string | null> = {
  edit_settings: `Settings are changed by "${program} profiles edit" or in the window of the console. A server that is not there yet is added by "${program} profiles add".`,
  open_registers: `How the local license API stands says "${program} api"; another port is chosen there or in the window.`,
  check_connection: `What is wrong with the connection says "${program} diagnose".`,
  try_again: 'Try again in a moment.',
  copy_for_support: `Send support what "${program} diagnose" says.`,
  start_again: `Start again with "${program} acquire".`,
  get_new_code: `A new User Code comes with "${program} acquire".`,
  authorize_again: `A person has to authorize this server again: "${program} acquire".`,
  set_clock: 'Set the date and the time of this computer, then try again.',
  open_keychain_help:
    'The window of the console says under Help what to do about the keychain. Over ssh on Linux, first set DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$UID/bus so that the keyring of this account is found.',
  unlock_keychain: 'Unlock it: sign in to this computer, or choose Unlock in the window of the console.',
  choose_another_device: `Start again with "${program} acquire", and choose a device of this edition.`,
  free_disk_space: 'Free some space on the disk, then try again.',
  acquire: `A license is acquired by "${program} acquire".`,
  show_page_again: 'Show the page again in the window of the console.',
  remove_here_only: `To let go of it on this computer alone, add --here-only.`,
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
  nextStep: (remedy: Remedy, facts: Readonly<Record<string, string>> = {}): string | null =>
    remedy === 'try_without_resource' ? withoutResource(facts) : nextSteps[remedy],
  serverLine: (serverName: string, edition: Edition): string => `${serverName} – ${frameWords.editions[edition]}`,
  refreshLabel: 'Refreshing',
  notKept: `No console runs now. The license is refreshed only while one runs, or when a scheduler runs "${program} refresh --if-due".`,
  clockIsWrong: ({ localAt, trustedAt }: ClockTimes): string =>
    `${attentionWords.clockWrong.headline}. ${attentionWords.clockWrong.meaning(localAt, trustedAt)}`,
  clockIsInDoubt: ({ localAt, trustedAt }: ClockTimes): string =>
    `${attentionWords.clockInDoubt.headline}. ${attentionWords.clockInDoubt.meaning(localAt, trustedAt)}`,
  wrong: {
    unknownCommand: (word: string): string => `There is no command "${echoed(word)}"`,
    unknownOption: (option: string, command: string): string => `"${command}" has no option ${echoed(option)}`,
    takesNoValue: (option: string): string => `${option} takes no value`,
    takesValue: (option: string): string => `${option} takes a value, as in ${option}=VALUE`,
    saidTwice: (option: string): string => `${option} is there twice`,
    tooMuch: (rest: string, command: string): string =>
      `"${command}" does not know what to do with "${echoed(rest)}"; a name of several words stands in quotes`,
    unknownAction: (word: string, command: string): string => `"${command}" does not know "${echoed(word)}"`,
    tooLong: 'A part of the command line is too long',
    sayWhichServer: 'There are several servers; say --server=NAME',
    severalServers: (name: string): string => `Several servers are called "${name}"; say --server=ID`,
  },
  tokenUntil: (at: number): string => `The license token lasts until ${dates.dateTime(at)}.`,
  acquire: {
    alreadyLicensed:
      'This server is licensed, and there is nothing to do. To license it again all the same, add --again.',
    joined: 'A User Code is open already, in the window or in another terminal. It is this one:',
    link: 'Link',
    filledIn: 'With the code filled in',
    whatToDo: (timeLeft: string): string =>
      `Open the link on any computer or phone, sign in, choose the device, and enter the User Code there. ${timeLeft}. Ctrl-C ends this.`,
  },
  refresh: {
    notDue: (nextAt: number | undefined): string =>
      nextAt === undefined
        ? 'It is not time to refresh yet.'
        : `It is not time to refresh before ${dates.dateTime(nextAt)}.`,
  },
  remove: {
    question: 'Type yes to remove it: ',
    yes: ['yes', 'y'] as readonly string[],
  },
  token: {
    label: 'Kind',
    types: {
      Bearer: 'bearer token: anyone who has it can use it',
      DPoP: 'bound to a key of this computer: of no use without it',
    },
    howToShow: 'The token itself is written by: license-console token --show',
  },
  verify: {
    accepted: 'Accepted.',
    refused: 'Not accepted.',
    relations: { our_peer: 'This server is its hub.', our_hub: "It is this server's hub." },
    warnings: {
      organization_not_named: 'Neither license names an organization: its hub server alone was compared.',
      license_expired: 'Its license renewal date has passed; a setting lets it in all the same.',
    },
    onlyClaims: 'What the token says of itself, which anybody may have written:',
    name: 'Name',
    deviceType: 'Kind of device',
    proofIncomplete: '--proof-file, --method and --url belong together',
    inputAwaited:
      'The token is waited for at the standard input; Ctrl-D ends it. Terminals cut long lines: --token-file=FILE reads it from a file.',
    unreadable: (file: string | undefined): string =>
      file === undefined
        ? 'The standard input cannot be read, or is too long'
        : `${echoed(file, longestFile)} cannot be read, or is too long`,
    nothingThere: (file: string | undefined): string =>
      file === undefined
        ? 'There is no token in the standard input'
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
    notWithoutConsole:
      'It is open while the console runs; no console runs now. Refreshing by a scheduler does not open it: start the console, on a computer without a display by "fusion-license-console --background --ozone-platform=headless".',
    nameMissing: (action: string): string =>
      action === 'create-client'
        ? 'Say the name of the client: create-client NAME'
        : 'Say which client: revoke-client NAME, or its ID',
    mayWrong: 'Say what the client may do: --may=read,token,verify, or some of these',
    clientNameWrong: 'The name of a client has 1 to 60 characters in one line',
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
      'The secret is shown this one time. Give it to the program, in the environment variable FUSION_LICENSE_API_SECRET. It is of use while the console runs and the local license API is on: "license-console api" says whether.',
    revoked: (name: string): string => `${name} can no longer call the local license API.`,
  },
  profiles: {
    none: 'No server is set up yet.',
    shown: '(in the window)',
    id: 'ID',
    usualName: 'This server',
    added: (serverName: string): string => `${serverName} is set up. License it with "license-console acquire".`,
    chosen: (serverName: string): string => `${serverName} is now the one that the window shows.`,
    changed: (serverName: string): string => `The settings of ${serverName} are changed.`,
    dpop: 'DPoP',
    on: 'on',
    chooseWhich: 'Say which server: choose NAME',
    editWhich: 'Say which server: edit NAME',
    nothingToChange: 'Say what to change, as in --server-name=NAME',
    optionTakes: (option: string, choices: readonly string[]): string =>
      `--${option} takes one of ${choices.join(', ')}`,
    optionWrong: (option: string, trouble: string): string => `--${option}: ${trouble.replace(/\.$/, '')}`,
  },
  outputLost: 'What this command says could not be written. Is the disk full?',
  diagnose: {
    working: 'Looking…',
    title: (version: string, runtime: string): string => `Fusion License Console ${version} (${runtime})`,
    marks: { ok: 'ok', attention: 'look', failed: 'FAILED' },
    labels: {
      settings: 'Settings',
      clock: 'Clock',
      background: 'Background',
      api: 'Local API',
      keychain: 'Keychain',
      connection: 'Connection',
      license: 'License',
      refreshing: 'Refreshing',
    },
    servers: (count: number): string => (count === 1 ? 'One server is set up.' : `${count} servers are set up.`),
    clockRight: 'It agrees with the latest trusted time.',
    running: 'The console is running.',
    notRunning: 'The console is not running.',
    startsAtLogin: 'It starts when this account signs in.',
    startsNotAtLogin: 'It does not start by itself when this account signs in.',
    endsWithWindow: 'It ends when its window is closed.',
    scheduler: 'Let it start at sign-in under Settings, or let a scheduler run "license-console refresh --if-due".',
    apiOff: 'Off.',
    apiListens: (address: string): string => `On, and open at ${address}`,
    keychainHolds: 'It takes values, and holds the license tokens.',
    keychainWorks: 'It takes values.',
    connected: (issuer: string): string => `The Authorization server answers: ${issuer}`,
    nothingToRefresh: 'Nothing to refresh.',
    renew: 'Update the license at the Authorization server, then run "license-console refresh".',
    reacquire: 'Run "license-console acquire"; the old license stays until the new one is stored.',
    connect: 'Connect this server to the internet, then run "license-console refresh".',
  },
  /** Why the console ended at start without opening a window. */
  noWindow: {
    command: {
      title: 'A command of the terminal is at work',
      body: 'The window cannot open beside it. Wait until the command has ended, or end it there with Ctrl-C, then start the console again.',
    },
    console_without_display: {
      title: 'The console runs without a window',
      body: 'It was asked to end, so that the window can open, but it is still at work. Your license is kept. Wait a minute, then start the console again.',
    },
    console_elsewhere: {
      title: 'The console is open on another screen',
      body: 'This account has its window open in another session of this computer. Use it there, or quit it there and start it here again.',
    },
    nobody_answers: {
      title: 'The console is already running, but does not answer',
      body: 'If you do not see its window, sign out of this computer, sign in again, and start the console. Your license is kept.',
    },
    nobody_can_be_asked: {
      title: 'The console is already running, but cannot be asked for its window',
      body: 'Your license is kept.',
    },
  },
};
