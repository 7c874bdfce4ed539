import { expect } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

interface OpenMenu {
  readonly menu: Electron.Menu;
  isOpen: boolean;
}

/**
 * The context menus of the console. They are native, so Playwright does not see them. They open as for a person, and Electron
 * reports when one is on the screen.
 */
export class NativeMenus {
  readonly #app: ConsoleApp;

  private constructor(app: ConsoleApp) {
    this.#app = app;
  }

  static async watch(app: ConsoleApp): Promise<NativeMenus> {
    await app.electron.evaluate(({ Menu }) => {
      const seen = globalThis as unknown as { lastMenu?: OpenMenu | undefined };
      const popup = Reflect.get<Electron.Menu, 'popup'>(Menu.prototype, 'popup');
      Menu.prototype.popup = function (options) {
        const opened: OpenMenu = { menu: this, isOpen: false };
        seen.lastMenu = opened;
        this.once('menu-will-show', () => (opened.isOpen = true));
        popup.call(this, options);
      };
    });
    return new NativeMenus(app);
  }

  /** The entries of the menu on the screen as one line. A disabled entry is in brackets, and groups are divided by a bar. */
  async shown(): Promise<string> {
    const read = () =>
      this.#app.electron.evaluate(() => {
        const { lastMenu } = globalThis as unknown as { lastMenu?: OpenMenu | undefined };
        if (!lastMenu?.isOpen) return null;
        const say = ({ type, label, enabled }: Electron.MenuItem) => {
          if (type === 'separator') return '|';
          return enabled ? label.replace('&', '') : `(${label.replace('&', '')})`;
        };
        return lastMenu.menu.items.map(say).join(' ');
      });
    await expect.poll(read, { message: 'the menu on the screen' }).not.toBeNull();
    return (await read()) ?? '';
  }

  /** Chooses an entry of the menu on the screen, and closes the menu. */
  async choose(label: string): Promise<void> {
    expect(await this.shown()).toContain(label);
    await this.#app.electron.evaluate(({ BrowserWindow }, wanted) => {
      const seen = globalThis as unknown as { lastMenu?: OpenMenu | undefined };
      const [window] = BrowserWindow.getAllWindows();
      const { menu } = seen.lastMenu ?? {};
      seen.lastMenu = undefined;
      menu?.closePopup(window);
      menu?.items.find((item) => item.label.replace('&', '') === wanted)?.click();
    }, label);
  }

  async close(): Promise<void> {
    await this.#app.electron.evaluate(({ BrowserWindow }) => {
      const seen = globalThis as unknown as { lastMenu?: OpenMenu | undefined };
      seen.lastMenu?.menu.closePopup(BrowserWindow.getAllWindows()[0]);
      seen.lastMenu = undefined;
    });
  }
}

/** Chooses an entry of the menu bar, which is native, by its label. */
export async function chooseInMenuBar(app: ConsoleApp, label: string): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow, Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    const [window] = BrowserWindow.getAllWindows();
    const item = items.find((each) => each.label.replace('&', '') === wanted);
    if (!item?.enabled) throw new Error(`The menu bar does not offer ${wanted}`);
    item.click(undefined, window, window?.webContents);
  }, label);
}
