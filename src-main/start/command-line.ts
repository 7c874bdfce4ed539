import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ProfileSettings } from '../../src-shared/servers/server-profile.ts';
import { newSettings } from '../commands/profile-options.ts';

/** Starts the console without its window, for example at sign-in or from the operating system's scheduler. */
export const backgroundSwitch = '--background';

/** A person who asks one of these wants words in the terminal, not the window. */
const questions: ReadonlySet<string> = new Set(['--version', '--help', '-h']);

/** Everything after this marker is a terminal command. The launchers insert it. */
export const commandMarker = '--command';

/**
 * The words of a terminal command, such as `status --json`: everything after the marker or, without it, everything from the first
 * argument that is not a switch, since only commands have such arguments. `--help` and `--version` alone are commands too. Null if the
 * window is wanted. If the console is not
 * packaged, the first such argument is the application's folder and does not count.
 */
export function commandWords(argv: readonly string[], isPackaged: boolean): readonly string[] | null {
  const args = argv.slice(1);
  const marker = args.indexOf(commandMarker);
  if (marker !== -1) return args.slice(marker + 1);
  const places = args.flatMap((argument, place) => (argument.startsWith('-') ? [] : [place]));
  const first = places[isPackaged ? 0 : 1];
  if (first !== undefined) return args.slice(first);
  const question = args.find((argument) => questions.has(argument));
  return question === undefined ? null : [question];
}

/** A command sends this when it requests the single-instance lock, so that the process that holds it opens no window. */
export const commandLockData = { command: true };

export function isFromCommand(lockData: unknown): boolean {
  return typeof lockData === 'object' && lockData !== null && 'command' in lockData;
}

/** Does the start that sent this have a display? A console without a display then ends in favour of that start. */
export function hasDisplay(lockData: unknown): boolean {
  return (
    typeof lockData === 'object' && lockData !== null && 'display' in lockData && typeof lockData.display === 'string'
  );
}

/** What a launcher passes on about the terminal that it connects. It passes these options before the marker. People do not type them. */
interface LauncherSays {
  /** The terminal's width in columns. Undefined if the program can ask its terminal itself. */
  readonly columns: number | undefined;
  /** True if the end of standard input cancels the command. */
  readonly cancelsByInput: boolean;
}

export function launcherSays(argv: readonly string[]): LauncherSays {
  const launcherOptions = argv.slice(0, argv.includes(commandMarker) ? argv.indexOf(commandMarker) : 0);
  const columns = Number(option(launcherOptions, 'terminal-columns') ?? 0);
  return {
    columns: Number.isInteger(columns) && columns > 0 ? columns : undefined,
    cancelsByInput: launcherOptions.includes('--cancel-when-input-ends'),
  };
}

export function startsInBackground(argv: readonly string[]): boolean {
  return argv.includes(backgroundSwitch);
}

/**
 * A first server profile from the command line, for installers that set up many computers: `--authorization-server=ADDRESS`
 * with the options of `profiles add`. Null if it is not given. A failure's `detail` is the text for the terminal.
 */
export function presetProfile(argv: readonly string[]): Result<ProfileSettings | null> {
  if (option(argv, 'authorization-server') === undefined) return succeed(null);
  const settings = newSettings((name) => option(argv, name));
  if (settings.ok || settings.failure.detail !== undefined) return settings;
  return fail(settings.failure.code, {
    detail: '--authorization-server takes an address that begins with https:// (http:// only on this computer).',
  });
}

function option(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
}
