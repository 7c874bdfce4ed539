import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { otherDevices } from './other-devices.ts';
import { Person } from './person.ts';
import { storedAccounts } from './real-keychain.ts';
import { sessionNotifications } from './session-notifications.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
});

test.afterEach(async () => {
  await app.close();
  await server.close();
});

const question = () => app.page.getByTestId('server-question');
const answer = (name: string) => question().getByRole('button', { name, exact: true });
const grantsOf = (device: string) => server.control.grantsOfDevice({ device }).grants;
const serverName = async () => (await app.state()).profile?.serverName;

/** The page as main serves it now, before any script has run. */
const firstPaint = () =>
  app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) throw new Error('There is no window');
    return (await contents.session.fetch(contents.getURL())).text();
  });

async function authorizeOther(): Promise<Person> {
  const person = new Person(app, await app.pane());
  await server.control.authorizeCode({ userCode: await person.next(), device: 'Store 016' });
  await expect(question()).toContainText('This license is for Store 016, not Store 014');
  return person;
}

test.describe('@clerk the wrong device was chosen', () => {
  test('Undo ends its authorization; the right device is licensed with the next code', async () => {
    const person = await authorizeOther();
    await expect(app.status).toHaveText(/Not licensed/);
    await answer('Undo').click();
    const userCode = await person.readUserCode();
    expect(grantsOf('Store 016')).toEqual([]);
    await server.control.authorizeCode({ userCode, device: 'Store 014' });
    await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
    expect(await serverName()).toBe('Store 014');
    await expect(question()).toHaveCount(0);
  });

  test('Keep it and rename, by keyboard alone, even after the console was killed', async () => {
    await authorizeOther();
    const { userData } = app;
    await app.kill();
    app = await ConsoleApp.launch({ userData });
    await expect(question()).toContainText('not Store 014');
    await expect(app.status).toHaveText(/Not licensed/);
    await expect.poll(() => question().locator(':focus').count()).toBe(1);
    await app.page.keyboard.press('Tab');
    await expect(answer('Undo')).toBeFocused();
    await app.page.keyboard.press('Tab');
    await expect(answer('Keep it and rename')).toBeFocused();
    await app.page.keyboard.press('Enter');
    await expect(app.field('serverId')).toHaveText('store-016-b3609fd8');
    expect(await serverName()).toBe('Store 016');
    expect(grantsOf('Store 016')).toHaveLength(1);
    expect((await storedAccounts(userData)).filter((name) => name.startsWith('pending.'))).toEqual([]);
  });

  test('the previous license stays in use while the question is open', async () => {
    await app.pane();
    await app.authorizeAt(server.control, 'Store 014');
    await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
    expect(await app.call('acquisition.start')).toMatchObject({ ok: true });
    await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device: 'Store 016' });
    await expect(question()).toContainText('store-014-8f0c2d17');
    await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
    expect(grantsOf('Store 014')).toHaveLength(1);
    await expect(app.page.locator('.status-badge')).toHaveText('Licensed');
    const painted = await firstPaint();
    expect(painted).toContain('class="status-badge"');
    expect(painted, 'a window that is opened now').not.toContain('class="status-card"');
    await answer('Keep it and rename').click();
    await expect(app.field('serverId')).toHaveText('store-016-b3609fd8');
    await expect.poll(() => grantsOf('Store 014')).toEqual([]);
  });
});

test.describe('@clerk nothing is announced, and the previous license stays in use, for', () => {
  for (const { what, device, set, code } of otherDevices) {
    test(what, async () => {
      await app.pane();
      await app.authorizeAt(server.control, 'Store 014');
      await expect(app.field('serverId')).toHaveText('store-014-8f0c2d17');
      await sessionNotifications.forget();
      server.control.overrideClaims({ device, set });
      expect(await app.call('acquisition.start')).toMatchObject({ ok: true });
      await expect(app.userCode).toBeVisible();
      await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
      await expect(code === null ? question() : app.failure(code)).toBeVisible();
      await expect(app.page.getByText('You can close this window')).toHaveCount(0);
      expect((await app.state()).license?.details).toMatchObject({
        serverId: 'store-014-8f0c2d17',
        organization: { name: 'Fusion Coffee' },
        edition: 'store',
      });
      expect(await serverName()).toBe('Store 014');
      const titles = async () => (await sessionNotifications.shown()).map(({ title }) => title);
      const waits = 'Store 014: A new license is waiting for your answer';
      await expect.poll(titles).toEqual(code === null ? [waits] : []);
      if (code === null) {
        server.control.clearClaimOverrides({});
        await answer('Undo').click();
        await expect(app.userCode).toBeVisible();
        await expect(question()).toHaveCount(0);
      }
      if (device !== 'Store 014') await expect.poll(() => grantsOf(device)).toEqual([]);
      expect((await app.state()).license?.details.serverId).toBe('store-014-8f0c2d17');
      // Newest first.
      await expect.poll(titles).toEqual(code === null ? ['Store 014: Back to normal', waits] : []);
    });
  }
});
