import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { usualPairingPort } from '../../src-shared/pairing/pairing.ts';
import { foundChecks } from './checked-console.ts';
import type { ConsoleApp, LaunchOptions } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { CountedPerson } from './counted-person.ts';
import { IssuedSecrets } from './issued-secrets.ts';
import { Opened } from './opened.ts';
import { Person } from './person.ts';
import { processMemory, rendererProcesses } from './renderer-memory.ts';
import { SecretSearch } from './secret-search.ts';
import { Command } from './terminal.ts';
import { enterLaptop, HelpPage, useLaptop } from './two-computers/help-page.ts';
import { ServerAndComputers } from './two-computers/server-and-computers.ts';
import {
  laptopAddress,
  outsideAddress,
  serverName,
  storeAddress,
  type StoreAndLaptop,
} from './two-computers/store-and-laptop.ts';
import type { AuthorizationServer } from './watched-sandbox.ts';

const opened = new Opened();
let scene: ServerAndComputers;
let computers: StoreAndLaptop;
let server: AuthorizationServer;
let laptop: ConsoleApp;
let help: HelpPage;
let store: ConsoleApp;

test.beforeEach(async () => {
  scene = await ServerAndComputers.open(opened);
  ({ computers, server } = scene);
});
test.afterEach(() => opened.close());

async function launchLaptop(options: Partial<LaunchOptions> = {}): Promise<void> {
  laptop = await scene.launch('laptop', options);
  help = new HelpPage(laptop);
}
const launchOwnLaptop = () => launchLaptop({ issuer: server.issuer, edition: 'store', serverName: 'Laptop' });

async function launchStore(options: Partial<LaunchOptions> = {}): Promise<void> {
  store = await scene.launch('store', options);
}
const launchOwnStore = (name: string) => launchStore({ issuer: server.issuer, edition: 'store', serverName: name });

/** A field of the store's dialog. */
const field = (label: string) => store.page.getByRole('dialog').getByLabel(label);

const connect = () => store.page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click();

