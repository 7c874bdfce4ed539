import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';

test('@clerk start at sign-in: switched off outside the console, the switch shows off, and switches it on again', async () => {
  test.skip(process.platform !== 'linux', 'The autostart folder belongs to Linux desktops');
  const config = mkdtempSync(join(tmpdir(), 'license-console-config-'));
  const entry = join(config, 'autostart', 'fusion-license-console.desktop');
  const app = await ConsoleApp.launch({ issuer: 'http://127.0.0.1:9', env: { XDG_CONFIG_HOME: config } });
  const focusAgain = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const other = new BrowserWindow({ width: 200, height: 200 });
      other.once('focus', () => other.destroy());
      other.focus();
    });
  await app.button('Settings').click();
  const start = app.page.getByRole('switch', { name: 'Start when I sign in to this computer' });
  await start.check();
  const written = () => readFileSync(entry, 'utf8');
  await expect.poll(written).toContain('X-GNOME-Autostart-enabled=true');
  await expect(start).toBeChecked();

  for (const switchOff of [
    () => writeFileSync(entry, written().replace('enabled=true', 'enabled=false')),
    () => writeFileSync(entry, `${written()}Hidden=true\n`),
    () => rmSync(entry),
  ]) {
    switchOff();
    await focusAgain();
    await expect(start).not.toBeChecked();
    await start.check();
    await expect.poll(written).toContain('X-GNOME-Autostart-enabled=true');
    expect(written()).not.toContain('Hidden');
    await expect(start).toBeChecked();
  }
  await app.close();
});
