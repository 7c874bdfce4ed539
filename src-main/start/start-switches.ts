import { failure, type Failure } from '../../src-shared/result.ts';
import { profileOptions } from '../commands/profile-options.ts';

/** What a start depends on apart from its command line. */
export interface StartedBy {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Chromium does not start for this account without `--no-sandbox`. */
  readonly isRoot: boolean;
}

/**
 * The switches that a packaged console takes. Chromium, Electron and Node.js read hundreds of others from the same command line.
 * Some of them undo what the console promises: they accept any certificate, let a debugger read everything, or send the traffic
 * elsewhere. A few act before any script can refuse them: `--js-flags` for V8, and `--log-file` for Chromium's own log. The start then
 * ends before any license is read.
 */
const taken: ReadonlySet<string> = new Set([
  // The console's own.
  'background',
  'command',
  'terminal-columns',
  'cancel-when-input-ends',
  ...profileOptions,
  // Those of its commands, which may be given without the marker: `fusion-license-console status --json`.
  'accept-device',
  'again',
  'no-qr',
  'laptop',
  'message',
  'pairing',
  'unchecked',
  'server',
  'may',
  'tcp-port',
  'if-due',
  'yes',
  'save',
  'installed-by',
  'here-only',
  'show',
  'token-file',
  'proof-file',
  'method',
  'url',
  'json',
  'help',
  'h',
  'version',
  // Another folder for the data.
  'user-data-dir',
  // Where and how the window is drawn.
  'ozone-platform',
  'ozone-platform-hint',
  'disable-gpu',
  'force-device-scale-factor',
  'gtk-version',
  'lang',
  'force-renderer-accessibility',
  // Chromium's own lines on standard error.
  'log-level',
  // The Windows installer adds it when it starts the console after an update.
  'updated',
]);

/** Environment variables that do the same as a refused switch. The fuses of the package switch off `NODE_OPTIONS` and its like. */
const refusedVariables: Readonly<Record<string, (value: string) => boolean>> = {
  // The keys of every TLS connection are written to a file.
  SSLKEYLOGFILE: (value) => value !== '',
  NODE_TLS_REJECT_UNAUTHORIZED: (value) => value === '0',
  // What is sent and received is written to standard error.
  NODE_DEBUG: (value) => value !== '',
  NODE_DEBUG_NATIVE: (value) => value !== '',
  ELECTRON_ENABLE_LOGGING: (value) => value !== '',
};

export interface RefusedStart {
  readonly failure: Failure;
  /** All refused switches, as they were given, and all refused variables. The failure names those of one kind. */
  readonly names: readonly string[];
}

/** Why a packaged console refuses this start: `switch_refused` or `variable_refused`. Undefined if it starts. */
export function refusedStart(argv: readonly string[], by: StartedBy): RefusedStart | undefined {
  const switches = refusedSwitches(argv, by);
  const variables = Object.keys(refusedVariables).filter((name) => refusedVariables[name]?.(by.env[name] ?? ''));
  const names = [...switches, ...variables];
  if (names.length === 0) return undefined;
  const [code, named] =
    switches.length > 0 ? (['switch_refused', switches] as const) : (['variable_refused', variables] as const);
  return { failure: failure(code, { facts: { names: named.join(', ') } }), names };
}

/**
 * Reads the command line as Chromium does. White space around an argument does not count. A switch begins with one dash or two, on
 * Windows also with a slash. After `--` there are no switches.
 */
function refusedSwitches(argv: readonly string[], by: StartedBy): readonly string[] {
  const marks = by.platform === 'win32' ? /^(?:--|-|\/)(?=.)/ : /^--?(?=.)/;
  const args = argv.slice(1);
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end))
    .map((argument) => argument.trim())
    .filter((argument) => marks.test(argument))
    .filter((argument) => !isTaken(argument.replace(marks, '').replace(/=.*$/s, ''), by))
    .map((argument) => argument.replace(/=.*$/s, ''));
}

function isTaken(name: string, { platform, isRoot }: StartedBy): boolean {
  if (name === 'no-sandbox') return isRoot;
  // Older versions of macOS add it when a person opens a program in the Finder.
  return taken.has(name) || (platform === 'darwin' && /^psn_\d+_\d+$/.test(name));
}