/** Counts the connections to another port of the Authorization server's computer. */
class LocalWitness {
  arrived = 0;
  readonly #server = createServer((socket) => {
    this.arrived += 1;
    socket.destroy();
  });

  static async open(): Promise<LocalWitness> {
    const witness = new LocalWitness();
    witness.#server.listen(0, outsideAddress);
    await once(witness.#server, 'listening');
    return witness;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

const spoken = (app: ConsoleApp) => app.page.locator('output[aria-live]');

/** What the checks find at the store, apart from the laptop's console, which is a process of the same computer. */
const foundAtStore = async () => (await foundChecks(store)).filter((found) => found !== 'copies: attention');

test('@kit a store without internet is licensed through a laptop, with three actions at each of the two', async () => {
  await launchLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();

  // At the store.
  const clerk = new CountedPerson(store);
  await clerk.click(store.button('Use a laptop'), 'Use a laptop');
  await clerk.type(field('Address'), laptopAddress);
  await clerk.press('Tab');
  await clerk.type(field('Pairing code'), code);
  await clerk.press('Enter');
  await expect(store.page.getByTestId('laptop-words')).toHaveText(/^\w+ \w+ \w+$/);
  const words = (await store.page.getByTestId('laptop-words').textContent()) ?? '';
  await expect(help.row('Store 014').getByTestId('helped-words')).toHaveText(words);

  // At the laptop, which has no server of its own: the person confirms the issuer once.
  await expect(help.row('Store 014').getByTestId('helped-issuer')).toHaveText(server.issuer);
  await expect(store.page.getByText('The person at the laptop has to confirm')).toBeVisible();
  await expect(store.button('Next')).toHaveAttribute('data-look', 'standard');
  // A screen reader says both without the person having to look for it.
  await expect(spoken(store)).toHaveText(new RegExp(`^Connected to the laptop until .*: ${words}\\.`));
  await expect(spoken(laptop)).toHaveText(/^Store 014: Waiting for you/);
  await laptop.button('Yes, it is ours').click();
  const userCode = await new Person(store, store.page).readUserCode();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
  await expect(help.row('Store 014').getByTestId('helped-user-code')).toHaveText(userCode);
  await help.authorize('Store 014').click();
  const person = new Person(laptop, await laptop.pane());
  await person.signIn();
  await person.chooseOrganization('Fusion Coffee');
  await expect(person.pane.getByLabel('UserCode', { exact: true })).toHaveValue(userCode);
  await person.chooseDevice('Store 014');
  await person.authorize(userCode);
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');

  // Each further store takes at most three actions, because the person is signed in.
  const { profile } = await store.state();
  await store.close();
  await launchOwnStore('Store 015');
  await useLaptop(store, laptopAddress, await help.code(code));
  const next = await new Person(store, store.page).readUserCode();
  const authorize = help.authorize('Store 015');
  const installer = new CountedPerson(laptop);
  await installer.click(authorize, 'Authorize');
  const { pane } = person;
  await expect(pane.getByLabel('UserCode', { exact: true })).toHaveValue(next);
  await expect(pane.getByLabel('Device', { exact: true }).locator('option:checked')).toHaveText('Store 015');
  await installer.click(pane.getByRole('button', { name: 'Authorize', exact: true }), 'Authorize on the page');
  await installer.click(pane.getByRole('button', { name: 'Confirm', exact: true }), 'Confirm');
  await help.isLicensed('Store 015', store, 'store-015-27be94a5');
  console.log(`At the store: ${clerk.counted.join(', ')}. At the laptop: ${installer.counted.join(', ')}.`);
  expect(clerk.counted.length).toBeLessThanOrEqual(3);
  expect(installer.counted.length).toBeLessThanOrEqual(3);
  expect(profile?.serverName).toBe('Store 014');

  // A refresh goes through the laptop too: the store has no other connection.
  const before = await help.bytesUp('Store 015');
  expect(await store.call('license.check')).toMatchObject({ ok: true });
  await expect.poll(() => help.bytesUp('Store 015')).toBeGreaterThan(before);

  // The pane belongs to the laptop's page: it stays while the person helps, and closes when the help ends.
  expect(await laptop.state()).toMatchObject({ pane: { open: true }, paneHelps: expect.any(String) });
  await help.end();
  await expect.poll(async () => (await laptop.state()).paneHelps).toBeNull();
  await expect(laptop.page.getByRole('region', { name: 'Authorization server' })).toBeHidden();
  await expect(store.failure('pairing_ended')).toBeVisible();
  await expect(store.status).toHaveAttribute('data-license-status', 'licensed');
});

test('@kit a store without internet is set up, and its settings are checked through the laptop', async () => {
  await launchOwnLaptop();
  await launchStore();
  await store.page.getByLabel("Authorization server's address").fill(server.issuer);
  await store.page.getByRole('radio', { name: 'Store' }).check();
  await store.button('Check and continue').click();
  await expect(store.page.getByText('The console checks the address as soon as it can reach it.')).toBeVisible();
  await store.button('Continue without checking').click();
  await expect(store.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  const userCode = await new Person(store, store.page).readUserCode();
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await expect(store.field('serverId')).toHaveText('store-014-8f0c2d17');
  expect((await store.state()).profile).toMatchObject({ issuer: server.issuer, serverName: 'Store 014' });
});

test('@kit the checks and the sheet of a store without internet say that only the laptop reaches the server', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  // Nobody answers at the store, not even the name service.
  expect(await foundAtStore()).toEqual(['name: network_unreachable']);
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  const userCode = await new Person(store, store.page).readUserCode();
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');

  await store.page.locator('.status-actions').getByRole('button', { name: 'Handover sheet' }).click();
  const sheet = store.page.locator('.sheet');
  const { host } = new URL(server.issuer);
  const onlyLaptop = `${host} can be reached only through the laptop ${laptopAddress}. This computer has no connection of its own.`;
  await expect(sheet).toContainText(onlyLaptop);
  await expect(sheet).toContainText(/These work: .*Server.*Keys/);
  const { preflight } = await store.state();
  const found = preflight?.results ?? [];
  expect(found.filter(({ state }) => state === 'failed')).toEqual([]);
  expect(found.map(({ check }) => check)).not.toContain('name');
  expect(found.map(({ check }) => check)).not.toContain('proxy');
  expect(found.find(({ check }) => check === 'connection')?.says.join(' ')).toContain('Without the laptop: ');
  // The Authorization server of this test has the certificate of a company.
  expect(await foundAtStore()).toEqual(['connection: attention', 'certificate: attention']);

  // The same checks without the laptop say what this computer alone can do.
  await help.end();
  await expect.poll(async () => (await store.state()).laptop?.state).toBe('ended');
  expect(await foundAtStore()).toContain('name: network_unreachable');
});

test("@kit a store whose clock is behind the laptop's is shown the time to set, and trusts the laptop with nothing", async () => {
  // Nobody confirms the Authorization server, so only the laptop's answers come.
  await launchLaptop();
  await launchStore({
    env: { FLC_TEST_CLOCK_OFFSET_MS: String(-2 * 3_600_000) },
    issuer: server.issuer,
    edition: 'store',
    serverName: 'Store 014',
  });
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  await expect(store.page.getByTestId('laptop-clock')).toContainText(
    "clock is 2 h behind the laptop's. If the laptop's clock is right",
  );
  expect(await foundAtStore()).toContain('clock: clock_wrong');
  expect((await store.state()).clock).toEqual({ state: 'right' });
  await store.page.getByTestId('laptop-clock').getByRole('button').click();
  await expect(store.page.getByRole('button', { name: 'Set the Clock', exact: true })).toBeVisible();
  await store.button('License').click();
  await store.setClockOffset(0);
  await expect(store.page.getByTestId('laptop-clock')).toBeHidden();
});

test('@kit a new computer without internet uses a laptop before its first server is set up', async () => {
  await launchLaptop();
  await launchStore();
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  const way = store.page.getByTestId('laptop-way');
  await expect(way).toContainText('Enter the address of the Authorization server below.');
  await store.page.getByLabel("Authorization server's address").fill(server.issuer);
  await store.page.getByRole('radio', { name: 'Store' }).check();
  await store.button('Check and continue').click();
  await expect(store.page.getByRole('heading', { name: 'Manage License' })).toBeVisible();
  expect((await store.state()).pane.open).toBe(false);
  // The address counts only after the person at the laptop has confirmed it.
  await expect(way).toContainText('The person at the laptop has to confirm');
  await laptop.button('Yes, it is ours').click();
  const userCode = await new Person(store, store.page).readUserCode();
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await expect(store.field('serverId')).toHaveText('store-014-8f0c2d17');
  expect((await store.state()).profile).toMatchObject({ issuer: server.issuer, serverName: 'Store 014' });
});

test("@kit the laptop's pane shows its own server again on the page of that server", async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  await help.authorize('Store 014').click();
  await expect.poll(async () => (await laptop.state()).paneHelps).not.toBeNull();
  expect(
    await laptop.call('profile.rename', { id: (await laptop.state()).profile?.id, serverName: 'Laptop 2' }),
  ).toMatchObject({ ok: true });
  expect((await laptop.state()).paneHelps).not.toBeNull();
  await laptop.button('License').click();
  await expect.poll(async () => (await laptop.state()).paneHelps).toBeNull();
  await expect(laptop.page.getByRole('region', { name: 'Authorization server' })).toBeVisible();
  await laptop.button('Help a server').click();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
});

test('@kit a laptop that several people use signs out at the end of the help, and not after each store', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  expect(await laptop.call('pane.sign_out_when_finished', { on: true })).toMatchObject({ ok: true });
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  const userCode = await new Person(store, store.page).readUserCode();
  await help.authorize('Store 014').click();
  const person = new Person(laptop, await laptop.pane());
  await person.signIn();
  await person.chooseOrganization('Fusion Coffee');
  await person.chooseDevice('Store 014');
  await person.authorize(userCode);
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
  await store.close();
  await launchOwnStore('Store 015');
  await useLaptop(store, laptopAddress, await help.code(code));
  const next = await new Person(store, store.page).readUserCode();
  await help.authorize('Store 015').click();
  await expect(person.pane.getByLabel('UserCode', { exact: true })).toHaveValue(next);

  await help.end();
  await laptop.button('License').click();
  await expect((await laptop.pane()).getByLabel('User name')).toBeVisible();
});

