import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';

const device = 'Store 014';

/** Ends Chromium's network process, as a crash does. Resolves when Chromium has started another one. */
async function endNetworkProcess({ electron }: ConsoleApp): Promise<void> {
  const find = () =>
    electron.evaluate(
      ({ app }) =>
        app.getAppMetrics().find(({ serviceName }) => serviceName === 'network.mojom.NetworkService')?.pid ?? 0,
    );
  const before = await find();
  expect(before).toBeGreaterThan(0);
  process.kill(before, 'SIGKILL');
  await expect.poll(async () => ![0, before].includes(await find())).toBe(true);
}

test('T6: Chromium’s network process ends while polling, with the pane open and while licensed: all of them go on', async () => {
  const server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
  const pane = async () => (await app.state()).pane;
  await app.button('Next').click();
  await app.userCode.waitFor();
  await expect.poll(async () => (await pane()).loading).toBe(false);
  await endNetworkProcess(app);
  for (const intent of ['pane.reload', 'pane.home', 'pane.sign_out'] as const) {
    expect(await app.call(intent), intent).toMatchObject({ ok: true });
    await expect.poll(async () => (await pane()).loading, intent).toBe(false);
    expect((await pane()).failure, intent).toBeNull();
  }
  await server.control.authorizeCode({ userCode: (await app.userCode.textContent()) ?? '', device });
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  for (let times = 0; times < 2; times += 1) {
    await endNetworkProcess(app);
    expect(await app.call('license.check')).toMatchObject({ ok: true });
  }
  expect((await app.state()).refresh.lastFailure).toBeUndefined();
  await app.close();
  await server.close();
});
