import { expect, test } from '@playwright/test';
import { ConsoleApp } from './console-app.ts';

test('first run: asks for the Authorization server', async () => {
  const app = await ConsoleApp.launch();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await app.close();
});

test('what is pressed on the painted page before its script runs is done once it does', async () => {
  const app = await ConsoleApp.launch({ issuer: 'http://127.0.0.1:9' });
  // The page hears of its first paint, and of the time that it waits for that at most, when this test says so.
  await app.page.addInitScript(() => {
    const held: (() => void)[] = [];
    globalThis.PerformanceObserver = class {
      observe() {}
      disconnect() {}
    } as unknown as typeof PerformanceObserver;
    globalThis.setTimeout = ((wake: () => void) => held.push(wake)) as unknown as typeof setTimeout;
    Object.assign(globalThis, { go: () => held.splice(0).forEach((wake) => wake()) });
  });
  await app.page.reload();
  await app.button('Settings').click();
  await expect(app.page.getByRole('heading', { name: 'Settings' })).toHaveCount(0);
  await app.page.evaluate(() => (globalThis as unknown as { go(): void }).go());
  await expect(app.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(app.button('Settings')).toHaveAttribute('aria-current', 'page');
  await app.close();
});
