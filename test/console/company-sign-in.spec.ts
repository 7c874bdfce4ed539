import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConsoleApp } from './console-app.ts';
import { expect, type Page, test } from './console-test.ts';
import { html, LocalServer } from './local-server.ts';
import { windowTitles } from './window-titles.ts';

const right = `Basic ${Buffer.from('mel:canary-Kx7-password').toString('base64')}`;
let asked = 0;

function answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
  const wants = (status = 401) => {
    asked += 1;
    response.writeHead(status, { 'www-authenticate': 'Basic realm="Fusion License Console: your password"' });
    response.end('<h1>Refused</h1>');
  };
  if (url === '/') return html(response, '<h1>Start page</h1>');
  if (url?.startsWith('/locked') && headers.authorization !== right) return wants();
  return html(response, `<h1>Page ${url}</h1>`);
}

let server: LocalServer;
let app: ConsoleApp;
let pane: Page;

const go = (path: string) => pane.evaluate((address) => void (location.href = address), path);
const question = () => app.page.getByRole('dialog', { name: 'A name and a password are needed' });
const signIn = async (name: string, password: string) => {
  await question().getByLabel('Name').fill(name);
  await question().getByLabel('Password').fill(password);
  await question().getByLabel('Password').press('Enter');
};

test.describe('@clerk sign-ins that companies have', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    pane = await app.pane();
  });

  test.beforeEach(async () => {
    await app.call('pane.home');
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  test('Escape shows the own page of the server, and the page is not asked about again until Reload', async () => {
    const before = windowTitles();
    await go('/locked');
    await expect(question()).toContainText(server.origin);
    await expect(question()).toContainText('is not encrypted');
    await expect(question()).not.toContainText('your password');
    await expect(question().getByLabel('Name')).toBeFocused();
    expect(windowTitles().filter((title) => !before.includes(title))).toEqual([]);
    await app.page.keyboard.press('Escape');
    await expect(question()).toBeHidden();
    await expect(pane.getByRole('heading', { name: 'Refused' })).toBeVisible();
    asked = 0;
    await go('/locked/again');
    await expect.poll(() => asked).toBe(1);
    await expect(pane.getByRole('heading', { name: 'Refused' })).toBeVisible();
    await expect(question()).toBeHidden();
    await app.call('pane.reload');
    await expect(question()).toBeVisible();
  });

  test('a question ends with its page', async () => {
    await go('/locked');
    await expect(question()).toBeVisible();
    await app.call('pane.home');
    await expect(question()).toBeHidden();
  });

  test('a wrong password is asked for once more, and never a third time', async () => {
    await go('/locked');
    await signIn('mel', 'wrong');
    await expect(question()).toContainText('did not accept');
    await expect(question().getByLabel('Name')).toHaveValue('');
    await signIn('mel', 'wrong again');
    await expect(pane.getByRole('heading', { name: 'Refused' })).toBeVisible();
    await expect(question()).toBeHidden();
  });

  test('the name and password open the page, the session keeps them, and signing out forgets them', async () => {
    await go('/locked');
    await signIn('mel', 'canary-Kx7-password');
    await expect(pane.getByRole('heading', { name: 'Page /locked' })).toBeVisible();
    await go('/locked/next');
    await expect(pane.getByRole('heading', { name: 'Page /locked/next' })).toBeVisible();
    expect(JSON.stringify(await app.call('console.read'))).not.toContain('canary-Kx7');
    await app.call('pane.sign_out');
    pane = await app.pane();
    await go('/locked');
    await expect(question()).toBeVisible();
  });
});
