import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

/** The summary of a license, on paper and as a PDF file. */
test.describe.configure({ mode: 'serial' });

let server: AuthorizationServer;
let app: ConsoleApp;
let folder: string;
const toast = () => app.page.locator('.toast');

test.beforeAll(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  folder = mkdtempSync(join(tmpdir(), 'summary-'));
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

test('@clerk Save as PDF: a file named after the server and the day, a toast that leads to its folder', async () => {
  await app.electron.evaluate(({ shell }) => {
    const kept = globalThis as unknown as { shownInFolder: string[] };
    kept.shownInFolder = [];
    shell.showItemInFolder = (path) => void kept.shownInFolder.push(path);
  });
  const file = join(folder, 'summary.pdf');
  await answerSaveDialog(app, file);
  await app.button('Save as PDF').click();
  await expect(toast()).toContainText(`Saved as summary.pdf in ${folder}.`);
  expect(await suggestedName(app)).toMatch(/License summary Store 014 \d{4}-\d\d-\d\d\.pdf$/);
  const pdf = readFileSync(file, 'latin1');
  expect(pdf).toMatch(/^%PDF-1\.\d[^]*%%EOF\s*$/);
  expect(pdf.match(/\/Type \/Page\b/g), 'pages').toHaveLength(1);
  await app.button('Show in folder').click();
  const shown = () => app.electron.evaluate(() => (globalThis as unknown as { shownInFolder: string[] }).shownInFolder);
  await expect.poll(shown).toEqual([file]);
  rmSync(file);
  await app.button('Show in folder').click();
  await expect(toast()).toContainText('The file is no longer there');
  await app.button('Close this message').click();
});

test('@clerk Save as PDF: no message after Cancel, and a message that names the reason after a failure', async () => {
  await answerSaveDialog(app, null);
  await app.button('Save as PDF').click();
  await expect.poll(() => suggestedName(app)).toBeDefined();
  await expect(app.button('Save as PDF')).not.toHaveAttribute('aria-disabled');
  await expect(toast()).toHaveCount(0);

  await answerSaveDialog(app, join(folder, 'not there', 'summary.pdf'));
  await app.button('Save as PDF').click();
  await expect(toast()).toContainText('The folder is no longer there. Choose another folder.');
  await answerSaveDialog(app, '/dev/full');
  await app.button('Save as PDF').click();
  await expect(toast()).toContainText('The disk is full.');
  await app.button('Close this message').click();
  await expect(toast()).toHaveCount(0);
});

test('a busy button says so, keeps the focus and ignores a second press', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const kept = globalThis as unknown as { prints: ((success: boolean, reason: string) => void)[] };
    kept.prints = [];
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents) contents.print = (_options, done) => void kept.prints.push(done ?? (() => {}));
  });
  const print = app.button('Print');
  await print.click();
  await expect(print).toHaveAttribute('aria-disabled', 'true');
  await expect(print).toBeFocused();
  await expect(app.page.locator('output[aria-live]')).toHaveText('Printing…');
  await print.click({ force: true });
  const answered = await app.electron.evaluate(() => {
    const { prints } = globalThis as unknown as { prints: ((success: boolean, reason: string) => void)[] };
    for (const done of prints) done(false, 'Print job canceled');
    return prints.length;
  });
  expect(answered).toBe(1);
  await expect(print).not.toHaveAttribute('aria-disabled');
  await expect(toast()).toHaveCount(0);
});
