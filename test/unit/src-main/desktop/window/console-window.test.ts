import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';

/** Electron's window, as far as opening it goes. */
class Window extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => {}, setZoomFactor: () => {} });
  isDestroyed = () => false;
  shown = 0;
  maximized = 0;
  show = () => void (this.shown += 1);
  maximize = () => void (this.maximized += 1);
  loadURL = () => Promise.resolve();
}

const windows: Window[] = [];
vi.mock('electron', () => ({
  app: { getName: () => 'Fusion License Console' },
  BrowserWindow: class extends Window {
    constructor() {
      super();
      windows.push(this);
    }
  },
  screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1366, height: 768 } }] },
}));
const { openConsoleWindow } = await import('../../../../../src-main/desktop/window/console-window.ts');

const place = { x: 0, y: 0, width: 1280, height: 700 };

describe('the console’s window is shown once', () => {
  beforeEach(() =>
    openConsoleWindow({
      session: {} as never,
      preload: 'preload.cjs',
      kept: { ...place, maximized: true },
      zoom: { percent: () => 100, save: () => {} },
      onMoved: () => {},
    }),
  );

  it.each([
    ['as soon as it is painted', ['ready-to-show']],
    ['also if Electron does not report the first paint', ['did-stop-loading']],
    ['if both are reported', ['ready-to-show', 'did-stop-loading']],
    [
      'if the page is loaded before it is painted, and loaded again later',
      ['did-stop-loading', 'ready-to-show', 'did-stop-loading'],
    ],
  ])('%s', (_when, events) => {
    const opened = windows.at(-1);
    expect(opened?.shown).toBe(0);
    for (const event of events) (event === 'ready-to-show' ? opened : opened?.webContents)?.emit(event);
    expect([opened?.shown, opened?.maximized]).toEqual([1, 1]);
  });
});
