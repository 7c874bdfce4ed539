import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { expectNoViolations } from './usability.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

/** The message about a successful action: shown once, for a moment, and never in contradiction to the page. */
test.describe.configure({ mode: 'serial' });

let server: AuthorizationServer;
let app: ConsoleApp;
const toast = () => app.page.locator('.toast');
const dialog = () => app.page.getByRole('dialog');
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });

interface Heard {
  readonly sentence: string;
  /** Was a dialog open, outside of which a screen reader hears nothing? */
  readonly behindDialog: boolean;
}

/** Records each change of the live region from now on. */
async function listen(): Promise<void> {
  await app.page.locator('output[aria-live]').waitFor({ state: 'attached' });
  await app.page.evaluate(() => {
    const heard: Heard[] = [];
    Object.assign(globalThis, { heard });
    const region = document.querySelector('output[aria-live]');
    if (!region) throw new Error('There is no live region');
    new MutationObserver(() =>
      heard.push({
        sentence: (region.textContent ?? '').trim(),
        behindDialog: document.querySelector('dialog[open]') !== null,
      }),
    ).observe(region, { childList: true, characterData: true, subtree: true });
  });
}

/** Expects the toast, and that a screen reader announced it exactly once. */
async function expectToast(sentence: string): Promise<void> {
  await expect(toast()).toHaveText(sentence);
  const heard = async () =>
    (await app.page.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard)).filter(
      (each) => each.sentence === sentence,
    );
  await expect.poll(heard).toEqual([{ sentence, behindDialog: false }]);
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

test.beforeAll(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await listen();
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

test('@clerk a field is copied: a toast in a landmark, without a fault for axe, which a new problem ends', async () => {
  await app.button('Copy Server ID').click();
  await expectToast('Server ID copied.');
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe(await app.field('serverId').textContent());
  await expect(app.page.getByRole('region', { name: 'Result' })).toHaveText('Server ID copied.');
  // The pointer over it keeps it, so that time cannot end it.
  await toast().hover();
  await expectNoViolations(app, 'a toast');
  await server.stop();
  expect(await app.call('license.check')).toMatchObject({ ok: false });
  await expect(toast()).toHaveCount(0);
  await server.start();
  expect(await app.call('license.check')).toMatchObject({ ok: true });
});

test('@clerk servers added, edited, renamed and forgotten: each toast names the server', async () => {
  await app.button('Settings').click();
  await app.button('Add another server').click();
  await dialog().getByRole('radio', { name: 'Store' }).check();
  await dialog().getByLabel('Server name').fill('Store 015');
  await inDialog('Check and continue').click();
  await expectToast('Store 015 was added.');
  await expect(app.page.locator('.title-name')).toContainText('Store 015');

  await app.button('Settings').click();
  await app.button('Edit… Store 014').click();
  await inDialog('Check and save').click();
  await expectToast('The settings of Store 014 were saved.');
  await app.button('Rename… Store 015').click();
  await dialog().getByLabel('Server name').fill('Store 016');
  await inDialog('Rename').click();
  await expectToast('The server is now called Store 016.');
  await app.button('Forget… Store 016').click();
  await inDialog('Forget').click();
  await expectToast('Store 016 was forgotten.');
  await expect(app.page.locator('.title-name')).toHaveText('Store 014');
});

test('a client of the local license API is revoked, a port is chosen: a toast', async () => {
  await app.createClient({ name: 'POS server', may: ['verify'] });
  await app.button('Registers & servers').click();
  await app.button('Revoke… POS server').click();
  await inDialog('Revoke').click();
  await expectToast('POS server was revoked.');
  await app.page.getByRole('switch', { name: 'Let programs on this computer use the license' }).click();
  await app.page.getByRole('switch', { name: 'Also over TCP' }).click();
  const port = await freePort();
  await app.page.getByLabel('Port', { exact: true }).fill(String(port));
  await app.button('Use this port').click();
  await expectToast(`Port ${port} is used from now on.`);
});

test('@clerk a license is removed: the toast names its server, and ends when the next license is begun', async () => {
  await app.button('License').click();
  await app.button('Remove License…').click();
  await inDialog('Remove License').click();
  await expectToast('The license of Store 014 was removed. The authorization was ended at the Authorization server.');
  await expect(app.status).toHaveText('Not licensed');
  await expect(app.page.locator('.notice')).toHaveCount(0);
  await expect(app.page.locator('h1[tabindex]')).toBeFocused();
  await toast().hover();
  expect(await app.call('acquisition.start')).toMatchObject({ ok: true });
  await expect(app.userCode).toBeVisible();
  await expect(toast()).toHaveCount(0);
  expect(await app.call('acquisition.cancel')).toMatchObject({ ok: true });
});

test('a license is removed here only: no toast, but a notice that names the server', async ({ openGrants }) => {
  openGrants.mayStayOpen('revocation impossible');
  await app.authorizeAt(server.control, 'Store 014');
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  expect(await app.call('license.remove', { hereOnly: true })).toMatchObject({ ok: true });
  await expect(app.page.getByText('The license of Store 014 was removed here only')).toBeVisible();
  await expect(toast()).toHaveCount(0);
});
