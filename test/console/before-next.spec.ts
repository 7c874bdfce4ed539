import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { sessionKeyring } from './session-keyring.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';

/** Waits until the console has checked this computer automatically. */
async function untilChecked(app: ConsoleApp): Promise<void> {
  await expect
    .poll(async () => (await app.state()).preflight, { timeout: 20_000 })
    .toMatchObject({ askedBy: 'console', state: 'done' });
}

test('@kit before Next: nothing is shown if nothing is wrong, and the server gets one request', async () => {
  const server = await startAuthorizationServer();
  const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
  await untilChecked(app);
  for (const endpoint of ['discovery', 'jwks'] as const)
    expect(server.control.requests({ endpoint }).requests, endpoint).toHaveLength(1);
  await expect(app.button('Next')).toBeVisible();
  await expect(app.page.locator('.notice')).toHaveCount(0);
  // The page comes back, but the checks do not run again.
  await app.button('Help').click();
  await app.button('License').click();
  await expect(app.button('Next')).toBeVisible();
  // A notice is loaded only when it is needed. By now it would have been.
  await expect(app.page.locator('.notice')).toHaveCount(0);
  await app.button('Next').click();
  await app.userCode.waitFor();
  expect(server.control.requests({ endpoint: 'jwks' }).requests).toHaveLength(1);
  await app.call('acquisition.cancel');
  await app.close();
  await server.close();
});

test('@kit before Next: a problem is shown with who can fix it and a link to all checks, and disappears once it is fixed', async () => {
  const server = await startAuthorizationServer();
  const withoutDeviceFlow = { kind: 'edit-json', members: { device_authorization_endpoint: null } } as const;
  server.control.addFault({ endpoint: 'discovery', fault: withoutDeviceFlow });
  const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
  const notice = app.failure('device_flow_unsupported');
  await expect(notice).toContainText(/^User Codes: /);
  await expect(notice).toContainText('Ask the people who run the Authorization server.');
  await expectNoViolations(app, 'a check that failed before Next');
  await expectReachableWhenZoomed(app, 'a check that failed before Next');
  await notice.getByRole('button', { name: 'All Checks' }).click();
  const check = app.page.getByRole('region', { name: 'Is everything right on this computer?' });
  await expect(check.getByText('One thing does not work.')).toBeVisible();
  await app.button('License').click();
  server.control.clearFaults();
  await notice.getByRole('button', { name: 'Check Again' }).click();
  await expect(notice).toHaveCount(0);
  await expect(app.button('Next')).toBeVisible();
  await app.close();
  await server.close();
});

test.afterEach(async () => {
  if (process.platform === 'linux' && (await sessionKeyring.isLocked())) await sessionKeyring.unlock();
});

test('@kit before Next: a locked keychain, which has its own notice, is not named twice', async () => {
  test.skip(process.platform !== 'linux', 'The keychain of this system unlocks automatically');
  const server = await startAuthorizationServer();
  await sessionKeyring.lock();
  const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
  await untilChecked(app);
  expect((await app.state()).preflight?.results.flatMap(({ failure }) => failure?.code ?? [])).toContain(
    'secret_store_locked',
  );
  await expect(app.failure('secret_store_locked')).toHaveCount(1);
  await app.close();
  await server.close();
});

test('@kit before Next: a server that the page on the right cannot reach either is not named twice', async () => {
  const server = await startAuthorizationServer();
  const { issuer } = server;
  await server.stop();
  const app = await ConsoleApp.launch({ issuer, serverName: 'Store 014' });
  await untilChecked(app);
  const { preflight, pane } = await app.state();
  expect(preflight?.results.flatMap(({ failure }) => failure?.code ?? [])).toContain('network_unreachable');
  expect(pane.failure?.code).toBe('network_unreachable');
  await expect(app.failure('network_unreachable')).toHaveCount(1);
  await app.close();
  await server.close();
});
