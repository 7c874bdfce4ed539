import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { Opened } from './opened.ts';
import { Person } from './person.ts';
import { HelpPage, useLaptop } from './two-computers/help-page.ts';
import { ServerAndComputers } from './two-computers/server-and-computers.ts';
import {
  laptopAddress,
  laptopAddressV6,
  type NetworkOptions,
  outsideAddress,
  publicAddress,
} from './two-computers/store-and-laptop.ts';
import type { AuthorizationServer } from './watched-sandbox.ts';

const opened = new Opened();
let server: AuthorizationServer;
let help: HelpPage;
let store: ConsoleApp;

test.afterEach(() => opened.close());

const hourMs = 3_600_000;

async function open(options: NetworkOptions = {}, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const scene = await ServerAndComputers.open(opened, options);
  ({ server } = scene);
  help = new HelpPage(await scene.launchOwn('laptop', 'Laptop', { env }));
  store = await scene.launchOwn('store', 'Store 014');
}

/** Pairs the store. Resolves to its User Code. */
async function pair(address: string): Promise<string> {
  await useLaptop(store, address, await help.start());
  const userCode = await new Person(store, store.page).readUserCode();
  await expect(help.row('Store 014').getByTestId('helped-user-code')).toHaveText(userCode);
  return userCode;
}

async function authorizeInPane(userCode: string): Promise<void> {
  await help.authorize('Store 014').click();
  const person = new Person(help.laptop, await help.laptop.pane());
  await person.signIn();
  await person.chooseOrganization('Fusion Coffee');
  await person.chooseDevice('Store 014');
  await person.authorize(userCode);
}

const authorizeAtServer = (userCode: string) => server.control.authorizeCode({ userCode, device: 'Store 014' });

/** The store is licensed, and its license is refreshed through the laptop. */
async function isLicensedAndRefreshed(): Promise<void> {
  await help.isLicensed('Store 014', store, 'store-014-8f0c2d17');
  const before = await help.bytesUp('Store 014');
  expect(await store.call('license.check')).toMatchObject({ ok: true });
  await expect.poll(() => help.bytesUp('Store 014')).toBeGreaterThan(before);
}

test('@kit a store whose network has IPv6 only is licensed through a laptop', async () => {
  await open({ isStoreV6: true });
  await authorizeAtServer(await pair(laptopAddressV6));
  await isLicensedAndRefreshed();
  await expect(help.laptop.page.locator('.pairing')).toContainText(laptopAddressV6);
});

test('@kit an Authorization server with a public address is reached through a laptop', async () => {
  await open({ server: publicAddress });
  await authorizeInPane(await pair(laptopAddress));
  await isLicensedAndRefreshed();
});

test('@kit a laptop that reaches the Authorization server only through a proxy helps a store, and asks the proxy for no other host', async () => {
  const asked: string[] = [];
  const proxy = createServer((_request, response) => void response.writeHead(403).end());
  proxy.on('connect', ({ url = '' }, client) => {
    asked.push(url);
    const far = connect(Number(url.split(':')[1]), outsideAddress, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(far).pipe(client);
    });
    for (const end of [client, far]) end.on('error', () => [client, far].forEach((each) => each.destroy()));
  });
  // The cable is there only after the networks were made.
  proxy.listen(0, '0.0.0.0');
  await once(proxy, 'listening');
  opened.add({
    close: async () => {
      proxy.close();
      proxy.closeAllConnections();
    },
  });
  const address = `http://${outsideAddress}:${(proxy.address() as AddressInfo).port}`;
  await open({ server: null }, { https_proxy: address, http_proxy: address, XDG_CURRENT_DESKTOP: '' });
  await authorizeInPane(await pair(laptopAddress));
  await isLicensedAndRefreshed();
  // And no other host: each new session of Electron would ask Google for a dictionary.
  expect(new Set(asked)).toEqual(new Set([new URL(server.issuer).host]));
});

test('@kit a laptop whose clock is two days fast licenses a store whose clock is seven hours slow', async () => {
  await open();
  // The certificate of the pairing is not yet valid for anybody with a right clock.
  await help.laptop.setClockOffset(48 * hourMs);
  await store.setClockOffset(-7 * hourMs);
  await authorizeAtServer(await pair(laptopAddress));
  await isLicensedAndRefreshed();
});
