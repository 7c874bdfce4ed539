import { profileFormWords } from './settings-words.ts';

/** One command as its `--help` explains it. */
export interface CommandHelp {
  readonly summary: string;
  readonly usage: readonly string[];
  readonly about: readonly string[];
  readonly options: readonly (readonly [option: string, meaning: string])[];
  readonly examples: readonly (readonly [commandLine: string, meaning: string])[];
}

const serverOption = [
  '--server=NAME',
  'The server with this name or ID. Default: the one that the window shows.',
] as const;
const laptopOptions = [
  ['--laptop=HOST[:PORT]', 'For one server, through the laptop at this address. The pairing ends with the command.'],
  [
    '--pairing=CODE',
    'The pairing code that the laptop shows. Leave it out, and the command asks for it: every program on this computer can read a command line.',
  ],
] as const;
const jsonOption = ['--json', 'One JSON document instead of text, for programs.'] as const;

export const terminalHelp = {
  title: 'Licenses a Fusion POS server and keeps it licensed.',
  usage: 'Usage',
  options: 'Options',
  examples: 'Examples',
  commands: 'Commands',
  more: 'For details and examples of a command: license-console COMMAND --help',
  exitCodes: 'Exit codes',
  exitCodeMeanings: [
    [0, 'Done.'],
    [1, 'It failed.'],
    [2, 'The command line is wrong; nothing was done.'],
    [3, 'Not licensed.'],
    [
      4,
      'A person must act: the license or its token expires soon or has expired, it must be authorized again, settings were lost, or the keychain or the clock is in the way.',
    ],
    [5, 'Refused by the Authorization server, or a peer is not accepted.'],
    [6, 'The Authorization server cannot be reached, or does not answer now.'],
    [7, 'The license that was issued is for another server, edition or type of device, and was not accepted.'],
    [130, 'Cancelled.'],
  ] as readonly (readonly [number, string])[],
  of: {
    status: {
      summary: 'Is this server licensed, until when, and what comes next?',
      usage: ['license-console status [--server=NAME] [--json]'],
      about: [
        'Shows the state of every server, as far as this computer knows it. It contacts no server and changes nothing, so it works offline and as often as you like.',
      ],
      options: [['--server=NAME', 'Only the server with this name or ID. Default: all servers.'], jsonOption],
      examples: [
        ['license-console status', 'the state of every server'],
        ['license-console status --json', 'the same for a program'],
        ['license-console status || echo "Look at the license"', 'the exit code is 0 only if there is nothing to do'],
      ],
    },
    acquire: {
      summary: 'Acquire a license: shows a User Code and waits.',
      usage: [
        'license-console acquire [--server=NAME] [--accept-device=NAME] [--again] [--message] [--no-qr] [--json]',
        'license-console acquire --laptop=HOST[:PORT] [--pairing=CODE] …',
      ],
      about: [
        'Shows a User Code, a link and a QR code. Somebody opens the link on any computer or phone, signs in, chooses the device, and enters the code there. The command waits for that, and ends when the license is safely in the keychain.',
        'Ctrl-C cancels it; the code then no longer works. If a code is already open in the window, the command uses that one.',
        'If the name of the device differs from the name of the server, or the Server ID or organization from those of the current license, the command asks whether to keep the new license. If nobody can be asked, it ends the new authorization, with exit code 7. It does the same, without asking, if the device is a register or a server of another edition.',
        'With --laptop, a laptop in the same network lends its internet connection, and the person there authorizes this server. Choose Help a server get licensed at the laptop; it shows the address and the pairing code.',
        'The current license stays until the new one is stored. If there is nothing to do, the command does nothing, unless you add --again.',
      ],
      options: [
        serverOption,
        [
          '--accept-device=NAME',
          'Keep a license for the device with this name or Server ID, and rename the server to match the device. A license of another organization is kept only by the Server ID.',
        ],
        ['--again', 'Even if the server is licensed and there is nothing to do.'],
        [
          '--message',
          'Also print a message for head office, if nobody here is allowed to sign in: the code, when it expires, and a request to call back first.',
        ],
        ['--no-qr', 'Without the QR code.'],
        ...laptopOptions,
        ['--json', 'One JSON object per line: the code, then how it ended.'],
      ],
      examples: [
        ['license-console acquire', 'license this server'],
        ['license-console acquire --server="Store 014"', 'another of several servers'],
        ['license-console acquire --message', 'ask head office'],
        [
          'license-console acquire --laptop=192.168.137.1',
          'without internet, through a laptop; asks for the pairing code',
        ],
      ],
    },
    refresh: {
      summary: 'Refresh the license tokens now.',
      usage: ['license-console refresh [--server=NAME] [--if-due] [--laptop=HOST[:PORT] [--pairing=CODE]] [--json]'],
      about: [
        'Fetches fresh license tokens, and with them a new license renewal date if there is one. A running console does that automatically. If no console can run, let the scheduler of the operating system run this every hour with --if-due.',
      ],
      options: [
        ['--server=NAME', 'Only the server with this name or ID. Default: all that are licensed.'],
        ['--if-due', 'Only if a refresh is due. Otherwise it does nothing, and the exit code is 0.'],
        ...laptopOptions,
        jsonOption,
      ],
      examples: [
        ['license-console refresh', 'after the license was renewed at the Authorization server'],
        ['license-console refresh --laptop=192.168.137.1', 'without internet, through a laptop'],
        ['license-console refresh --if-due --json', 'for a scheduler'],
      ],
    },
    remove: {
      summary: 'Remove the license of this server.',
      usage: ['license-console remove [--server=NAME] [--here-only] [--yes] [--json]'],
      about: [
        'Ends the authorization at the Authorization server, so that its license can be used for another device, and deletes the license tokens from this computer. Registers and other servers can then no longer verify this server.',
      ],
      options: [
        ['--server=NAME', 'The server with this name or ID. Needed if there are several.'],
        [
          '--here-only',
          'Do not ask the Authorization server: the authorization stays open there until somebody removes it.',
        ],
        ['--yes', 'Do not ask for confirmation. Required in scripts.'],
        jsonOption,
      ],
      examples: [
        ['license-console remove', 'asks first'],
        ['license-console remove --yes --server="Store 014"', 'in a script'],
      ],
    },
    token: {
      summary: 'Is there a license token, and how long does it last?',
      usage: ['license-console token [--server=NAME] [--show] [--json]'],
      about: [
        'Shows how long the license token lasts. Only --show prints the token itself: anyone who has it can act as this server until it expires. Keep it out of logs.',
      ],
      options: [serverOption, ['--show', 'Prints the token, and nothing else, to the standard output.'], jsonOption],
      examples: [
        ['license-console token', 'how long it lasts'],
        ['license-console token --show | my-tool --token-from-input', 'hand it to a program'],
      ],
    },
    verify: {
      summary: 'Is this token of a register or a server accepted?',
      usage: [
        'license-console verify [--token-file=FILE] [--server=NAME] [--json]',
        'license-console verify … --proof-file=FILE --method=METHOD --url=URL',
      ],
      about: [
        'Checks the license token that a register or another server presents, as this server would. The token is read from the standard input, or from a file: on a command line, every program on this computer could read it.',
        'Exit code 0: accepted. 5: not accepted, with the reason.',
      ],
      options: [
        ['--token-file=FILE', 'Reads the token from this file.'],
        ['--proof-file=FILE', 'For a token that is bound to a key: reads the proof of possession from this file.'],
        ['--method=METHOD', 'The method of the request that the proof came with.'],
        ['--url=URL', 'The address of the request that the proof came with.'],
        serverOption,
        jsonOption,
      ],
      examples: [
        ['license-console verify < register-3.token', 'from the standard input'],
        ['license-console verify --token-file=register-3.token --json', 'for a program'],
      ],
    },
    api: {
      summary: 'The local license API: switch it on or off, choose who may call it.',
      usage: [
        'license-console api [status] [--json]',
        'license-console api on [--tcp-port=PORT] | off',
        'license-console api clients [--server=NAME]',
        'license-console api create-client NAME --may=PERMISSIONS',
        'license-console api revoke-client NAME',
      ],
      about: [
        'Programs on this computer get and check license tokens through the local license API while the console runs. It is off until you switch it on.',
        'If nobody signs in, let the operating system start the console with --background, without its window, when the computer starts. A scheduler that only refreshes does not open the API.',
        'A client may "read" the license and its events, get the license "token", or "verify" peers. Its secret is shown once, when it is created.',
      ],
      options: [
        ['--may=LIST', 'What a new client may do: read, token, verify, separated by commas.'],
        ['--tcp-port=PORT', 'Also on this port of the loopback interface; "none" for only the socket or pipe.'],
        ['--server=NAME', 'Clients of the server with this name or ID. Default: the one that the window shows.'],
        jsonOption,
      ],
      examples: [
        ['license-console api on', 'switch it on'],
        ['license-console api', 'is it open now, and where?'],
        ['license-console api create-client "POS server" --may=read,token,verify', 'the secret is shown once'],
      ],
    },
    profiles: {
      summary: 'The servers that this console knows.',
      usage: [
        'license-console profiles [list] [--json]',
        'license-console profiles add --authorization-server=ADDRESS [SETTINGS] [--unchecked]',
        'license-console profiles edit NAME SETTINGS',
        'license-console profiles rename NAME NEW-NAME',
        'license-console profiles choose NAME',
        'license-console profiles forget NAME [--here-only] [--yes]',
      ],
      about: [
        'Lists the servers, adds one, changes the settings of one, renames or forgets one, or chooses the one that the window shows. Before settings are saved, the console checks that the address is an Authorization server.',
        'To forget a server is to delete everything that this computer stores about it. The command asks you to type yes first. If the server holds a license, remove the license first, or add --here-only: its authorization then stays open at the Authorization server until somebody removes it there.',
        'Servers at the same Authorization server need different names. Capital letters are ignored, and so are spaces, dashes and underscores, except between two digits.',
        'The settings are those of the window. An empty option clears its setting, as in --resource=. While a server is licensed, its Authorization server and Client ID cannot be changed.',
      ],
      options: [
        ['--authorization-server=ADDRESS', profileFormWords.issuerHint],
        ['--edition=EDITION', 'cloud, corporate or store. Default for a new server: store.'],
        [
          '--server-name=NAME',
          'As the Authorization server lists the device. Default for a new server: the name in its license.',
        ],
        ['--client-id=ID', profileFormWords.clientIdHint],
        ['--scope=SCOPE', profileFormWords.scopeHint],
        ['--resource=RESOURCE', profileFormWords.resourceHint],
        ['--audience=AUDIENCE', profileFormWords.audienceHint],
        ['--start-address=ADDRESS', `${profileFormWords.startAddress}. ${profileFormWords.startAddressHint}`],
        ['--sign-in-hosts=HOSTS', `${profileFormWords.signInHosts}. ${profileFormWords.signInHostsHint}`],
        [
          '--integrated-sign-in-hosts=HOSTS',
          `${profileFormWords.integratedSignInHosts}. ${profileFormWords.integratedSignInHostsHint}`,
        ],
        ['--dpop=on|off', `${profileFormWords.dpop}. ${profileFormWords.dpopHint}`],
        [
          '--unchecked',
          'add: without a connection. The address is checked when the console can reach it, for example through a laptop.',
        ],
        [
          '--here-only',
          'forget: even if the server holds a license. Its authorization stays open at the Authorization server.',
        ],
        ['--yes', 'forget: do not ask for confirmation. Needed if nobody can answer.'],
        jsonOption,
      ],
      examples: [
        ['license-console profiles', 'which servers there are'],
        [
          'license-console profiles add --authorization-server=https://auth.example.com --server-name="Store 014"',
          'set up a server',
        ],
        ['license-console profiles rename "Store 014" "Store 016"', 'another name; works offline'],
        ['license-console profiles forget "Store 016"', 'asks first'],
        ['license-console profiles edit "Store 014" --resource=', 'ask for licenses without a Resource'],
        [
          'license-console profiles edit "Store 014" --dpop=on',
          'bind license tokens to a key, from the next authorization on',
        ],
      ],
    },
    diagnose: {
      summary: 'What works here, what does not, and what to do?',
      usage: [
        'license-console diagnose [--server=NAME] [--laptop=HOST[:PORT] [--pairing=CODE]] [--json]',
        'license-console diagnose --save=FILE [--yes] [--json]',
      ],
      about: [
        'Checks the settings, the keychain, the clock, the connection to the Authorization server, the license token, refreshing, and the local license API. It changes nothing, and its output contains nothing secret.',
        'Exit code 0 if everything is in order, or at least works.',
        'With --save it saves the diagnostics, which are everything that support asks for, as one zip of plain texts: these checks, versions, settings, what each license says, the history and the log, without any secret. This works even if the window cannot open. Exit code 0 if they are saved.',
      ],
      options: [
        ['--server=NAME', 'Only the server with this name or ID. Default: all servers.'],
        ...laptopOptions,
        ['--save=FILE', 'Saves the diagnostics to this file. It asks before it replaces a file.'],
        ['--yes', '--save: replace a file without asking. Needed if nobody can answer.'],
        jsonOption,
      ],
      examples: [
        ['license-console diagnose > for-support.txt', 'the checks, as a text'],
        ['license-console diagnose --save=diagnostics.zip', 'everything that support asks for'],
      ],
    },
    handover: {
      summary: 'The handover sheet of a server, to leave at the store.',
      usage: [
        'license-console handover [--server=NAME] [--installed-by=NAME] [--json]',
        'license-console handover --save=FILE [--server=NAME] [--installed-by=NAME] [--yes] [--json]',
      ],
      about: [
        'Prints the handover sheet of the window as text: the server, its license and both dates, how long it can be offline, what the checks found, what to do when this computer breaks down, and the settings for a new one. Its last line can be pasted into the address field of a new console. It contains nothing secret.',
      ],
      options: [
        ['--server=NAME', 'The server with this name or ID. Needed if there are several.'],
        ['--installed-by=NAME', 'Who installed it, for the sheet.'],
        ['--save=FILE', 'Saves the sheet to this file, as text. It asks before it replaces a file.'],
        ['--yes', '--save: replace a file without asking. Needed if nobody can answer.'],
        jsonOption,
      ],
      examples: [
        ['license-console handover --installed-by="Maria Gómez"', 'look at it'],
        ['license-console handover --save=handover.txt', 'a file to print or to send'],
      ],
    },
    help: {
      summary: 'What the commands do.',
      usage: ['license-console COMMAND [OPTIONS]', 'license-console help [COMMAND]', 'license-console --version'],
      about: [
        'The commands use the running console. If none is running, they do the work themselves, without a window and without a display.',
      ],
      options: [],
      examples: [
        [
          'license-console profiles add --authorization-server=https://auth.example.com --server-name="Store 014"',
          'first: which server this is',
        ],
        ['license-console acquire', 'then: license it'],
        ['license-console diagnose', 'and: does everything work?'],
        ['license-console help acquire', 'one command, with examples'],
      ],
    },
  } satisfies Record<string, CommandHelp>,
};
