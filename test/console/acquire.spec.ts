import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { Person } from './person.ts';
import { storedAccounts } from './real-keychain.ts';

const intervalSeconds = 1;

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: intervalSeconds, enforceSeconds: intervalSeconds } });
});

test.afterEach(async () => {
  await app.close();
  await server.close();
});

async function open(edition = 'store', serverName = 'Store 014'): Promise<Person> {
  app = await ConsoleApp.launch({ issuer: server.issuer, edition, serverName });
  return new Person(app, await app.pane());
}

const environment = () => app.page.locator('.title-environment + .badge');

async function atAuthorizeDevice(organization = 'Fusion Coffee'): Promise<Person> {
  const person = await open();
  await person.signIn();
  await person.chooseOrganization(organization);
  return person;
}

test.describe('@acquire', () => {
  test('the main job: licensed, kept through a restart offline, removed and revoked', async () => {
    const person = await open();
    await expect(app.status).toHaveText(/Not licensed/);
    await expect(environment(), 'as its metadata say, which the checks before Next ask for').toHaveText('Sandbox');
    await person.signIn();
    await person.chooseOrganization('Fusion Coffee');
    await person.chooseDevice('Store 014');
    const code = await person.next();
    await expect(environment(), 'after Next').toHaveText('Sandbox');
    await person.authorize(code);
    const confirmedAt = performance.now();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const intervals = (performance.now() - confirmedAt) / (intervalSeconds * 1000);
    console.log(`From the confirmed Authorize to the details: ${intervals.toFixed(1)} poll intervals`);
    await expectFields('store-014-8f0c2d17');
    expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toHaveLength(1);

    const shown = await shownFields();
    await app.close();
    await server.stop();
    app = await ConsoleApp.launch({ userData: app.userData });
    expect(await shownFields()).toEqual(shown);
    await expect(environment(), 'restarted offline').toHaveText('Sandbox');
    await expect(app.page.getByText('No connection to the Authorization server')).toBeVisible();

    await server.start();
    expect(await storedAccounts(app.userData)).not.toHaveLength(0);
    await app.button('Remove License…').click();
    await app.page.getByRole('dialog').getByRole('button', { name: 'Remove License', exact: true }).click();
    await expect(app.button('Next')).toBeVisible();
    expect(await storedAccounts(app.userData)).toEqual([]);
    expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toEqual([]);
    expect(server.control.requests({ endpoint: 'revocation' }).requests.map(({ status }) => status)).toEqual([200]);
  });

  test('Complete Authorization checks now, never before the interval', async () => {
    server.control.configure({ interval: { announce: 3, enforceSeconds: 3 } });
    const person = await open();
    const code = await person.next();
    await server.control.authorizeCode({ userCode: code, device: 'Store 014' });
    await app.button('Complete Authorization').click();
    await expect(app.page.getByTestId('poll-line')).toContainText(/next check/i);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const polls = server.control.requests({ endpoint: 'token' }).requests;
    expect(polls.map(({ error }) => error)).not.toContain('slow_down');
  });

  test('denied: the console says so, and one click starts again', async () => {
    const person = await atAuthorizeDevice();
    await person.chooseDevice('Store 014');
    await person.enterCode(await person.next());
    await person.deny();
    await expect(app.failure('access_denied')).toContainText('The request was denied');
    await app.button('Start again').click();
    await expect(app.userCode).toBeVisible();
    // If the server offers it, the form already has the new code. The person chooses the device there.
    const code = await person.readUserCode();
    await expect(person.pane.getByLabel('UserCode', { exact: true })).toHaveValue(code);
    await person.chooseDevice('Store 014');
    await person.authorize(code);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('an expired code is replaced with one click, never silently', async () => {
    server.control.configure({ codeLifeSeconds: 3 });
    const person = await open();
    const first = await person.next();
    await expect(app.failure('expired_token')).toContainText('The User Code has expired');
    server.control.configure({ codeLifeSeconds: 300 });
    await app.button('Get a new code').click();
    await expect(app.userCode).not.toHaveText(first);
    await server.control.authorizeCode({ userCode: await person.readUserCode(), device: 'Store 014' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('the server’s page refuses a wrong code, and the console keeps waiting', async () => {
    const person = await atAuthorizeDevice();
    await person.chooseDevice('Store 014');
    const code = await person.next();
    await person.enterCode('000000000');
    await expect(person.pane.getByText(/not known or has expired/i)).toBeVisible();
    await expect(app.userCode).toHaveText(code);
    await person.chooseDevice('Store 014');
    await person.authorize(code);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('count exhausted: the server’s own message is shown, and nothing changes', async () => {
    for (const device of ['Cloud', 'Corporate 1']) await licenseElsewhere(device);
    const person = await atAuthorizeDevice();
    await person.chooseDevice('Store 014');
    const code = await person.next();
    await person.enterCode(code);
    if (await person.pane.getByRole('button', { name: 'Confirm', exact: true }).isVisible()) await person.confirm();
    await expect(app.failure('access_denied')).toContainText(/2 licenses/);
    await expect(person.pane.getByText(/2 licenses/)).toBeVisible();
  });

  test('the server is down while the console waits: it continues once the server is back', async () => {
    const person = await open();
    const code = await person.next();
    await server.stop();
    await expect(app.page.getByTestId('poll-line')).toContainText(/still trying/i);
    await server.start();
    await server.control.authorizeCode({ userCode: code, device: 'Store 014' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
  });

  test('slow_down: the interval grows, and the license arrives', async () => {
    const slowDown = { kind: 'status', status: 400, body: { error: 'slow_down' } } as const;
    server.control.addFault({ endpoint: 'token', fault: slowDown, times: 1 });
    const person = await open();
    const code = await person.next();
    const polls = () => server.control.requests({ endpoint: 'token' }).requests;
    await expect.poll(() => polls().length).toBe(1);
    await server.control.authorizeCode({ userCode: code, device: 'Store 014' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const [first, second] = polls();
    // The announced interval is 1 s, and slow_down adds 5 s.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(5_900);
  });

  for (const [name, device, status] of [
    ['a license already expired', 'Store 901 (expired)', 'Expired – Requires Renewal'],
    ['one that needs renewal', 'Store 902 (nearly due)', 'Requires Renewal'],
    ['one without renewal date', 'Store 903 (no renewal date)', 'Licensed'],
    ['one without a hub', 'Store 904 (no hub)', 'Licensed'],
    ['one without xms', 'Store 905 (without xms)', 'Licensed'],
  ] as const) {
    test(`${name}: shown unchanged`, async () => {
      const person = await open('store', device);
      await server.control.authorizeCode({ userCode: await person.next(), device });
      await expect(app.field('licenseStatus')).toHaveText(status);
      if (device.includes('no renewal')) await expect(app.field('renewalDate')).toContainText('None');
      if (device.includes('no hub')) await expect(app.field('hubName')).toHaveText('Not set');
      if (device.includes('without xms')) await expect(app.page.getByText('Licensed, without xms')).toBeVisible();
      if (status === 'Expired – Requires Renewal') await expect(app.button('Remove and re-acquire')).toBeVisible();
      if (status === 'Requires Renewal') await expect(app.button('Check License Now')).toBeVisible();
    });
  }

  test('renewed at the server: Check License Now fetches the new date at once', async () => {
    const person = await open('store', 'Store 902 (nearly due)');
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 902 (nearly due)' });
    await expect(app.field('licenseStatus')).toHaveText('Requires Renewal');
    server.control.updateLicense({ id: 'lic-due', expiresOn: '2099-12-31' });
    await app.button('Check License Now').click();
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect(app.field('renewalDate')).toContainText('2099');
    await expect(app.page.getByTestId('check-outcome')).toHaveText(
      'The license was renewed. The new renewal date is 31 December 2099.',
    );
    await expect(app.page.getByTestId('check-outcome')).toBeInViewport();
  });

  test('@clerk Check License Now: says at the button that nothing changed, or that it could not check', async () => {
    const person = await open('store', 'Store 902 (nearly due)');
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 902 (nearly due)' });
    await expect(app.field('licenseStatus')).toHaveText('Requires Renewal');
    const outcome = app.page.getByTestId('check-outcome');
    await app.button('Check License Now').click();
    await expect(outcome).toHaveText(/^Checked at \d\d:\d\d\. The license has not been renewed yet\.$/);
    await expect(outcome).toBeInViewport();
    await expect(app.page.getByText('You can close this window')).toHaveCount(0);
    server.control.addFault({ endpoint: 'token', fault: { kind: 'status', status: 500 }, times: 1 });
    await app.button('Check License Now').click();
    await expect(outcome).toHaveText(/^Could not check at \d\d:\d\d: .+ check again\.$/);
    await expect(outcome).toBeInViewport();
    await expect(app.page.getByText('just now')).toHaveCount(0);
    await app.button('Check License Now').click();
    await expect(outcome).toContainText('The license has not been renewed yet');
  });

  test('remove and re-acquire: the old license goes only when the new one is stored', async () => {
    const person = await open('store', 'Store 901 (expired)');
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 901 (expired)' });
    await expect(app.field('licenseStatus')).toHaveText('Expired – Requires Renewal');
    const [old] = server.control.grantsOfDevice({ device: 'Store 901 (expired)' }).grants;
    await app.button('Remove and re-acquire').click();
    const code = await person.readUserCode();
    await expect(app.field('serverId')).toHaveText('store-901-expired');
    expect(server.control.grantsOfDevice({ device: 'Store 901 (expired)' }).grants).toContain(old);
    server.control.updateLicense({ id: 'lic-expired', expiresOn: '2099-12-31' });
    await server.control.authorizeCode({ userCode: code, device: 'Store 901 (expired)' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect.poll(() => server.control.grantsOfDevice({ device: 'Store 901 (expired)' }).grants).not.toContain(old);
    expect(server.control.grantsOfDevice({ device: 'Store 901 (expired)' }).grants).toHaveLength(1);
  });

  test('another kind of device: nothing is replaced, and the grant is revoked', async () => {
    const person = await open();
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Register 014-1' });
    await expect(app.failure('wrong_device')).toContainText('Wrong device type');
    expect(await storedAccounts(app.userData)).toEqual([]);
    await expect.poll(() => server.control.grantsOfDevice({ device: 'Register 014-1' }).grants).toEqual([]);
  });

  test('a grant for another kind of device that the busy server did not revoke is revoked with the next license', async () => {
    const grants = (device: string) => server.control.grantsOfDevice({ device }).grants;
    let person = await open();
    server.control.addFault({ endpoint: 'revocation', fault: { kind: 'status', status: 503 }, times: 1 });
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Register 014-1' });
    await expect(app.failure('wrong_device')).toBeVisible();
    await expect.poll(() => server.control.requests({ endpoint: 'revocation' }).requests.length).toBe(1);
    expect(grants('Register 014-1')).toHaveLength(1);
    const { userData } = app;
    await app.close();
    app = await ConsoleApp.launch({ userData, env: { FLC_TEST_CLOCK_OFFSET_MS: '120000' } });
    person = new Person(app, await app.pane());
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 014' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await expect.poll(() => grants('Register 014-1')).toEqual([]);
    expect(grants('Store 014')).toHaveLength(1);
  });

  for (const codeFilledIn of [true, false]) {
    const name = codeFilledIn ? 'with' : 'without';
    test(`${name} verification_uri_complete: the address is next to the code, and opens the page`, async () => {
      server.control.configure({ verificationUriComplete: codeFilledIn });
      const person = await atAuthorizeDevice();
      const code = await person.next();
      await expect(app.page.locator('.verification-address')).toHaveText(`${server.issuer}/device`);
      await app.button('Copy the address').click();
      await expect(app.page.locator('.copied')).toHaveText('Address copied to the clipboard');
      expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(`${server.issuer}/device`);
      await app.button(codeFilledIn ? 'Open with the code filled in' : 'Open the page').click();
      await expect(app.button(codeFilledIn ? 'Open the page' : 'Open with the code filled in')).toHaveCount(0);
      await expect(person.pane.getByLabel('UserCode', { exact: true })).toHaveValue(code);
      await person.chooseDevice('Store 014');
      await person.authorize(code);
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
    });
  }

  test('removing offline: the console says that the authorization stays open, then removes the license here only', async ({
    openGrants,
  }) => {
    openGrants.mayStayOpen('revocation impossible');
    const person = await open();
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 014' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await server.stop();
    await app.button('Remove License…').click();
    await app.page.getByRole('dialog').getByRole('button', { name: 'Remove License', exact: true }).click();
    await expect(app.failure('revocation_failed')).toBeVisible();
    expect(await storedAccounts(app.userData)).not.toEqual([]);
    await app.button('Remove here only').click();
    await expect(app.button('Next')).toBeVisible();
    await expect(app.page.getByText(/authorization stays open/i).first()).toBeVisible();
    expect(await storedAccounts(app.userData)).toEqual([]);
  });

  for (const [revocation, code] of [
    ['refused', 'revocation_refused'],
    ['absent', 'revocation_not_offered'],
  ] as const) {
    test(`removing when revocation is ${revocation}: the console says so, then removes the license here only`, async ({
      openGrants,
    }) => {
      openGrants.mayStayOpen('revocation impossible');
      server.control.configure({ revocation });
      const person = await open();
      await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 014' });
      await expect(app.field('licenseStatus')).toHaveText('Licensed');
      await app.button('Remove License…').click();
      const dialog = app.page.getByRole('dialog');
      // Known from the server's metadata before any button is pressed.
      const known =
        revocation === 'absent' ? 'does not let consoles end an authorization' : 'is ended at the Authorization';
      await expect(dialog).toContainText(known);
      await dialog.getByRole('button', { name: 'Remove License', exact: true }).click();
      const said = app.failure(code);
      await expect(said).toContainText("remove this device's authorization at the Authorization server");
      await expect(said).not.toContainText(/try again|connection/i);
      await expect(app.button('Try again')).toHaveCount(0);
      await app.button('Remove here only').click();
      await expect(app.page.getByText(/authorization stays open/i).first()).toBeVisible();
      expect(await storedAccounts(app.userData)).toEqual([]);
      expect(server.control.grantsOfDevice({ device: 'Store 014' }).grants).toHaveLength(1);
    });
  }

  test('removing without a refresh token: the console promises nothing that it cannot do', async () => {
    server.control.configure({ refreshTokens: 'none' });
    const person = await open();
    await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 014' });
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await app.button('Remove License…').click();
    const dialog = app.page.getByRole('dialog');
    await expect(dialog).toContainText('The console cannot end the authorization itself.');
    await expect(dialog).not.toContainText('is ended at the Authorization server');
    await dialog.getByRole('button', { name: 'Remove License', exact: true }).click();
    await expect(app.page.getByText('The console could not end the authorization itself.').first()).toBeVisible();
    expect(await storedAccounts(app.userData)).toEqual([]);
    expect(server.control.requests({ endpoint: 'revocation' }).requests).toEqual([]);
  });
});

/** Licenses a device as another console would. */
async function licenseElsewhere(device: string): Promise<void> {
  const metadata = (await (await fetch(`${server.issuer}/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >;
  const form = new URLSearchParams({
    client_id: 'fusion-license-console',
    scope: 'offline_access license',
  });
  const answer = (await (
    await fetch(metadata['device_authorization_endpoint'] ?? '', { method: 'POST', body: form })
  ).json()) as { user_code: string };
  await server.control.authorizeCode({ userCode: answer.user_code, device });
}

const fieldNames = ['licenseStatus', 'serverId', 'renewalDate', 'features', 'hubName', 'hubUrl', 'tokenExpiry'];

async function shownFields(): Promise<string[]> {
  return Promise.all(fieldNames.map(async (name) => (await app.field(name).textContent()) ?? ''));
}

/** Checks that all seven fields show the sandbox's data. */
async function expectFields(serverId: string): Promise<void> {
  const records = server.control.records();
  const device = records.devices.find(({ id }) => id === serverId);
  const license = records.licenses.find(({ id }) => id === device?.licenseId);
  const hub = records.devices.find(({ id }) => id === device?.hubId);
  const renewal = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  await expect(app.field('serverId')).toHaveText(serverId);
  await expect(app.field('renewalDate')).toHaveText(renewal.format(Date.parse(`${license?.expiresOn}T00:00:00Z`)));
  await expect(app.field('features')).toHaveText('xms');
  await expect(app.field('hubName')).toHaveText(hub?.name ?? '');
  await expect(app.field('hubUrl')).toHaveText(hub?.url ?? '');
  await expect(app.field('tokenExpiry')).toHaveText(/\d{1,2} \w+ 20\d\d, \d\d:\d\d/);
}
