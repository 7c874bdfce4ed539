import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { html, LocalServer } from './local-server.ts';
import { answerSaveDialog, suggestedName } from './save-dialog.ts';

let server: LocalServer;
let app: ConsoleApp;
let pane: Page;
let folder: string;

const toast = () => app.page.locator('.toast');
const startPage = () =>
  app.page.locator('.address-bar').getByRole('button', { name: 'Start page of the Authorization server' });
/** The folders into which the console loads files before a person has chosen a place. */
const loading = () => readdirSync(tmpdir()).filter((name) => name.startsWith('license-console-download-'));
/** Leaves out those of an earlier run that was killed. */
const before = new Set(loading());
const leftovers = () => loading().filter((name) => !before.has(name));

/** Presses the link, or the button, of the page of files. */
async function choose(name: string): Promise<void> {
  await pane.evaluate(() => (location.href = '/files'));
  await pane.waitForURL('**/files');
  await pane.getByText(name, { exact: true }).click({ noWaitAfter: true });
}

async function closeToast(): Promise<void> {
  await app.button('Close this message').click();
  await expect(toast()).toHaveCount(0);
}

test.describe('@contain a file that the page offers', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    folder = mkdtempSync(join(tmpdir(), 'saved-'));
  });

  test.beforeEach(async () => {
    pane = await app.pane();
    await startPage().click();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test.afterEach(() => expect.poll(leftovers).toEqual([]));

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  for (const [way, content] of [
    ['Statement', 'a statement'],
    ['Statement in a new tab', 'a statement'],
    ['Statement by a form', 'a statement'],
    ['Codes', 'recovery codes'],
  ] as const)
    test(`is saved where the person chooses, and the console says so: ${way}`, async () => {
      const file = join(folder, `${way}.pdf`);
      await answerSaveDialog(app, file);
      await choose(way);
      await expect(toast()).toContainText(`Saved as ${way}.pdf in ${folder}.`);
      expect(readFileSync(file, 'utf8')).toBe(content);
      expect(await suggestedName(app)).toMatch(way === 'Codes' ? /codes\.txt$/ : /STATEMENT\.pdf$/);
      await expect(app.button('Show in folder')).toBeVisible();
      await expect(pane.getByText('Statement', { exact: true })).toBeVisible();
      expect((await app.state()).pane.failure).toBeNull();
      await closeToast();
    });

  test('a program and a large file are refused with a message that leads to the browser', async () => {
    await answerSaveDialog(app, join(folder, 'never'));
    for (const [name, said] of [
      ['Program', 'setup.exe was not saved. The console saves documents, tables and pictures only.'],
      ['Film', 'film.pdf was not saved. It is larger than 25 MB.'],
    ] as const) {
      await choose(name);
      await expect(toast()).toContainText(said);
      await expect(toast().getByRole('button', { name: 'Open in browser' })).toBeVisible();
      await closeToast();
    }
    await choose('Film of unknown size');
    await expect(toast()).toContainText('It is larger than 25 MB.');
    await closeToast();
    expect(existsSync(join(folder, 'never'))).toBe(false);
    await expect.poll(() => app.log()).toContain('"code":"download_refused"');
  });

  test('a page that offers files without a click causes no question, and nothing is saved', async () => {
    await app.electron.evaluate(({ dialog }) => {
      const counted = globalThis as unknown as { dialogs: number };
      counted.dialogs = 0;
      dialog.showSaveDialog = async () => ((counted.dialogs += 1), { canceled: true, filePath: '' });
    });
    const dialogs = () => app.electron.evaluate(() => (globalThis as unknown as { dialogs: number }).dialogs);
    const asked = server.requests.filter((url) => url === '/statement').length;
    await pane.evaluate(async () => {
      for (let count = 0; count < 20; count += 1) {
        const link = document.createElement('a');
        link.href = '/statement';
        document.body.append(link);
        link.click();
        await fetch('/');
      }
    });
    await expect.poll(() => app.log()).toContain('not_asked_for');
    expect(server.requests.filter((url) => url === '/statement').length).toBeGreaterThan(asked);
    expect(await dialogs()).toBe(0);
    await expect(toast()).toHaveCount(0);
    // One for each click, even if the page offers many.
    await choose('Statements');
    await expect.poll(dialogs).toBe(1);
    await expect.poll(() => app.log().split('not_asked_for').length).toBeGreaterThan(3);
    expect(await dialogs()).toBe(1);
  });

  test('Cancel saves nothing and says nothing', async () => {
    await answerSaveDialog(app, null);
    await choose('Statement');
    await expect.poll(() => app.log()).toContain('"outcome":"cancelled"');
    await expect(toast()).toHaveCount(0);
  });

  test('a folder that cannot be written is named', async () => {
    await answerSaveDialog(app, join(folder, 'not there', 'x.pdf'));
    await choose('Statement');
    await expect(toast()).toContainText('The folder is no longer there. Choose another folder.');
    await closeToast();
  });

  test('closing the pane or a broken connection stops it with a message, and leaves no part of it', async () => {
    const file = join(folder, 'endless.pdf');
    await answerSaveDialog(app, file);
    await choose('Endless');
    await expect.poll(() => leftovers().length).toBe(1);
    await app.button('Close this pane').click();
    await expect(toast()).toContainText('The download of endless.pdf stopped');
    await closeToast();
    await app.button('Open Authorization server').click();
    pane = await app.pane();
    await choose('Broken');
    await expect(toast()).toContainText('The download of broken.pdf stopped');
    await closeToast();
    expect(existsSync(file)).toBe(false);
  });
});

const large = 26 * 1024 * 1024;

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const send = (name: string, text: string | Buffer, more: Record<string, string> = {}) => {
    // Chromium would wait for more of the file to find out its type.
    response.setHeader('x-content-type-options', 'nosniff');
    const head = { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}"` };
    response.writeHead(200, { ...head, ...more });
    response.write(text);
  };
  switch (pathname) {
    case '/statement':
      send('STATEMENT.pdf', 'a statement', { 'content-type': 'application/pdf' });
      return void response.end();
    case '/program':
      send('setup.exe', 'MZ');
      return void response.end();
    case '/film':
      return send('film.pdf', 'x', { 'content-length': String(large) });
    case '/film-of-unknown-size':
      send('film.pdf', Buffer.alloc(large));
      return void response.end();
    case '/endless':
      return send('endless.pdf', 'x');
    case '/broken':
      send('broken.pdf', 'x', { 'content-length': '100' });
      return void setImmediate(() => request.socket.destroy());
    default:
      return html(
        response,
        `<h1>${pathname === '/' ? 'Start page' : pathname}</h1>${pathname === '/files' ? files : ''}`,
      );
  }
}

const files = `<ul>
  <li><a href="/statement">Statement</a>
  <li><a href="/statement" target="_blank">Statement in a new tab</a>
  <li><form action="/statement" method="post"><button>Statement by a form</button></form>
  <li><a download="codes.txt">Codes</a>
  <li><a href="/program">Program</a>
  <li><a href="/film">Film</a>
  <li><a href="/film-of-unknown-size">Film of unknown size</a>
  <li><a href="/endless">Endless</a>
  <li><a href="/broken">Broken</a>
  <li><button onclick="for (let count = 0; count < 5; count += 1) setTimeout(() => document.querySelector('a').click(), count * 200)">Statements</button>
</ul>
<script>
  document.querySelector('[download]').href = URL.createObjectURL(new Blob(['recovery codes']));
</script>`;
