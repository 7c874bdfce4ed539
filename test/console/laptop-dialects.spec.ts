import { dialectNames, dialects } from '../authorization-server/dialects.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { sandboxResource } from '../authorization-server/oauth/provider-configuration.ts';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { CountedPerson } from './counted-person.ts';
import { Opened } from './opened.ts';
import { Person } from './person.ts';
import { HelpPage, useLaptop } from './two-computers/help-page.ts';
import { laptopAddress, outsideAddress, serverName, StoreAndLaptop } from './two-computers/store-and-laptop.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

const opened = new Opened();
const openedForAll = new Opened();
let computers: StoreAndLaptop;
let help: HelpPage;

test.beforeAll(async () => {
  computers = openedForAll.add(await StoreAndLaptop.open());
  help = new HelpPage(openedForAll.add(await ConsoleApp.launch(computers.launchOptions('laptop'))));
});
test.afterEach(async () => {
  try {
    await opened.close();
  } finally {
    // Not by the button: a test that failed may have left another page open.
    await help.laptop.call('offer.end');
  }
});
test.afterAll(() => openedForAll.close());

async function startServer(options: Parameters<typeof startAuthorizationServer>[0] = {}): Promise<AuthorizationServer> {
  const at = { host: outsideAddress, name: serverName, tls: computers.tls };
  return opened.add(await startAuthorizationServer({ ...at, ...options }));
}

/** A store whose console has been set up, as by its person with _Continue without checking_. */
async function launchStore(issuer: string, serverName: string, resource: string | undefined): Promise<ConsoleApp> {
  const store = opened.add(await ConsoleApp.launch(computers.launchOptions('store')));
  const settings = { ...profileDefaults, issuer, edition: 'store', serverName };
  const added = await store.call('profile.add_unchecked', { ...settings, ...(resource ? { resource } : {}) });
  expect(added).toMatchObject({ ok: true });
  return store;
}

// The test of the main job has the sandbox's own dialect.
for (const dialect of dialectNames.filter((name) => name !== 'sandbox'))
  test(`@kit ${dialect}: two stores are licensed through a laptop, the second with three actions at each of the two`, async () => {
    const server = await startServer({ dialect });
    if (!dialects[dialect].settings.interval)
      server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
    const resource = dialects[dialect].settings.resourceParameter === 'needed' ? sandboxResource : undefined;

    const first = await launchStore(server.issuer, 'Store 014', resource);
    const code = await help.start();
    await useLaptop(first, laptopAddress, code);
    // Nobody has confirmed this Authorization server yet, since each has a port of its own.
    await help.row('Store 014').getByRole('button', { name: 'Yes, it is ours' }).click();
    const userCode = await new Person(first, first.page).readUserCode();
    await help.authorize('Store 014').click();
    const person = new Person(help.laptop, await help.laptop.pane());
    await person.signIn();
    await person.chooseOrganization('Fusion Coffee');
    await person.chooseDevice('Store 014');
    await person.authorize(userCode);
    await help.isLicensed('Store 014', first, 'store-014-8f0c2d17');

    await first.close();
    const second = await launchStore(server.issuer, 'Store 015', resource);
    const clerk = new CountedPerson(second);
    const field = (label: string) => second.page.getByRole('dialog').getByLabel(label);
    await clerk.click(second.button('Use a laptop'), 'Use a laptop');
    await clerk.type(field('Address'), laptopAddress);
    await clerk.press('Tab');
    await clerk.type(field('Pairing code'), await help.code(code));
    await clerk.press('Enter');
    const next = await new Person(second, second.page).readUserCode();
    await expect(help.row('Store 015').getByTestId('helped-user-code')).toHaveText(next);
    const installer = new CountedPerson(help.laptop);
    await installer.click(help.authorize('Store 015'), 'Authorize');
    const { pane } = person;
    await expect(pane.getByLabel('UserCode', { exact: true })).toHaveValue(next);
    await expect(pane.getByLabel('Device', { exact: true }).locator('option:checked')).toHaveText('Store 015');
    await installer.click(pane.getByRole('button', { name: 'Authorize', exact: true }), 'Authorize on the page');
    await installer.click(pane.getByRole('button', { name: 'Confirm', exact: true }), 'Confirm');
    await help.isLicensed('Store 015', second, 'store-015-27be94a5');
    const before = await help.bytesUp('Store 015');
    expect(await second.call('license.check')).toMatchObject({ ok: true });
    await expect.poll(() => help.bytesUp('Store 015')).toBeGreaterThan(before);
    console.log(
      `${dialect}, at the store: ${clerk.counted.join(', ')}. At the laptop: ${installer.counted.join(', ')}.`,
    );
    expect(clerk.counted.length).toBeLessThanOrEqual(3);
    expect(installer.counted.length).toBeLessThanOrEqual(3);
  });

test('@kit a console that has never been set up is paired with six actions, and the laptop licenses it', async () => {
  const server = await startServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  const code = await help.start();
  const store = opened.add(await ConsoleApp.launch(computers.launchOptions('store')));
  const clerk = new CountedPerson(store);
  const field = (label: string) => store.page.getByRole('dialog').getByLabel(label);
  await clerk.type(store.page.getByLabel("Authorization server's address"), server.issuer);
  await clerk.click(store.page.getByRole('radio', { name: 'Store' }), 'Store');
  await clerk.press('Enter');
  await clerk.click(store.button('Continue without checking'), 'Continue without checking');
  await clerk.click(store.button('Use a laptop'), 'Use a laptop');
  await clerk.type(field('Address'), laptopAddress);
  await clerk.press('Tab');
  await clerk.type(field('Pairing code'), code);
  await clerk.press('Enter');
  await help.laptop.button('Yes, it is ours').click();
  const userCode = await new Person(store, store.page).readUserCode();
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await expect(store.field('serverId')).toHaveText('store-014-8f0c2d17');
  console.log(`A new console, at the store: ${clerk.counted.join(', ')}.`);
  expect(clerk.counted.length).toBeLessThanOrEqual(6);
});
