import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { IssuedSecrets } from './issued-secrets.ts';
import { Keyboard } from './keyboard.ts';
import { readQr } from './read-qr.ts';
import { SecretSearch } from './secret-search.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';

let server: AuthorizationServer;
let app: ConsoleApp;
let secrets: IssuedSecrets;

test.beforeEach(async () => {
  secrets = new IssuedSecrets();
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
});

test.afterEach(async () => {
  await app.close();
  await server.close();
  secrets.stop();
});

const dialog = () => app.page.getByRole('dialog');
const clipboard = () => app.electron.evaluate((electron) => electron.clipboard.readText());

/** Replaces the computer's e-mail program. Returns the addresses that it got. */
async function withMailProgram(opens: boolean): Promise<() => Promise<readonly string[]>> {
  await app.electron.evaluate(({ shell }, works) => {
    const kept = globalThis as unknown as { mails: string[] };
    kept.mails = [];
    shell.openExternal = async (address) => {
      kept.mails.push(address);
      if (!works) throw new Error('no program');
    };
  }, opens);
  return () => app.electron.evaluate(() => (globalThis as unknown as { mails: string[] }).mails);
}

async function openDialog(): Promise<string> {
  await app.button('Next').click();
  await app.userCode.waitFor();
  const code = (await app.userCode.textContent()) ?? '';
  // Its words are on the screen, not only in a tooltip.
  await expect(app.button('Ask head office…')).toHaveText('Ask head office…');
  await expect(app.button('Ask head office…')).toBeInViewport({ ratio: 1 });
  await app.button('Ask head office…').click();
  await expect(dialog().getByLabel('The message')).toHaveValue(new RegExp(`User Code: ${code}`));
  return code;
}

test('@kit Ask head office: the message can be copied, opened as an e-mail and scanned, and contains no secret', async () => {
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  const code = await openDialog();
  await expectNoViolations(app, 'the message to the head office');
  await expectReachableWhenZoomed(app, 'the message to the head office');
  const mails = await withMailProgram(true);

  await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog()).toContainText('Message copied to the clipboard');
  const copied = await clipboard();
  expect(copied).toContain('Server: Store 014\nEdition: Store\n');
  expect(copied).toContain(`User Code: ${code}`);
  expect(copied).toContain('call the store back on a number that you already know');
  expect(copied).toMatch(
    /This code expires at \d\d:\d\d on .* \(GMT.*\)\. If it has expired, ask the store for a new one\.$/,
  );

  await dialog().getByRole('button', { name: 'Open in e-mail' }).click();
  await expect(dialog()).toContainText('The message is in the e-mail program.');
  const [mail = ''] = await mails();
  const { searchParams, pathname } = new URL(mail);
  expect(pathname).toBe('');
  expect([...searchParams.keys()]).toEqual(['subject', 'body']);
  expect(searchParams.get('body')).toBe(copied.replaceAll('\n', '\r\n'));

  await dialog().getByRole('button', { name: 'Use a phone' }).click();
  expect(await readQr(app, dialog().getByRole('img'))).toBe(mail);
  await dialog().getByRole('button', { name: 'Show the message' }).click();
  await expect(dialog().getByLabel('The message')).toBeVisible();
  await expect(dialog().getByRole('img')).toHaveCount(0);

  expect([...secrets.all.keys()].some((name) => name.startsWith('device_code'))).toBe(true);
  const search = new SecretSearch(secrets.all);
  for (const text of [copied, mail, decodeURIComponent(mail)]) expect(search.findIn(Buffer.from(text))).toEqual([]);

  // Head office does what the message asks for.
  await server.control.authorizeCode({ userCode: code, device: 'Store 014' });
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await expect(dialog()).toHaveCount(0);
});

test('@kit Ask head office by keyboard alone; without an e-mail program the console offers another way', async () => {
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  await app.button('Next').click();
  await app.userCode.waitFor();
  await withMailProgram(false);
  const keyboard = new Keyboard(app);
  while ((await keyboard.place()) !== 'console') await keyboard.press('F6');
  await keyboard.tabTo('Ask head office…');
  await keyboard.press('Enter');
  await expect(dialog().getByLabel('The message')).toBeFocused();
  await keyboard.tabTo('Open in e-mail');
  await keyboard.press('Enter');
  await expect(app.failure('mail_not_opened')).toContainText('Copy the message, or choose Use a phone.');
  await keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
  await expect(app.button('Ask head office…')).toBeFocused();
});

test('@kit Ask head office: an expired code is not replaced automatically, and a new one makes the message outdated', async () => {
  server.control.configure({ codeLifeSeconds: 4 });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  const old = await openDialog();
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(app.failure('expired_token')).toBeVisible();
  await expect(dialog()).toHaveCount(0);
  expect(server.control.requests({ endpoint: 'device_authorization' }).requests).toHaveLength(1);

  server.control.configure({ codeLifeSeconds: 300 });
  await app.button('Get a new code').click();
  await expect(app.page.locator('.copied', { hasText: 'Your message has an old code' })).toBeVisible();
  await expectNoViolations(app, 'an old message');
  await app.button('Ask head office…').click();
  await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(app.page.locator('.copied', { hasText: 'Your message has an old code' })).toHaveCount(0);
  expect(await clipboard()).not.toContain(old);
});

test('@kit Ask head office: the name of a server cannot add a line, a recipient or a direction mark to the message', async () => {
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
  const { profile } = await app.state();
  const hostile = `Store&cc=evil@b.example?bcc=x\u202E%0D%0ABcc: 🏪${'x'.repeat(30)}`;
  expect(await app.call('profile.rename', { id: profile?.id, serverName: hostile })).toMatchObject({ ok: true });
  await openDialog();
  const mails = await withMailProgram(true);
  await dialog().getByRole('button', { name: 'Open in e-mail' }).click();
  await expect.poll(async () => (await mails()).length).toBe(1);
  const [mail = ''] = await mails();
  expect(mail).toMatch(/^mailto:\?subject=[\w.~%-]+&body=[\w.~%-]+$/);
  const body = new URL(mail).searchParams.get('body') ?? '';
  expect(body.split('\r\n').filter((line) => /Bcc/.test(line))).toEqual([
    expect.stringMatching(/^Server: Store&cc=evil@b\.example\?bcc=x%0D%0ABcc: 🏪x+$/),
  ]);
});
