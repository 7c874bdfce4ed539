import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import '../../../../fakes/without-electron.ts';
import {
  autostartEntry,
  startedProgram,
  willStart,
  windowsCommand,
} from '../../../../../src-main/adapters/desktop/system-login-item.ts';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'license-console-autostart-'));
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the autostart entry', () => {
  it('is written and removed, also in a folder that does not exist yet', () => {
    const folder = join(newFolder(), 'autostart');
    const item = autostartEntry(folder, { program: '/opt/console', args: ['--background'] });
    expect(item.state()).toBe('off');
    expect(item.set(true).ok).toBe(true);
    expect(item.state()).toBe('on');
    expect(readdirSync(folder)).toEqual(['fusion-license-console.desktop']);
    expect(item.set(false).ok).toBe(true);
    expect(item.set(false).ok).toBe(true);
    expect(item.state()).toBe('off');
  });

  it.each([
    ['X-GNOME-Autostart-enabled=true', 'X-GNOME-Autostart-enabled=false'],
    ['Terminal=false', 'Terminal=false\nHidden=true'],
    ['Terminal=false', 'Terminal=false\nhidden = True'],
  ])('is off if the desktop has switched it off in the file (%s: %s)', (written, changed) => {
    const folder = newFolder();
    const item = autostartEntry(folder, { program: '/opt/console', args: [] });
    item.set(true);
    const path = join(folder, 'fusion-license-console.desktop');
    writeFileSync(path, readFileSync(path, 'utf8').replace(written, changed));
    expect(item.state()).toBe('off');
    expect(item.set(true).ok).toBe(true);
    expect(item.state()).toBe('on');
  });

  it('is unavailable if it cannot be read', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'fusion-license-console.desktop'));
    expect(autostartEntry(folder, { program: '/opt/console', args: [] }).state()).toBe('unavailable');
  });

  it.each([
    ['there is none', { openAtLogin: false }, false],
    ['Windows starts it', { openAtLogin: true, executableWillLaunchAtLogin: true }, true],
    ['the task manager has switched it off', { openAtLogin: true, executableWillLaunchAtLogin: false }, false],
    ['macOS starts it', { openAtLogin: true, status: 'enabled' }, true],
    ['macOS waits for the person to allow it', { openAtLogin: true, status: 'requires-approval' }, false],
  ])('is on only if Windows or macOS will start the program: %s', (_what, settings, starts) => {
    expect(willStart(settings)).toBe(starts);
  });

  it.each([
    ['/opt/Fusion License Console/console', String.raw`Exec="/opt/Fusion License Console/console" "--background"`],
    ['/opt/100%/a"b', String.raw`Exec="/opt/100%%/a\\"b" "--background"`],
    ['/opt/$HOME/`x`', 'Exec="/opt/\\\\$HOME/\\\\`x\\\\`" "--background"'],
  ])('quotes %s by the rules of the specification', (program, line) => {
    const folder = newFolder();
    autostartEntry(folder, { program, args: ['--background'] }).set(true);
    const text = readFileSync(join(folder, 'fusion-license-console.desktop'), 'utf8');
    expect(text.split('\n')).toContain(line);
  });

  it('has no extra keys, even if the path of the program contains line breaks', () => {
    const folder = newFolder();
    autostartEntry(folder, { program: '/srv/x\nExec=/srv/evil\r', args: [] }).set(true);
    const lines = readFileSync(join(folder, 'fusion-license-console.desktop'), 'utf8').split(/[\r\n]+/);
    expect(lines.filter((line) => line.startsWith('Exec='))).toEqual([String.raw`Exec="/srv/x\nExec=/srv/evil\r"`]);
  });

  it('names the program that it starts, if that is another one', () => {
    const folder = newFolder();
    const program = '/opt/new console/console';
    const item = autostartEntry(folder, { program, args: ['--background'] });
    expect(item.startsAnother()).toBeNull();
    item.set(true);
    expect(item.startsAnother()).toBeNull();
    autostartEntry(folder, { program: '/opt/old console/console', args: ['--background'] }).set(true);
    expect(item.startsAnother()).toBe('/opt/old console/console');
    writeFileSync(join(folder, 'fusion-license-console.desktop'), 'Exec=/usr/bin/other --background');
    expect(item.startsAnother()).toBe('/usr/bin/other');
  });

  it('causes a failure with a code if it cannot be written', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const item = autostartEntry(join(file, 'autostart'), { program: '/opt/console', args: [] });
    expect(item.set(true)).toMatchObject({ ok: false, failure: { code: 'login_item_refused' } });
  });
});

describe('the autostart entry on Windows', () => {
  it('is quoted, so that Windows cannot start a program at the first word of the path', () => {
    const program = String.raw`D:\POS Tools\Fusion License Console\Fusion License Console.exe`;
    expect(windowsCommand({ program, args: ['--background'] })).toEqual({
      path: `"${program}"`,
      args: ['--background'],
    });
    const { args } = windowsCommand({ program, args: ['D:\\the app\\', '--background'] });
    expect(args).toEqual([String.raw`"D:\the app\\"`, '--background']);
  });
});

describe('the program that starts at sign-in', () => {
  it('is the AppImage that this program runs from', () => {
    const env = { APPIMAGE: '/home/a/Console.AppImage', APPDIR: '/tmp/.mount_Consol1' };
    expect(startedProgram('/tmp/.mount_Consol1/console', env)).toBe('/home/a/Console.AppImage');
  });

  it('is not the AppImage of another program that started this one, such as a terminal', () => {
    const env = { APPIMAGE: '/home/a/Terminal.AppImage', APPDIR: '/tmp/.mount_Termin1' };
    expect(startedProgram('/opt/Fusion License Console/console', env)).toBe('/opt/Fusion License Console/console');
    expect(startedProgram('/opt/console', { APPIMAGE: '/home/a/Terminal.AppImage' })).toBe('/opt/console');
    expect(startedProgram('/tmp/.mount_Termin10/console', env)).toBe('/tmp/.mount_Termin10/console');
  });
});
