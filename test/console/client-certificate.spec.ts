import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { ConsoleApp } from './console-app.ts';
import { expect, type Page, test } from './console-test.ts';
import { FarServers } from './far-servers.ts';
import { homeWithCertificates } from './home-with-certificates.ts';
import { html, LocalServer } from './local-server.ts';

const names = ['Mel Fischer', 'Store 014'];
const login = 'https://login.example.com';
/** The names in the certificates that the far server got, with the path of each request. */
const got: string[] = [];

function far(request: IncomingMessage, response: ServerResponse): void {
  const { subject } = (request.socket as TLSSocket).getPeerCertificate();
  if (breaksWithoutOne && !subject) return void request.socket.destroy();
  got.push(`${request.url} ${String(subject?.CN ?? 'none')}`);
  html(response, `<h1>Far page ${request.url}</h1>`);
}

/** Makes the far server close a connection on which it got no certificate. */
let breaksWithoutOne = false;
let start: LocalServer;
let app: ConsoleApp;
let pane: Page;
let servers: FarServers;
let certificates: string[];

const go = (address: string) => pane.evaluate((to) => void (location.href = to), address);
const question = () => app.page.getByRole('dialog', { name: 'A server asks who you are' });
const farPage = (path: string) => pane.getByRole('heading', { name: `Far page ${path}` });
/** Reload opens a new session, which has to trust the far server too. */
const reload = async () => {
  await app.electron.evaluate(({ app: electronApp }) =>
    electronApp.once('session-created', (opened) => opened.setCertificateVerifyProc((_request, answer) => answer(0))),
  );
  await app.failure('client_certificate_needed').getByRole('button', { name: 'Reload' }).click();
};
const use = async (name: string) => {
  await question().getByRole('radio', { name }).check();
  await question().getByRole('button', { name: 'Use this certificate' }).click();
};