test('@kit @security a laptop opens nothing but the confirmed Authorization server, one server for each code, and nothing after the end', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  const { port } = new URL(server.issuer);
  const witness = opened.add(await LocalWitness.open());
  const own = `${serverName}:${port}`;
  const others = [
    `${serverName}:${witness.port}`,
    `${outsideAddress}:${port}`,
    `${outsideAddress}:${witness.port}`,
    `[::ffff:${outsideAddress}]:${port}`,
    `0x0ae70901:${port}`,
    `${serverName}.:${port}`,
    `user@${serverName}:${port}`,
    `other.flc.test:${port}`,
    `localhost:${port}`,
    `127.0.0.1:${port}`,
  ];
  const raw = computers.rawStore(laptopAddress, code, server.issuer, [own, ...others]);
  const refused = Object.fromEntries(others.map((authority) => [authority, 'relay_refused']));
  expect(await raw.outcomes()).toEqual({ [own]: 'open', ...refused });
  expect(witness.arrived).toBe(0);

  // That code is used up. The page shows a new one for the next server.
  await useLaptop(store, laptopAddress, code);
  await expect(store.failure('pairing_code_wrong')).toBeVisible();
  await help.code(code);

  await help.end();
  await expect(laptop.page.getByText('You stopped helping.')).toBeVisible();
  await expect(laptop.page.getByTestId('pairing-code')).toBeHidden();
  await expect(help.row('Raw store')).toBeHidden();
  expect(await raw.again()).toEqual(Object.fromEntries([own, ...others].map((place) => [place, 'laptop_gone'])));
  const { offer } = await laptop.state();
  expect([offer?.code, offer?.qr]).toEqual([null, null]);
});

