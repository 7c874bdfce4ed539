import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from './console-test.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { html, LocalServer } from './local-server.ts';
import { expectHidden, expectInPlace, watchNativeViews } from './native-view.ts';
import { Person } from './person.ts';
import { expectNoViolations } from './usability.ts';

let app: ConsoleApp;

test.afterEach(() => app.close());

const words = () => app.page.locator('.pane-failure');
const inWords = (name: string) => words().getByRole('button', { name, exact: true });

for (const verificationUriComplete of [true, false]) {
  const how = verificationUriComplete ? 'with the code filled in' : 'by its plain address';
  test(`@acquire a server without a start page can still license: its page for the code opens ${how}`, async () => {
    const server = await startAuthorizationServer();
    server.control.configure({ startPage: 'missing', verificationUriComplete });
    app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
    await expect(app.failure('page_unusable')).toContainText('(status 404)');
    await expect(words()).toContainText('choose Next');
    await expectNoViolations(app, 'no start page');
    await inWords('Open Settings').click();
    await expect(app.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await app.button('License').click();
    const person = new Person(app, await app.pane());
    const code = await person.next();
    await expect(words()).toContainText('open the page for the User Code');
    await inWords(verificationUriComplete ? 'Open with the code filled in' : 'Open the page').click();
    await person.signIn();
    await expect(words()).toBeHidden();
    await person.chooseOrganization('Fusion Coffee');
    await person.chooseDevice('Store 014');
    await person.authorize(code);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await server.close();
  });
}

test('what the start page answers: a message with the status if it failed, the page if a person can use it', async () => {
  let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(204).end();
  const server = await LocalServer.start((request, response) => answer(request, response));
  const says = (status: number, body: string, headers = {}) => {
    answer = (_request, response) =>
      void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };
  app = await ConsoleApp.launch({ issuer: server.origin });
  await expect(words(), '204, as the first page').toContainText('The start page is empty');
  await expect(app.page.locator('.title-environment + .badge')).toHaveText('This computer');
  for (const [name, status, body, said] of [
    ['a 404 with a page of its own', 404, '<h1>Nothing here</h1>', 'There is no start page here'],
    ['an empty 404', 404, '', 'There is no start page here'],
    ['a 500', 500, '<h1>Oh</h1>', 'The start page does not work right now'],
    ['an empty 503', 503, '', 'The start page does not work right now'],
    ['an empty document', 200, '<html><body> </body></html>', 'The start page is empty'],
    ['no document', 200, '', 'The start page is empty'],
    ['an empty 401', 401, '', 'The start page was refused'],
  ] as const) {
    says(status, body);
    await inWords('Reload').click();
    await expect(words(), name).toContainText(said);
    // The view can be watched only once it has a page.
    if (name === 'a 404 with a page of its own') await watchNativeViews(app);
    if (status !== 200) await expect(words(), name).toContainText(`(status ${status})`);
    await expectHidden(app);
  }
  says(401, '<form><label>User name <input></label></form>', { 'www-authenticate': 'Bearer' });
  await inWords('Reload').click();
  const pane = await app.pane();
  await expect(pane.getByLabel('User name')).toBeVisible();
  await expect(words()).toBeHidden();
  await expectInPlace(app);

  says(404, '<h1>Nothing here</h1>');
  await app.button('Start page of the Authorization server').click();
  await inWords('Show the page anyway').click();
  await expect(pane.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  await expectInPlace(app);

  const { port } = new URL(server.origin);
  await server.close();
  await app.button('Start page of the Authorization server').click();
  await expect(app.failure('network_unreachable')).toContainText(`127.0.0.1:${port}`);
  await expect(inWords('Open Settings')).toBeVisible();
  await expectHidden(app);

  const again = await LocalServer.start(
    (_request, response) => html(response, '<h1>Start page</h1>'),
    undefined,
    Number(port),
  );
  await inWords('Reload').click();
  await expect(pane.getByRole('heading', { name: 'Start page' })).toBeVisible();
  await expectInPlace(app);
  await again.close();
});
