import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import '../../fakes/without-electron.ts';
import { autostartEntry } from '../../../src-main/adapters/system-login-item.ts';

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
  it('is written and removed, in a folder that may not be there yet', () => {
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
    ['/opt/Fusion License Console/console', String.raw`Exec="/opt/Fusion License Console/console" "--background"`],
    ['/opt/100%/a"b', String.raw`Exec="/opt/100%%/a\\"b" "--background"`],
    ['/opt/$HOME/`x`', 'Exec="/opt/\\\\$HOME/\\\\`x\\\\`" "--background"'],
  ])('quotes %s by the rules of the specification', (program, line) => {
    const folder = newFolder();
    autostartEntry(folder, { program, args: ['--background'] }).set(true);
    const text = readFileSync(join(folder, 'fusion-license-console.desktop'), 'utf8');
    expect(text.split('\n')).toContain(line);
  });

  it('that cannot be written is a failure with a code', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const item = autostartEntry(join(file, 'autostart'), { program: '/opt/console', args: [] });
    expect(item.set(true)).toMatchObject({ ok: false, failure: { code: 'login_item_refused' } });
  });
});
