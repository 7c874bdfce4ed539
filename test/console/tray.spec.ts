import { backgroundSettingsWords } from '../../src-shared/words/english/background-words.ts';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { SessionPanel } from './session-panel.ts';

test.describe('@lifecycle the icon next to the clock', () => {
  test.skip(process.platform !== 'linux', 'Windows and macOS always show such icons');
  const { trayShown, trayUnsure } = backgroundSettingsWords;

  test('appears when the panel starts after the console, and again after the panel has restarted', async () => {
    const app = await ConsoleApp.launch({ issuer: 'http://127.0.0.1:9' });
    await app.button('Settings').click();
    await expect(app.page.getByText(trayUnsure)).toBeVisible();

    for (let count = 1; count <= 2; count += 1) {
      const panel = await SessionPanel.start();
      await expect(app.page.getByText(trayShown)).toBeVisible();
      await expect.poll(() => panel.items).toHaveLength(1);
      await panel.stop();
      await expect(app.page.getByText(trayUnsure)).toBeVisible();
    }

    const panel = await SessionPanel.start({ isHost: false });
    panel.setHost(true);
    await expect(app.page.getByText(trayShown)).toBeVisible();
    await expect.poll(() => panel.items).toHaveLength(1);
    panel.setHost(false);
    await expect(app.page.getByText(trayUnsure)).toBeVisible();
    await panel.stop();
    await app.close();
  });

  test('disappears while the window is closed: another start opens the window', async () => {
    const panel = await SessionPanel.start();
    const app = await ConsoleApp.launch();
    await expect.poll(() => panel.items).toHaveLength(1);
    expect(await app.call('background.keep_running', { on: true })).toMatchObject({ ok: true });
    await app.closeWindow();
    await expect.poll(() => app.windowCount()).toBe(0);
    await panel.stop();
    await app.startAgain();
    await app.windowOpened();
    await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
    await app.close();
  });
});
