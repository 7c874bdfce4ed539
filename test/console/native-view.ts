import { execFileSync } from 'node:child_process';
import { expect } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

export interface NativeView {
  readonly visible: boolean;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Records from now on whether each native view of the app is visible, because Electron can set but not read that. */
export async function watchNativeViews(app: ConsoleApp): Promise<void> {
  await app.electron.evaluate(({ View }) => {
    const setVisible = Reflect.get<Electron.View, 'setVisible'>(View.prototype, 'setVisible');
    const seen = new WeakMap<Electron.View, boolean>();
    View.prototype.setVisible = function (visible) {
      seen.set(this, visible);
      setVisible.call(this, visible);
    };
    Object.assign(globalThis, { isViewSeen: (view: Electron.View) => seen.get(view) ?? false });
  });
  await app.pane();
  // Sets the visibility again, for a view that was already placed.
  await app.call('pane.show', { open: (await app.state()).pane.open });
}

/** The native view of the embedded page in the window; null if there is none. */
export function nativeView(app: ConsoleApp): Promise<NativeView | null> {
  return app.electron.evaluate(({ BrowserWindow, WebContentsView }) => {
    const { isViewSeen } = globalThis as unknown as { isViewSeen: (view: Electron.View) => boolean };
    const window = BrowserWindow.getAllWindows()[0];
    for (const view of window?.contentView.children ?? []) {
      if (view instanceof WebContentsView && view.webContents.id !== window?.webContents.id)
        return { visible: isViewSeen(view), bounds: view.getBounds() };
    }
    return null;
  });
}

/** The area that the console's page leaves for the view, in pixels of the window. */
async function placeInWindow(app: ConsoleApp): Promise<NativeView['bounds']> {
  const zoom = await app.electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0,
  );
  return app.page.locator('.pane-placeholder').evaluate((element, factor) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const [x, y] = [Math.round(left * factor), Math.round(top * factor)];
    return { x, y, width: Math.round(right * factor) - x, height: Math.round(bottom * factor) - y };
  }, zoom);
}

/** Checks that the native view is visible and exactly covers the area that the page leaves for it. */
export async function expectInPlace(app: ConsoleApp): Promise<NativeView['bounds']> {
  const apart = async () => {
    const [view, place] = [await nativeView(app), await placeInWindow(app)];
    return JSON.stringify(view) === JSON.stringify({ visible: true, bounds: place }) ? null : { view, place };
  };
  await expect.poll(apart, { message: 'the view beside the room that the page leaves for it' }).toBeNull();
  return placeInWindow(app);
}

export async function expectHidden(app: ConsoleApp): Promise<void> {
  await expect.poll(async () => (await nativeView(app))?.visible ?? false, { message: 'is the view seen' }).toBe(false);
}

/** Sets the content size of the window and the zoom of the page. */
export async function resize(app: ConsoleApp, width: number, height: number, zoom = 1): Promise<void> {
  await app.electron.evaluate(
    ({ BrowserWindow }, [w, h, factor]) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setContentSize(w, h);
      window?.webContents.setZoomFactor(factor);
    },
    [width, height, zoom] as const,
  );
  await expect
    .poll(() => app.page.evaluate(() => [innerWidth, innerHeight]))
    .toEqual([Math.round(width / zoom), Math.round(height / zoom)]);
}

/** The colour on the screen at the top left of the embedded page, such as `#FF00FF`. */
export async function colourOnScreen(app: ConsoleApp): Promise<string> {
  const window = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getContentBounds(),
  );
  const view = await nativeView(app);
  if (!window || !view) throw new Error('Nothing to look at');
  const pixel = `1x1+${window.x + view.bounds.x + 3}+${window.y + view.bounds.y + 3}`;
  const said = execFileSync('import', ['-window', 'root', '-crop', pixel, '-depth', '8', 'txt:-'], {
    encoding: 'utf8',
  });
  return /#[0-9A-F]{6}/.exec(said)?.[0] ?? said;
}