test('@kit @security five wrong codes end the offer', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  const wrong = code.startsWith('BB') ? 'CCCC CCCC' : 'BBBB BBBB';
  await useLaptop(store, laptopAddress, wrong);
  for (let count = 1; count < 5; count += 1) {
    await expect(store.failure('pairing_code_wrong')).toBeVisible();
    if (count < 3) await expect(laptop.page.getByTestId('wrong-codes')).toContainText(storeAddress);
    await connect();
  }
  await expect(laptop.page.getByText(`Five wrong pairing codes came from ${storeAddress}`)).toBeVisible();
  await expect(store.page.getByRole('dialog').locator('[data-failure-code]')).toBeVisible();
  await field('Pairing code').fill(code);
  await connect();
  await expect(store.failure('laptop_unreachable')).toBeVisible();

  // One click offers help again, with another code.
  await laptop.button('Start again').click();
  const next = await help.code(code);
  await expect(laptop.page.getByTestId('wrong-codes')).toBeHidden();
  await field('Pairing code').fill(next);
  await connect();
  await expect(store.page.getByTestId('laptop-words')).toBeVisible();
});

test('@kit a killed laptop loses nothing: the store reports that, and continues when it is helped again', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  const userCode = await new Person(store, store.page).readUserCode();
  const { userData } = laptop;
  await laptop.kill();
  await expect(store.failure('laptop_gone')).toBeVisible({ timeout: 40_000 });
  await expect(store.userCode).toHaveText(userCode);

  await launchLaptop({ userData });
  const again = await help.start();
  await store.button('Use a laptop again').click();
  await enterLaptop(store, laptopAddress, again);
  await expect(store.failure('laptop_gone')).toBeHidden();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
});

