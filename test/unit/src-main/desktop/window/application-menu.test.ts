import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerMenu,
  type MenuActions,
  setApplicationMenu,
} from '../../../../../src-main/desktop/window/application-menu.ts';

const { windows, set, FakeWindow } = vi.hoisted(() => ({
  windows: [] as unknown[],
  set: [] as MenuItemConstructorOptions[][],
  FakeWindow: class {
    static getAllWindows() {
      return windows;
    }
    readonly #parent: unknown;
    constructor(parent: unknown = null) {
      this.#parent = parent;
    }
    getParentWindow() {
      return this.#parent;
    }
  },
}));

vi.mock('electron', () => ({
  BrowserWindow: FakeWindow,
  Menu: {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (template: MenuItemConstructorOptions[]) => set.push(template),
  },
}));

const menus = () => set.at(-1) ?? [];
const itemsOf = (menu: MenuItemConstructorOptions) =>
  (menu.submenu as MenuItemConstructorOptions[]).filter(({ type }) => type !== 'separator');
const plain = (label = '') => label.replace(/&(?!&)/, '');

describe('the menu bar', () => {
  beforeEach(() => setApplicationMenu());

  it('has the usual menus in the usual order', () => {
    expect(menus().map(({ label }) => plain(label))).toEqual(['File', 'Edit', 'View', 'Go', 'Help']);
  });

  it('uses each key for one entry, and each letter for one entry of a menu', () => {
    const keys = menus().flatMap((menu) => itemsOf(menu).flatMap(({ accelerator }) => accelerator ?? []));
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
    expect(keys).toEqual(expect.arrayContaining(['F1', 'F5', 'CommandOrControl+,', 'CommandOrControl+P']));
    for (const group of [menus(), ...menus().map(itemsOf)]) {
      const letters = group.flatMap(({ label }) => /&(\w)/.exec(label ?? '')?.[1]?.toLowerCase() ?? []);
      expect(letters.toSorted()).toEqual([...new Set(letters)].toSorted());
    }
  });

  it('has no tools for developers, and nothing that reloads the console itself', () => {
    const roles = menus().flatMap((menu) => itemsOf(menu).map(({ role }) => role));
    for (const role of ['toggleDevTools', 'reload', 'forceReload', 'resetZoom']) expect(roles).not.toContain(role);
  });

  it("acts on the console's window, even from a child window, and on none before that window answers", () => {
    const done: string[] = [];
    const window = new FakeWindow() as unknown as BrowserWindow;
    windows.push(window);
    const press = (wanted: string, focused?: unknown) => {
      const item = menus()
        .flatMap(itemsOf)
        .find(({ label }) => plain(label) === wanted);
      item?.click?.(item as never, focused as never, {});
    };
    press('Reload');
    const actions: MenuActions = {
      go: (page) => done.push(page),
      choose: (choice) => done.push(choice),
      back: () => done.push('back'),
      reload: () => done.push('reload'),
      zoom: (change) => done.push(change),
    };
    answerMenu(window, actions);
    for (const label of ['Reload', 'History', 'Larger', 'Print…', 'About Fusion License Console', 'Open log folder'])
      press(label);
    expect(done).toEqual(['reload', 'history', 'in', 'print', 'about', 'open_log_folder']);
    press('Reload', new FakeWindow(window));
    expect(done.at(-1)).toBe('reload');
    expect(done).toHaveLength(7);
  });
});
