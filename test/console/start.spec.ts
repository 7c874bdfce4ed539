import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';

test('first run: asks for the Authorization server', async () => {
  const app = await ConsoleApp.launch();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await app.close();
});

test('a button pressed on the painted page before its script runs takes effect once it runs', async () => {
  const app = await ConsoleApp.launch({ issuer: 'http://127.0.0.1:9' });
  // Holds back the first-paint event and the timer that limits waiting for it, until the test releases them.
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

test('the zoom of the console is saved, and applies from the first paint on', async () => {
  let app = await ConsoleApp.launch();
  const { userData } = app;
  const zoom = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor());
  const chooseInMenu = (label: string) =>
    app.electron.evaluate(({ BrowserWindow, Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
      const [window] = BrowserWindow.getAllWindows();
      items.find((item) => item.label.replace('&', '') === wanted)?.click(undefined, window, window?.webContents);
    }, label);
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  const keyboard = new Keyboard(app);
  for (const [key, factor] of [
    ['Control++', 1.1],
    ['Control+=', 1.25],
    ['Control+-', 1.1],
    ['Control+0', 1],
  ] as const) {
    await keyboard.press(key);
    await expect.poll(zoom, key).toBeCloseTo(factor);
  }
  for (const label of ['Larger', 'Larger', 'Smaller']) await chooseInMenu(label);
  await expect.poll(zoom).toBeCloseTo(1.1);
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(await zoom()).toBeCloseTo(1.1);
  await app.close();

  app = await ConsoleApp.launchInBackground({ userData });
  // A page that changes its zoom only after the first paint would visibly jump.
  await app.electron.context().addInitScript(() => {
    const painted = new PerformanceObserver(() => {
      Object.assign(globalThis, { ratioAtFirstPaint: devicePixelRatio });
      painted.disconnect();
    });
    painted.observe({ type: 'paint', buffered: true });
  });
  await app.startAgain();
  await app.windowOpened();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  const ratio = (name: string) =>
    app.page.evaluate((asked) => (globalThis as unknown as Record<string, number>)[asked], name);
  await expect.poll(() => ratio('ratioAtFirstPaint')).toBeCloseTo(1.1);
  expect(await ratio('devicePixelRatio')).toBeCloseTo(1.1);
  await chooseInMenu('Usual size');
  await expect.poll(zoom).toBeCloseTo(1);
  // The zoom also holds if the page is reloaded in a window that was opened with a larger zoom.
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  expect(await zoom()).toBeCloseTo(1);
  await app.close();
});