test('@kit a laptop that is suspended: the store says so and uses its own way, and later uses the laptop again', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  const userCode = await new Person(store, store.page).readUserCode();
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
  const main = await laptop.electron.evaluate(() => process.pid);
  process.kill(main, 'SIGSTOP');
  try {
    await expect(store.failure('laptop_gone')).toBeVisible({ timeout: 40_000 });
    // The store has no way of its own, and loses nothing by the try.
    expect(await store.call('license.check')).toMatchObject({ ok: false });
    await expect(store.status).toHaveAttribute('data-license-status', 'licensed');
  } finally {
    process.kill(main, 'SIGCONT');
  }
  await expect(store.failure('laptop_gone')).toBeHidden({ timeout: 20_000 });
  await expect.poll(async () => (await store.state()).laptop).toMatchObject({ way: 'relaying' });
  // What had failed is tried again without a person.
  await expect.poll(async () => (await store.state()).refresh.lastFailure ?? null).toBeNull();
});

test('@kit a store whose console is killed while it is helped pairs again, and the laptop shows it once', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  await useLaptop(store, laptopAddress, code);
  await new Person(store, store.page).readUserCode();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
  const { userData } = store;
  await store.kill();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'lost', { timeout: 20_000 });
  await launchStore({ userData });
  await useLaptop(store, laptopAddress, await help.code(code));
  const userCode = await new Person(store, store.page).readUserCode();
  await expect(help.row('Store 014')).toHaveCount(1);
  await expect(help.row('Store 014').getByTestId('helped-user-code')).toHaveText(userCode);
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
});

test('@kit @headless a server without a window is licensed through a laptop from its terminal, and Ctrl-C ends the pairing', async () => {
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  await store.close();
  const acquire = (code: string, ...more: readonly string[]) =>
    new Command(
      store.userData,
      ['acquire', '--no-qr', `--laptop=${laptopAddress}`, `--pairing=${code}`, ...more],
      computers.storeTerminal,
    );
  const code = await help.start();
  const wrong = code.startsWith('BB') ? 'CCCCCCCC' : 'BBBBBBBB';
  const refusals = [
    ['not an address', code, 2, 'not the address of a laptop'],
    [laptopAddress, 'BCDF', 2, 'not a pairing code'],
    [`${laptopAddress}:9`, code, 6, 'allow TCP port 9.'],
    [laptopAddress, wrong, 1, 'did not accept the code'],
  ] as const;
  for (const [address, tried, exitCode, says] of refusals) {
    const words = ['acquire', '--no-qr', `--laptop=${address}`, `--pairing=${tried}`];
    const end = await new Command(store.userData, words, computers.storeTerminal).ended();
    expect(end.exitCode, says).toBe(exitCode);
    expect(end.err.replaceAll(/\s+/g, ' ')).toContain(says);
  }
  const command = acquire(code);
  const words = await command.says(/same\s+words:\s+(\w+\s+\w+\s+\w+)\./);
  await expect(help.row('Store 014').getByTestId('helped-words')).toHaveText(words.replaceAll(/\s+/g, ' '));
  const userCode = (await command.says(/User Code\s+(\S+)/)).trim();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
  await server.control.authorizeCode({ userCode, device: 'Store 014' });
  const licensed = await command.ended();
  expect(licensed).toMatchObject({ exitCode: 0, err: '' });
  expect(licensed.out).not.toContain('Open the link');
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'licensed');

  let used = code;
  const through = async (...words: readonly string[]) => {
    used = await help.code(used);
    const line = [...words, `--laptop=${laptopAddress}`, `--pairing=${used}`];
    return new Command(store.userData, line, computers.storeTerminal).ended();
  };
  expect(await through('refresh')).toMatchObject({ exitCode: 0, err: '' });
  const { out } = await through('diagnose', '--json');
  // Without the laptop no request gets as far as the keys.
  const { servers } = JSON.parse(out) as { servers: { checks: { check: string; state: string }[] }[] };
  expect(servers[0]?.checks.find(({ check }) => check === 'keys')).toMatchObject({ state: 'ok' });
  const cancelled = acquire(await help.code(used), '--again');
  await cancelled.says(/User Code\s+(\S+)/);
  await expect(help.row('Store 014').first()).toHaveAttribute('data-row-state', 'code');
  cancelled.interrupt();
  expect((await cancelled.ended()).exitCode).toBe(130);
  const { offer } = await laptop.state();
  expect(offer?.servers.map(({ connected }) => connected)).toEqual([false]);
});

