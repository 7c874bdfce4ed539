import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { IssuedSecrets } from './issued-secrets.ts';
import { Keyboard } from './keyboard.ts';
import { readQr } from './read-qr.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';
import { SecretSearch } from './secret-search.ts';
import { runCommand } from './terminal.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

/** The sheet that an installer leaves at the store, from Licensed to the files. */
test.describe.configure({ mode: 'serial' });

let server: AuthorizationServer;
let app: ConsoleApp;
let secrets: IssuedSecrets;
let folder: string;
const sheet = () => app.page.locator('.sheet');
const toast = () => app.page.locator('.toast');

test.beforeAll(async () => {
  secrets = new IssuedSecrets();
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  folder = mkdtempSync(join(tmpdir(), 'handover-'));
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
});

test.afterAll(async () => {
  await app.close();
  await server.close();
  secrets.stop();
});

/** Saves a file by its button, and returns its path. */
async function saved(button: string, name: string): Promise<string> {
  const file = join(folder, name);
  await answerSaveDialog(app, file);
  await app.button(button).click();
  await expect(toast()).toContainText(`Saved as ${name} in ${folder}.`);
  return file;
}

const pagesOf = (file: string) => readFileSync(file, 'latin1').match(/\/Type \/Page\b/g);

/** The computer's country determines the paper size. */
async function inCountry(country: string): Promise<void> {
  await app.electron.evaluate(({ app: electronApp }, code) => {
    electronApp.getLocaleCountryCode = () => code;
  }, country);
}

test('@kit Handover sheet: offered at Licensed, checks the computer automatically, and names the installer', async () => {
  const offered = app.page.locator('.status-actions').getByRole('button', { name: 'Handover sheet' });
  await expect(offered).toBeVisible();
  await offered.click();
  await expect(app.page.getByRole('heading', { name: 'Handover sheet', exact: true })).toBeFocused();
  await expect(sheet()).toContainText(/Server\s*Store 014/);
  await expect(sheet()).toContainText(/Server ID\s*store-014-8f0c2d17/);
  await expect(sheet()).toContainText(/This server can be offline until \w+, \d+ \w+ \d+, \d\d:\d\d\./);
  await expect(sheet()).toContainText(/(Nothing is wrong|\d+ of \d+ needs? attention)\. Checked \d/, {
    timeout: 60_000,
  });
  await expect(sheet()).toContainText('If this computer breaks down');
  await app.page.getByLabel('Installed by').fill('Maria Gómez');
  await app.page.keyboard.press('Tab');
  await expect(sheet()).toContainText('Installed by Maria Gómez.');
  await expect.poll(async () => (await app.call('handover.read')).value).toEqual({ installedBy: 'Maria Gómez' });
  await expectNoViolations(app, 'the handover sheet');
  await expectReachableWhenZoomed(app, 'the handover sheet');
});

