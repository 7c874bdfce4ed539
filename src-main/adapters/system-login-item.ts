import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { LoginItem } from '../ports/login-item.ts';

/** What starts the console anew: program and arguments. */
export interface StartCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export function createLoginItem(command: StartCommand): LoginItem {
  if (process.platform === 'linux') return autostartEntry(autostartFolder(process.env), command);
  return process.platform === 'win32' || process.platform === 'darwin' ? electronLoginItem(command) : unavailable;
}

const unavailable: LoginItem = { state: () => 'unavailable', set: () => fail('login_item_refused') };

function electronLoginItem({ program, args }: StartCommand): LoginItem {
  const of = { path: program, args: [...args] };
  const isOn = () => app.getLoginItemSettings(of).openAtLogin;
  return {
    state: () => (isOn() ? 'on' : 'off'),
    set(on) {
      app.setLoginItemSettings({ ...of, openAtLogin: on });
      return isOn() === on ? succeed(null) : fail('login_item_refused');
    },
  };
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
    state: () => (existsSync(path) ? 'on' : 'off'),
    set(on): Result<null> {
      try {
        if (on) {
          mkdirSync(folder, { recursive: true });
          writeFileSync(path, desktopEntry(command), { mode: 0o644 });
        } else rmSync(path, { force: true });
        return succeed(null);
      } catch {
        return fail('login_item_refused');
      }
    },
  };
}

function desktopEntry({ program, args }: StartCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Fusion License Console',
    'Comment=Keeps this server licensed',
    `Exec=${[program, ...args].map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Quoted for the key `Exec`: its own rules, and then those of a string value (Desktop Entry Specification). */
function quoted(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  return `"${escaped.replaceAll('\\', '\\\\')}"`;
}