test('@kit @security no token, device code or pairing code on the wire, at the laptop, in logs or in folders', async () => {
  const issued = new IssuedSecrets();
  await launchOwnLaptop();
  await launchOwnStore('Store 014');
  const code = await help.start();
  const wire = await computers.record(usualPairingPort);
  await useLaptop(store, `${storeAddress}:${wire.port}`, code);
  const userCode = await new Person(store, store.page).readUserCode();
  await expect(help.row('Store 014')).toHaveAttribute('data-row-state', 'code');
  // In the pane of the laptop, so that its processes have really had the pages of the Authorization server.
  await help.authorize('Store 014').click();
  const person = new Person(laptop, await laptop.pane());
  await person.signIn();
  await person.chooseOrganization('Fusion Coffee');
  await expect(person.pane.getByLabel('UserCode', { exact: true })).toHaveValue(userCode);
  await person.chooseDevice('Store 014');
  await person.authorize(userCode);
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
  expect(await store.call('license.check')).toMatchObject({ ok: true });

  issued.stop();
  const canaries = issued.all;
  expect([...canaries.keys()].map((name) => name.replace(/ .*/, ''))).toEqual(
    expect.arrayContaining(['access_token', 'refresh_token', 'device_code']),
  );
  const search = new SecretSearch(
    new Map([...canaries, ['pairing code', code], ['pairing code together', code.replace(' ', '')]]),
  );
  const plain = new SecretSearch(canaries, 'plain');
  const recorded = readFileSync(wire.file);
  expect(recorded.length).toBeGreaterThan(10_000);
  const found = search.findIn(recorded).map((name) => `${name} on the wire`);
  const shows = new SecretSearch(new Map([['Server ID', 'store-014-8f0c2d17']]), 'plain');
  const processes = await laptop.electron.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  const ofPages = await rendererProcesses(laptop.electron);
  expect(ofPages.map(([, shows]) => shows)).toEqual(expect.arrayContaining(['https:', 'fusion-console:']));
  expect(processes).toEqual(expect.arrayContaining(ofPages.map(([pid]) => pid)));
  let shown = 0;
  for (const pid of processes) {
    const memory = processMemory(pid);
    shown += shows.findIn(memory).length;
    found.push(...plain.findIn(memory).map((name) => `${name} in the memory of the laptop, process ${pid}`));
  }
  expect(shown, 'a search that finds what the laptop shows').toBeGreaterThan(0);
  let files = 0;
  for (const [name, app] of [
    ['laptop', laptop],
    ['store', store],
  ] as const) {
    await app.close();
    const below = search.findBelow(app.userData);
    files += below.files;
    found.push(...below.found.map((each) => `${each} of the ${name}`));
  }
  console.log(
    `${canaries.size} canaries, ${recorded.length} bytes on the wire, ${processes.length} processes of the laptop, ${files} files: ` +
      `${found.length} appearances`,
  );
  expect(found).toEqual([]);
});
