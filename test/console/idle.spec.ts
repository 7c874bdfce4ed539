import { expect, test } from './console-test.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';

const device = 'Store 014';
const idleSeconds = process.env['FLC_LONG'] === '1' ? 600 : 70;

interface Idle {
  readonly timers: { readonly delayMs: number; fired: number }[];
}

/** Records every timer of the main process from now on: its delay, and how often it woke the process. */
async function noteTimers(app: ConsoleApp): Promise<void> {
  await app.electron.evaluate(() => {
    const idle: Idle = { timers: [] };
    Object.assign(globalThis, { licenseConsoleIdle: idle });
    for (const name of ['setTimeout', 'setInterval'] as const) {
      const original = globalThis[name] as (wake: () => void, delayMs?: number, ...rest: unknown[]) => unknown;
      const noting = (wake: () => void, delayMs = 0, ...rest: unknown[]) => {
        const timer = { delayMs, fired: 0 };
        idle.timers.push(timer);
        return original(
          () => {
            timer.fired += 1;
            wake();
          },
          delayMs,
          ...rest,
        );
      };
      Object.assign(globalThis, { [name]: noting });
    }
  });
}

test(`@lifecycle idle for ${idleSeconds} s without a window: no timer faster than one a minute, no network request`, async () => {
  test.setTimeout((idleSeconds + 120) * 1000);
  const server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 }, tokenLifeSeconds: 5 * 86_400 });
  const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
  await app.pane();
  await app.authorizeAt(server.control, device);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await app.call('background.keep_running', { on: true });
  await app.closeWindow();
  await expect.poll(() => app.windowCount()).toBe(0);

  await noteTimers(app);
  server.control.clearRequests();
  const endsAt = performance.now() + idleSeconds * 1000;
  await expect
    .poll(() => performance.now() >= endsAt, { timeout: (idleSeconds + 60) * 1000, intervals: [5_000] })
    .toBe(true);
  const { timers } = await app.electron.evaluate(
    () => (globalThis as unknown as { licenseConsoleIdle: Idle }).licenseConsoleIdle,
  );
  const requests = server.control.requests().requests.length;
  const wakes = timers.reduce((sum, { fired }) => sum + fired, 0);
  const delays = [...new Set(timers.map(({ delayMs }) => delayMs))];
  console.log(
    `Idle for ${idleSeconds} s: ${timers.length} timers set (${delays.join(', ')} ms), ${wakes} wakes, ${requests} requests`,
  );
  expect(timers.filter(({ delayMs }) => delayMs < 60_000)).toEqual([]);
  expect(requests).toBe(0);
  // Proves that timers are recorded: the license is evaluated once a minute.
  expect(timers.length).toBeGreaterThan(0);
  await app.close();
  await server.close();
});
