import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { shownText } from '../../../src-shared/text/shown-text.ts';
import { isAbsent } from '../../files/file-trouble.ts';
import { isFileThere, readText } from '../../files/read-file.ts';
import type { LoginItem } from '../../ports/login-item.ts';

/** The program and arguments that start the console. */
export interface StartCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export function createLoginItem(command: StartCommand): LoginItem {
  if (process.platform === 'linux') return autostartEntry(autostartFolder(process.env), command);
  return process.platform === 'win32' || process.platform === 'darwin' ? electronLoginItem(command) : unavailable;
}

const unavailable: LoginItem = {
  state: () => 'unavailable',
  startsAnother: () => null,
  set: () => fail('login_item_refused'),
};

/**
 * Windows reads the entry as a command line, and Electron builds it without quotes. Without them, Windows would start whatever
 * is at the first word of a path with a space, and Electron could not tell the entry from other programs' entries.
 */
export function windowsCommand({ program, args }: StartCommand): { readonly path: string; readonly args: string[] } {
  // Windows paths contain no quotes. Backslashes at the end are doubled, since a single one would escape the closing quote.
  const inQuotes = (text: string) => `"${text.replace(/\\+$/, '$&$&')}"`;
  return { path: inQuotes(program), args: args.map((arg) => (/\s/.test(arg) ? inQuotes(arg) : arg)) };
}

function electronLoginItem(command: StartCommand): LoginItem {
  const { program, args } = command;
  const of = process.platform === 'win32' ? windowsCommand(command) : { path: program, args: [...args] };
  const isOn = () => willStart(app.getLoginItemSettings(of));
  return {
    state: () => (isOn() ? 'on' : 'off'),
    // The system was asked about this very program.
    startsAnother: () => null,
    set(on) {
      app.setLoginItemSettings({ ...of, openAtLogin: on });
      return isOn() === on ? succeed(null) : fail('login_item_refused');
    },
  };
}

/** The system's settings can disable an entry without removing it: in the Task Manager of Windows, in the Login Items of macOS. */
export function willStart(settings: {
  readonly openAtLogin: boolean;
  readonly executableWillLaunchAtLogin?: boolean;
  readonly status?: string;
}): boolean {
  const { openAtLogin, executableWillLaunchAtLogin, status } = settings;
  return openAtLogin && executableWillLaunchAtLogin !== false && status !== 'requires-approval';
}

const entryName = 'fusion-license-console.desktop';

/** The XDG base directory for a person's own autostart entries. */
function autostartFolder(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart');
}

/** A desktop entry in the autostart folder (Desktop Application Autostart Specification). */
export function autostartEntry(folder: string, command: StartCommand): LoginItem {
  const path = join(folder, entryName);
  return {
    state: () => entryState(path),
    startsAnother: () => otherProgram(path, command),
    set(on): Result<null> {
      try {
        if (on) {
          mkdirSync(folder, { recursive: true });
          isFileThere(path);
          writeFileSync(path, desktopEntry(command), { mode: 0o644 });
        } else rmSync(path, { force: true });
        return succeed(null);
      } catch {
        return fail('login_item_refused');
      }
    },
  };
}

const longestFile = 64 * 1024;

/** A desktop's settings can disable an entry by a key in its file, and keep the file. */
function entryState(path: string): 'on' | 'off' | 'unavailable' {
  try {
    return /^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(readText(path, longestFile))
      ? 'off'
      : 'on';
  } catch (thrown) {
    return isAbsent(thrown) ? 'off' : 'unavailable';
  }
}

/** The program in the entry, if the entry was not written for this one. */
function otherProgram(path: string, { program, args }: StartCommand): string | null {
  try {
    const started = /^Exec=(.*)$/m.exec(readText(path, longestFile))?.[1]?.trim();
    if (started === undefined || started === execOf({ program, args })) return null;
    return shownText(/^"((?:[^"\\]|\\.)*)"|^(\S+)/.exec(started)?.slice(1).find(Boolean) ?? started, longestProgram);
  } catch {
    return null;
  }
}

const longestProgram = 300;

const execOf = ({ program, args }: StartCommand): string => [program, ...args].map(quoted).join(' ');

function desktopEntry(command: StartCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Fusion License Console',
    'Comment=Keeps this server licensed',
    `Exec=${execOf(command)}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * Quotes an argument for the key `Exec`, first by the rules of that key, then by those of a string value (Desktop Entry
 * Specification), where a raw line end would begin another key.
 */
function quoted(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`)}"`;
}

/**
 * The program to start again. An AppImage runs from a mounted folder that is gone when it ends, and names its own file in the
 * environment. Every program started from an AppImage inherits that, so it counts only if this program runs from that folder.
 */
export function startedProgram(execPath: string, env: NodeJS.ProcessEnv): string {
  const { APPIMAGE: image, APPDIR: mounted } = env;
  return image && mounted && execPath.startsWith(`${mounted.replace(/\/+$/, '')}/`) ? image : execPath;
}
