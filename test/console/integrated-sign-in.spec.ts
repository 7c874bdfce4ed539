import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConsoleApp } from './console-app.ts';
import { expect, type Page, test } from './console-test.ts';
import { html, LocalServer } from './local-server.ts';

/** The requests that the server got, with their proof of the person. */
const got: string[] = [];

function answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
  if (url === '/') return html(response, '<h1>Start page</h1>');
  if (url === '/.well-known/openid-configuration') {
    const issuer = `http://${headers.host ?? ''}`;
    const names = ['device_authorization_endpoint', 'token_endpoint', 'jwks_uri'];
    const endpoints = Object.fromEntries(names.map((name) => [name, `${issuer}/${name}`]));
    response.writeHead(200, { 'content-type': 'application/json' });
    return void response.end(JSON.stringify({ issuer, ...endpoints }));
  }
  got.push(`${url} ${headers.authorization?.split(' ')[0] ?? 'nothing'}`);
  if (url === '/after') return html(response, '<h1>After</h1>');
  const offers = url?.startsWith('/ntlm') ? 'NTLM' : 'Negotiate';
  response.writeHead(401, { 'content-type': 'text/html', 'www-authenticate': offers });
  return void response.end(url?.endsWith('empty') ? undefined : '<h1>Not signed in</h1><p>Own page of the server</p>');
}

let server: LocalServer;
let app: ConsoleApp;
let pane: Page;

const failure = () => app.failure('integrated_sign_in');
const region = () => app.page.getByRole('region', { name: 'Authorization server' });
const go = (address: string) => pane.evaluate((to) => void (location.href = to), address);
/** The hosts that the setting names. */
const allow = async (hosts?: string) => {
  const { integratedSignInHosts: _, ...settings } = (await app.state()).profile ?? {};
  const changed = hosts === undefined ? settings : { ...settings, integratedSignInHosts: hosts };
  expect(await app.call('profile.save', changed)).toMatchObject({ ok: true });
  pane = await app.pane();
  await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  got.length = 0;
};

test.describe('@clerk the integrated sign-in', () => {
  test.beforeAll(async () => {
    server = await LocalServer.start(answer);
    app = await ConsoleApp.launch({ issuer: server.origin });
    pane = await app.pane();
    // The checks before Next ask this server for its keys, which is not what these tests count.
    await app.checksEnded();
  });

  test.afterAll(async () => {
    await app.close();
    await server.close();
  });

  test('a host that no setting names gets no proof, and the pane explains why', async () => {
    // Also before the first pane, and in every session.
    const first = await app.electron.evaluate(({ app: main }) =>
      main.commandLine.getSwitchValue('auth-server-allowlist'),
    );
    expect(first).toBe('none.invalid');
    await allow('other.example, *.corp.example');
    await go('/start');
    await expect(failure()).toContainText('only to hosts named in Settings');
    await expect(region().getByRole('button', { name: 'Open in browser' }).last()).toBeVisible();
    // Asked once. Chromium did not even try to get a ticket.
    expect(got).toEqual(['/start nothing']);
    await region().getByRole('button', { name: 'Show the page anyway' }).click();
    await expect(failure()).toBeHidden();
    await expect(pane.getByRole('heading', { name: 'Not signed in' })).toBeVisible();
    await go('/after');
    await expect(pane.getByRole('heading', { name: 'After' })).toBeVisible();
    await go('/empty');
    await expect(failure()).toBeVisible();
    await expect(region().getByRole('button', { name: 'Show the page anyway' })).toBeHidden();
    expect(got).toEqual(['/start nothing', '/after nothing', '/empty nothing']);
  });

  test('Chromium tries to get a ticket for a host in the setting, and the pane explains a failure', async () => {
    test.skip(process.platform !== 'linux', 'elsewhere the system may have a ticket for every server');
    await allow('127.0.0.1');
    await go('/start');
    await expect(failure()).toContainText('this computer could not prove it');
    // The second request comes after Chromium's search for a ticket.
    expect(got).toEqual(['/start nothing', '/start nothing']);
    // The list belongs to the open pane, so it becomes empty with the setting.
    await allow();
    await go('/start');
    await expect(failure()).toContainText('only to hosts named in Settings');
    expect(got).toEqual(['/start nothing']);
  });

  test('no other session of the console uses it', async () => {
    await allow('127.0.0.1');
    expect(await app.call('profile.check', { issuer: `${server.origin}/tenant` })).toMatchObject({ ok: false });
    expect(got.length).toBeGreaterThan(0);
    expect(new Set(got.map((line) => line.split(' ')[1]))).toEqual(new Set(['nothing']));
    expect(new Set(got).size).toBe(got.length);
  });

  test('NTLM asks for a name and a password, and the pane explains why there is no page without them', async () => {
    await allow();
    await go('/ntlm');
    await expect(app.page.getByRole('dialog', { name: 'A name and a password are needed' })).toBeVisible();
    await app.page.keyboard.press('Escape');
    await expect(failure()).toBeVisible();
    expect(got).toEqual(['/ntlm nothing']);
  });

  test('the settings accept only host names', async () => {
    await app.button('Settings').click();
    await app.page.getByText('Advanced', { exact: true }).click();
    const field = app.page.getByLabel('Hosts that may use the sign-in of this computer');
    for (const wrong of ['*', 'https://sso.example.com', '*.com']) {
      await field.fill(wrong);
      await app.button('Check and save').click();
      await expect(app.page.getByText('Use host names such as')).toBeVisible();
    }
    await field.fill('sso.example.com, *.corp.example');
    await app.button('Check and save').click();
    await expect(app.page.getByText('Use host names such as')).toBeHidden();
  });
});
