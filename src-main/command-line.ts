import { fail, type Result, succeed } from '../src-shared/result.ts';
import type { ProfileSettings } from '../src-shared/server-profile.ts';
import { newSettings } from './commands/profile-options.ts';

/** Starts without the window: at sign-in, or by the operating system's own scheduler. */
export const backgroundSwitch = '--background';

/** Everything behind it is a command of the terminal; the launchers put it there. */
const commandMarker = '--command';

/**
 * The words of a command of the terminal, `status --json`: what follows the marker, or begins with the first argument that is
 * no switch, since nothing else is ever said to the console in that way. Null where the window is wanted. While it is not
 * packaged, the runtime is told the folder of the application first.
 */
export function commandWords(argv: readonly string[], isPackaged: boolean): readonly string[] | null {
  const args = argv.slice(1);
  const marker = args.indexOf(commandMarker);
  if (marker !== -1) return args.slice(marker + 1);
  const places = args.flatMap((argument, place) => (argument.startsWith('-') ? [] : [place]));
  const first = places[isPackaged ? 0 : 1];
  return first === undefined ? null : args.slice(first);
}

/** What a command tells the console that it finds in its place: no window is wanted. */
export const toldByCommand = { command: true };

export function isOfCommand(told: unknown): boolean {
  return typeof told === 'object' && told !== null && 'command' in told;
}

/** Does the start that told this have a display? A console without one then gives its place to it. */
export function hasDisplay(told: unknown): boolean {
  return typeof told === 'object' && told !== null && 'display' in told && typeof told.display === 'string';
}

/** What a launcher says of the terminal that it stands between: before the marker, and never by a person. */
export interface LauncherSays {
  /** Columns of a terminal that a person looks at; undefined where the program sees its terminal itself. */
  readonly columns: number | undefined;
  /** The end of the input means that the person wants to stop. */
  readonly cancelsByInput: boolean;
}

export function launcherSays(argv: readonly string[]): LauncherSays {
  const said = argv.slice(0, argv.includes(commandMarker) ? argv.indexOf(commandMarker) : 0);
  const columns = Number(option(said, 'terminal-columns') ?? 0);
  return {
    columns: Number.isInteger(columns) && columns > 0 ? columns : undefined,
    cancelsByInput: said.includes('--cancel-when-input-ends'),
  };
}

export function startsInBackground(argv: readonly string[]): boolean {
  return argv.includes(backgroundSwitch);
}

/**
 * A first server profile from the command line, for installers that set up many computers: `--authorization-server=ADDRESS`
 * with the options of `profiles add`. Null where none is given. Failure: what is wrong, as `detail` for the terminal.
 */
export function presetProfile(argv: readonly string[]): Result<ProfileSettings | null> {
  if (option(argv, 'authorization-server') === undefined) return succeed(null);
  const settings = newSettings((name) => option(argv, name));
  if (settings.ok || settings.failure.detail !== undefined) return settings;
  return fail(settings.failure.code, {
    detail: '--authorization-server takes an address that begins with https:// (http:// on this computer alone).',
  });
}

function option(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
}