test('@kit Handover sheet: one page of A4 and of Letter, even with a long name', async () => {
  const { profile } = await app.state();
  const long = 'Corporate server of the northern region, in the basement of the house beside the old market hall 2';
  for (const serverName of [profile?.serverName, long]) {
    expect(await app.call('profile.rename', { id: profile?.id, serverName })).toMatchObject({ ok: true });
    await expect(sheet().getByRole('heading', { level: 2 })).toContainText(serverName ?? '');
    for (const [country, paper] of [
      ['DE', 'a4'],
      ['US', 'letter'],
    ] as const) {
      await inCountry(country);
      const file = await saved('Save as PDF', `sheet-${paper}-${serverName === long ? 'long' : 'usual'}.pdf`);
      expect(pagesOf(file), file).toHaveLength(1);
      expect(readFileSync(file, 'latin1')).toMatch(
        paper === 'a4' ? /MediaBox \[0 0 59[45][\d.]* 84[12]/ : /MediaBox \[0 0 612 792/,
      );
    }
    expect(await suggestedName(app)).toMatch(/Handover sheet .*\d{4}-\d\d-\d\d\.pdf$/);
  }
  expect(await app.call('profile.rename', { id: profile?.id, serverName: 'Store 014' })).toMatchObject({ ok: true });
});

test('@kit Handover sheet: a decoder reads the settings and nothing else from its QR code', async () => {
  const read = await readQr(app, sheet().getByRole('img', { name: 'QR code of the settings' }));
  const { profile } = await app.state();
  expect(JSON.parse(read ?? '')).toEqual({
    fusion_license_settings: 1,
    issuer: server.issuer,
    client_id: profile?.clientId,
    scope: profile?.scope,
    server_name: 'Store 014',
    edition: 'store',
    ...(profile?.resource ? { resource: profile.resource } : {}),
    ...(profile?.audience ? { audience: profile.audience } : {}),
  });
});

test('@kit Handover sheet: a parser reads the calendar file, and no file, code or text holds a secret', async () => {
  const file = await saved('Save calendar file', 'days.ics');
  expect(await suggestedName(app)).toMatch(/License days Store 014\.ics$/);
  const text = readFileSync(file, 'utf8');
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  expect(events[0]?.summary).toBe('Connect the POS server Store 014 to the internet');
  const { license } = await app.state();
  const date = license?.details.renewalDate?.date;
  expect(events.map(({ startDate }) => startDate.toString()).slice(1)).toEqual(date === undefined ? [] : [date]);

  const shown = (await sheet().textContent()) ?? '';
  const read = (await readQr(app, sheet().getByRole('img'))) ?? '';
  expect([...secrets.all.keys()].map((name) => name.split(' ')[0])).toEqual(
    expect.arrayContaining(['access_token', 'refresh_token', 'device_code']),
  );
  const search = new SecretSearch(secrets.all);
  for (const each of [text, shown, read]) expect(search.findIn(Buffer.from(each))).toEqual([]);
  expect(search.findBelow(folder).found).toEqual([]);
});

test('@kit Handover sheet: explains why a file was not saved', async () => {
  for (const button of ['Save as PDF', 'Save calendar file']) {
    await answerSaveDialog(app, '/dev/full');
    await app.button(button).click();
    await expect(toast()).toContainText('The disk is full.');
    await app.button('Close this message').click();
  }
});

test('@kit Handover sheet: opened from the menu and by keyboard alone; the name of the installer is kept', async () => {
  const { userData } = app;
  await app.close();
  app = await ConsoleApp.launch({ userData });
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('handover')?.click());
  await expect(app.page.getByLabel('Installed by')).toHaveValue('Maria Gómez');
  await app.page.getByRole('navigation', { name: 'Console' }).getByRole('button', { name: 'License' }).click();
  const keyboard = new Keyboard(app);
  await keyboard.tabTo('Handover sheet');
  await keyboard.press('Enter');
  await expect(app.page.getByRole('heading', { name: 'Handover sheet', exact: true })).toBeFocused();
  await answerSaveDialog(app, join(folder, 'by-keyboard.ics'));
  await keyboard.tabTo('Save calendar file');
  await keyboard.press('Enter');
  await expect(toast()).toContainText('Saved as by-keyboard.ics');
});

test('@kit Handover sheet: a name that is just being typed is kept when the window closes', async () => {
  await app.page.getByLabel('Installed by').fill('Noor van Dijk');
  // The page may be gone before the call returns.
  await app.page.evaluate(() => window.close()).catch(() => {});
  await expect.poll(() => app.windowCount()).toBe(0);
  await app.startAgain();
  await app.windowOpened();
  expect((await app.call('handover.read')).value).toEqual({ installedBy: 'Noor van Dijk' });
  expect(JSON.parse(readFileSync(join(app.userData, 'settings.json'), 'utf8'))).toMatchObject({
    installedBy: 'Noor van Dijk',
  });
});

test('@kit Handover sheet: saved from a terminal, its last line fills the form of a new console', async () => {
  const file = join(folder, 'sheet.txt');
  const save = ['handover', `--save=${file}`, '--installed-by=Maria Gómez'];
  expect(await runCommand(app.userData, save)).toMatchObject({ exitCode: 0, err: '' });
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^Handover sheet for Store 014\nAs of .+ Installed by Maria Gómez\.\n/);
  expect(text).toContain('This server can be offline until');
  const script = { input: '' };
  expect(await runCommand(app.userData, save, script)).toMatchObject({ exitCode: 2, out: '' });
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(await runCommand(app.userData, [...save, '--yes'], script)).toMatchObject({ exitCode: 0 });

  const other = await ConsoleApp.launch();
  const address = other.page.getByLabel("Authorization server's address");
  await address.fill(text.trimEnd().split('\n').at(-1) ?? '');
  await expect(address).toHaveValue(server.issuer);
  await expect(other.page.getByLabel('Server name')).toHaveValue('Store 014');
  await other.close();
});