test.describe('@clerk client certificates', () => {
  test.skip(process.platform !== 'linux', 'the certificates of a person are kept elsewhere there');

  test.beforeAll(async () => {
    const made = homeWithCertificates(names);
    certificates = made.certificates;
    start = await LocalServer.start(({ url }, response) => {
      if (url !== '/to-login') return html(response, '<h1>Start page</h1>');
      return void response.writeHead(302, { location: `${login}/page` }).end();
    });
    app = await ConsoleApp.launch({ issuer: start.origin, env: { HOME: made.home } });
  });

  test.beforeEach(async () => {
    await app.call('pane.sign_out');
    pane = await app.pane();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    got.length = 0;
    breaksWithoutOne = false;
  });

  test.afterEach(() => servers.close());

  test.afterAll(async () => {
    await app.close();
    await start.close();
  });

  const open = async (asks: ServerOptions) => {
    servers = await FarServers.open(app, far, { requestCert: true, rejectUnauthorized: false, ...asks });
  };

  test('the person chooses which certificate the server gets, and the session keeps the choice until the sign-out', async () => {
    await open({ ca: certificates });
    await go(`${login}/page`);
    await expect(question()).toContainText(login);
    await expect(question().getByRole('radio')).toHaveCount(2);
    await expect(question()).toContainText('Issued by Store 014.');
    await expect(question()).toContainText(/Valid until \d+ \w+ 20\d\d/);
    // A key that was meant for the page sends nothing.
    await app.page.keyboard.press('Enter');
    await expect(question()).toContainText('Choose a certificate, or');
    expect(got).toEqual([]);
    await use('Store 014');
    await expect(farPage('/page')).toBeVisible();
    await go(`${login}/next`);
    await expect(farPage('/next')).toBeVisible();
    expect(new Set(got.map((line) => line.replace(/^\S+ /, '')))).toEqual(new Set(['Store 014']));
    await app.call('pane.sign_out');
    pane = await app.pane();
    await servers.close();
    await open({ ca: certificates });
    await go(`${login}/page`);
    await expect(question()).toBeVisible();
    await app.page.keyboard.press('Escape');
    await expect(farPage('/page')).toBeVisible();
    expect(got.at(-1)).toBe('/page none');
  });

  test('the console asks even if there is only one certificate', async () => {
    await open({ ca: certificates[0] });
    await go(`${login}/page`);
    await expect(question().getByRole('radio')).toHaveCount(1);
    await expect(question().getByRole('radio')).not.toBeChecked();
    await use('Mel Fischer');
    await expect(farPage('/page')).toBeVisible();
    expect(got[0]).toBe('/page Mel Fischer');
  });

  test('without a certificate the server decides what to show, and a question ends with its page', async () => {
    await open({ ca: certificates });
    await go(`${login}/page`);
    await expect(question()).toBeVisible();
    await app.call('pane.home');
    await expect(question()).toBeHidden();
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    await go(`${login}/page`);
    await question().getByRole('button', { name: 'Do not use a certificate' }).click();
    await expect(farPage('/page')).toBeVisible();
    expect(got[0]).toBe('/page none');
    await expect(question()).toBeHidden();
  });

  test('the question names the server to which a page was redirected', async () => {
    await open({ ca: certificates });
    await go('/to-login');
    await expect(question()).toContainText(login);
    await use('Mel Fischer');
    await expect(farPage('/page')).toBeVisible();
    expect(got[0]).toBe('/page Mel Fischer');
  });

  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    test(`the pane says that a server requires one, and Reload asks again (${maxVersion})`, async () => {
      await open({ ca: certificates, rejectUnauthorized: true, maxVersion });
      await go(`${login}/page`);
      await question().getByRole('button', { name: 'Do not use a certificate' }).click();
      const failure = app.failure('client_certificate_needed');
      await expect(failure).toContainText('you chose not to use one');
      await expect(app.page.getByRole('region', { name: 'Authorization server' })).toContainText('Open in browser');
      expect(got).toEqual([]);
      await reload();
      await use('Store 014');
      pane = await app.pane();
      await expect(farPage('/page')).toBeVisible();
      expect(got[0]).toBe('/page Store 014');
    });

  test('after a server broke the connection, Reload asks again, and the person stays signed in elsewhere', async () => {
    breaksWithoutOne = true;
    await open({ ca: certificates });
    await pane.evaluate(() => void (document.cookie = 'signed=in; path=/'));
    await go(`${login}/page`);
    await question().getByRole('button', { name: 'Do not use a certificate' }).click();
    const failure = app.failure('client_certificate_needed');
    await expect(failure).toContainText('you chose not to use one');
    await reload();
    await use('Store 014');
    pane = await app.pane();
    await expect(farPage('/page')).toBeVisible();
    expect(got).toEqual(['/page Store 014']);
    await app.call('pane.home');
    await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
    expect(await pane.evaluate(() => document.cookie)).toBe('signed=in');
  });

  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    test(`the pane says that this computer has no certificate for a server, without a question (${maxVersion})`, async () => {
      const other = await generate([{ name: 'commonName', value: 'Another company' }], { keySize: 2048 });
      await open({ ca: other.cert, rejectUnauthorized: true, maxVersion });
      // By TLS 1.3 a server refuses after the handshake. Its reason may be lost, and then the connection only breaks.
      await expect(async () => {
        await go(`${login}/page`);
        const failure = app.page.locator('.pane-failure [data-failure-code]');
        await expect(failure).toBeVisible();
        await expect(failure).toContainText('this computer has none that it accepts', { timeout: 1_000 });
      }).toPass();
      await expect(question()).toBeHidden();
      expect(got).toEqual([]);
    });

  test('the console’s own requests send no certificate and ask no question, and the failure says that the server needs one', async () => {
    const own = await generate([{ name: 'commonName', value: 'own' }], { keySize: 2048 });
    const asks = { key: own.private, cert: own.cert, requestCert: true, ca: certificates };
    const seen: string[] = [];
    const listen = (rejectUnauthorized: boolean) =>
      LocalServer.start(
        (request, response) => {
          seen.push(String((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'none'));
          html(response, '<h1>No metadata</h1>');
        },
        { ...asks, rejectUnauthorized },
      );
    await open({ ca: certificates });
    const [strict, mild] = [await listen(true), await listen(false)];
    const check = async ({ origin }: LocalServer) => (await app.call('profile.check', { issuer: origin })).failure;
    // The first request opens the session, whose verdict on certificates the test then replaces.
    await check(start);
    await app.electron.evaluate(({ session }) =>
      session
        .fromPartition('authorization-service', { cache: false })
        .setCertificateVerifyProc((_request, decide) => decide(0)),
    );
    expect(await check(strict)).toMatchObject({ code: 'client_certificate_needed' });
    // Electron 33 ends a request whose server asks for one, even if the server could do without. A later version continues.
    expect(['client_certificate_needed', 'metadata_not_found']).toContain((await check(mild))?.code);
    expect(seen.filter((name) => name !== 'none')).toEqual([]);
    await expect(question()).toBeHidden();
    await strict.close();
    await mild.close();
  });
});
