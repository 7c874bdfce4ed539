import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConsoleApp } from './console-app.ts';
import { expect, type Page, test } from './console-test.ts';
import { html, LocalServer } from './local-server.ts';
import { SecretSearch } from './secret-search.ts';
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

/** A proxy of the network that wants a name and a password. Nothing is behind it. */
const given: (string | undefined)[] = [];
const proxy = createServer((request, response) => {
  given.push(request.headers['proxy-authorization']);
  if (request.headers['proxy-authorization'] !== right)
    return void response.writeHead(407, { 'proxy-authenticate': 'Basic realm="Network"' }).end();
  response.writeHead(200, { 'content-type': 'application/json' });
  return void response.end(request.method === 'HEAD' ? undefined : metadata(new URL(request.url ?? '').origin));
}).on('connect', ({ headers }, socket) => {
  given.push(headers['proxy-authorization']);
  const passes = headers['proxy-authorization'] === right;
  socket.end(`HTTP/1.1 ${passes ? '503 Nothing' : '407 No\r\nproxy-authenticate: Basic realm="Network"'}\r\n\r\n`);
});

function metadata(issuer: string): string {
  const names = ['device_authorization_endpoint', 'token_endpoint', 'jwks_uri'];
  return JSON.stringify({ issuer, ...Object.fromEntries(names.map((name) => [name, `${issuer}/${name}`])) });
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

/** Makes it the proxy of the requests and of the pane. */
const useProxy = (place: string) =>
  app.electron.evaluate(async ({ session }, rules) => {
    for (const name of ['authorization-service', 'system-network'])
      await session
        .fromPartition(name, { cache: false })
        .setProxy({ proxyRules: rules, proxyBypassRules: '<-loopback>' });
  }, place);

test.describe('@clerk company sign-ins', () => {
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
    proxy.close();
    proxy.closeAllConnections();
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

  test('after a wrong password the console asks once more, but never a third time', async () => {
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

  test('the proxy of the network gets the name and password of its question, for the requests, the pane and the next start', async () => {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const place = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await useProxy(place);
    const check = () => app.call('profile.check', { issuer: 'http://localhost:7999/' });
    expect(await check()).toMatchObject({ ok: false, failure: { code: 'proxy_sign_in', facts: { proxy: place } } });
    await expect(question()).toContainText(`The proxy ${place}`);
    await app.page.keyboard.press('Escape');
    await expect(question()).toBeHidden();
    await check();
    await expect(question()).toBeHidden();
    await go('https://sign-in.example.com/');
    await app.failure('proxy_sign_in').getByRole('button', { name: 'Enter the proxy’s name and password' }).click();
    await signIn('mel', 'wrong');
    await expect(question()).toContainText('did not accept');
    await signIn('mel', 'canary-Kx7-password');
    await expect(app.failure('proxy_refused')).toBeVisible();
    expect(await check()).toMatchObject({ ok: true });
    expect(given.at(-1)).toBe(right);
    expect(JSON.stringify(await app.call('console.read'))).not.toContain('canary-Kx7');
    const below = (text: string) => new SecretSearch(new Map([['text', text]])).findBelow(app.userData).found;
    expect(below('canary-Kx7-password')).toEqual([]);
    // The search works: it finds the failure in the log.
    expect(below('proxy_sign_in')).not.toEqual([]);
    const { userData } = app;
    await app.close();
    app = await ConsoleApp.launch({ userData });
    given.length = 0;
    await useProxy(place);
    expect(await check()).toMatchObject({ ok: true });
    expect(given).toContain(undefined);
    expect(given.at(-1)).toBe(right);
    await expect(question()).toBeHidden();
    await app.button('Settings').click();
    await app.page.getByRole('button', { name: 'Forget them' }).click();
    await expect(app.page.getByRole('button', { name: 'Forget them' })).toBeHidden();
    expect(await check()).toMatchObject({ ok: false, failure: { code: 'proxy_sign_in' } });
    expect(given.at(-1)).toBeUndefined();
  });
});
