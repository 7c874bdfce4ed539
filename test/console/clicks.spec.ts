import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { CountedPerson } from './counted-person.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

/** The most clicks, or key presses besides typed text, that a license may cost. */
const most = { signedOut: 9, signedIn: 5, keys: 17, firstRun: 12 };

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
});

test.afterEach(async () => {
  await app.close();
  await server.close();
});

const settings = (serverName: string) => ({ issuer: server.issuer, edition: 'store', serverName });

async function at() {
  const pane = await app.pane();
  const button = (name: string) => pane.getByRole('button', { name, exact: true });
  const link = (name: string) => pane.getByRole('link', { name, exact: true });
  return {
    person: new CountedPerson(app),
    userName: pane.getByLabel('User name'),
    password: pane.getByLabel('Password'),
    signIn: button('Sign in'),
    organization: link('Fusion Coffee'),
    authorizeDevice: link('Authorize Device'),
    device: pane.getByLabel('Device', { exact: true }),
    deviceLabel: pane.locator('label[for="Device"]'),
    userCode: pane.getByLabel('UserCode', { exact: true }),
    authorize: button('Authorize'),
    confirm: button('Confirm'),
  };
}
type Places = Awaited<ReturnType<typeof at>>;

/** Signs in on the page that already has the keyboard, and goes to Authorize Device. */
async function signIn({ person, userName, password, ...places }: Places): Promise<void> {
  await person.type(userName, 'installer');
  await person.click(password, 'password');
  await person.type(password, 'fusion-demo');
  await person.click(places.signIn, 'Sign in');
  await person.click(places.organization, 'organization');
  await person.click(places.authorizeDevice, 'Authorize Device');
}

async function finish({ person, authorize, confirm }: Places, serverId: string): Promise<void> {
  await person.click(authorize, 'Authorize');
  await person.click(confirm, 'Confirm');
  await expect(app.field('serverId')).toHaveText(serverId);
}

function expectAtMost(limit: number, { counted }: CountedPerson): void {
  console.log(`${test.info().title}: ${counted.length} (${counted.join(', ')})`);
  expect(counted.length, counted.join(', ')).toBeLessThanOrEqual(limit);
}

test.describe('@acquire @clerk a license costs few clicks', () => {
  for (const codeInLink of [true, false]) {
    const how = codeInLink ? 'a link with the code in it' : 'a code to enter';

    test.describe(`with ${how}`, () => {
      test.beforeEach(async () => {
        server.control.configure({ verificationUriComplete: codeInLink });
        app = await ConsoleApp.launch(settings('Store 014'));
      });

      test(`signed out, in the order of the steps: at most ${most.signedOut}`, async () => {
        const places = await at();
        const { person, device, deviceLabel } = places;
        await signIn(places);
        await person.choose(device, deviceLabel, 'Store 014');
        await person.click(app.button('Next'), 'Next');
        await expect(app.page.locator('.copied')).toHaveText('Copied to the clipboard');
        await expect(device.locator('option:checked'), 'still chosen').toHaveText('Store 014');
        await expect(places.userCode).toHaveValue(await app.userCode.innerText());
        await person.hasKeyboard(places.userCode);
        await finish(places, 'store-014-8f0c2d17');
        expectAtMost(most.signedOut, person);
      });

      test(`signed out, Next first: at most ${most.signedOut}`, async () => {
        const places = await at();
        const { person, device, deviceLabel } = places;
        await person.click(app.button('Next'), 'Next');
        await app.userCode.waitFor();
        await signIn(places);
        await expect(places.userCode).toHaveValue(await app.userCode.innerText());
        await person.choose(device, deviceLabel, 'Store 014');
        await finish(places, 'store-014-8f0c2d17');
        expectAtMost(most.signedOut, person);
      });

      test(`another server, already signed in: at most ${most.signedIn}`, async () => {
        const first = await at();
        await signIn(first);
        await app.authorizeAt(server.control, 'Store 014');
        await expect(app.field('licenseStatus')).toHaveText('Licensed');
        await app.addServer(settings('Store 015'));
        await expect(app.button('Next')).toBeVisible();
        const places = await at();
        const list = (await app.pane()).getByRole('heading', { name: 'Organizations' });
        await expect(list, 'not the page of the server before, with its organization').toBeVisible();
        const { person, device, deviceLabel } = places;
        await person.click(app.button('Next'), 'Next');
        await expect(places.userCode).toHaveValue(await app.userCode.innerText());
        await person.choose(device, deviceLabel, 'Store 015');
        await finish(places, 'store-015-27be94a5');
        expectAtMost(most.signedIn, person);
      });

      test(`signed out, by the keyboard alone: at most ${most.keys} presses besides typed text`, async () => {
        const places = await at();
        const { person, device } = places;
        await person.type(places.userName, 'installer');
        await person.press('Tab');
        await person.type(places.password, 'fusion-demo');
        await person.press('Enter');
        for (const link of [places.organization, places.authorizeDevice]) {
          await link.waitFor();
          await person.pressTo(link);
          await person.press('Enter');
        }
        await person.type(device, 'Store 014');
        await person.press('Shift+F6');
        await person.press('Shift+F6');
        await person.keyboard.isIn('console');
        await person.pressTo(app.button('Next'));
        await person.press('Enter');
        await person.hasKeyboard(places.userCode);
        await person.press('Enter');
        await person.hasKeyboard(places.confirm);
        await person.press('Enter');
        await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
        expectAtMost(most.keys, person);
      });
    });
  }

  test(`the first run: at most ${most.firstRun}`, async () => {
    app = await ConsoleApp.launch();
    const form = new CountedPerson(app);
    await form.type(app.page.getByLabel("Authorization server's address"), server.issuer);
    await form.click(app.page.getByRole('radio', { name: /^Store/ }), 'Store');
    const name = app.page.getByLabel('Server name');
    await form.click(name, 'server name');
    await form.type(name, 'Store 014');
    await form.click(app.button('Check and continue'), 'Check and continue');
    const places = await at();
    await signIn(places);
    await places.person.choose(places.device, places.deviceLabel, 'Store 014');
    await places.person.click(app.button('Next'), 'Next');
    await places.person.hasKeyboard(places.userCode);
    await finish(places, 'store-014-8f0c2d17');
    places.person.counted.unshift(...form.counted);
    expectAtMost(most.firstRun, places.person);
  });
});
