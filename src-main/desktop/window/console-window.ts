import { app, BrowserWindow, type Rectangle, screen, type Session } from 'electron';
import type { WindowSettings } from '../../servers/server-profiles.ts';
import { consolePage } from './console-scheme.ts';
import { type KeptZoom, keepZoom } from './page-zoom.ts';
import icon from '../icon/window.png?asset';

const defaultSize = { width: 1280, height: 800 };
const leastSize = { width: 960, height: 600 };

interface ConsoleWindowDeps {
  readonly session: Session;
  readonly preload: string;
  readonly kept: WindowSettings | null;
  readonly zoom: KeptZoom;
  readonly onMoved: (settings: WindowSettings) => void;
}

/** Opens the console's only window. It shows the console's own page and never navigates away from it. */
export function openConsoleWindow(deps: ConsoleWindowDeps): BrowserWindow {
  const window = new BrowserWindow({
    ...placement(deps.kept),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: app.getName(),
    icon,
    show: false,
    webPreferences: {
      session: deps.session,
      preload: deps.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  showOnce(window, deps.kept?.maximized === true);
  window.on('close', () => deps.onMoved({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  keepInPlace(window);
  keepZoom(window.webContents, deps.zoom);
  void window.loadURL(consolePage);
  return window;
}

/**
 * Shows the window when its page is painted. About once in 250 starts Electron does not report that (33 on Linux, seen with a page that
 * was painted). The window is then shown when the page has loaded, or it would never appear.
 */
function showOnce(window: BrowserWindow, maximized: boolean): void {
  let isShown = false;
  const show = () => {
    if (isShown || window.isDestroyed()) return;
    isShown = true;
    if (maximized) window.maximize();
    window.show();
  };
  window.once('ready-to-show', show);
  window.webContents.once('did-stop-loading', show);
}

function keepInPlace(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    contents.on(event as 'will-navigate', (details) => details.preventDefault());
  }
  // Navigation to an empty page raises none of these events, so the console's page is loaded again.
  contents.on('did-navigate', (_event, url) => {
    if (url !== consolePage) void window.loadURL(consolePage);
  });
  contents.on('render-process-gone', () => window.reload());
}

/** The last position of the window, unless that monitor is gone. */
function placement(kept: WindowSettings | null): Partial<Rectangle> {
  if (!kept) return defaultSize;
  const width = Math.max(leastSize.width, Math.round(kept.width));
  const height = Math.max(leastSize.height, Math.round(kept.height));
  const x = Math.round(kept.x);
  const y = Math.round(kept.y);
  const titleBarIsReachable = screen.getAllDisplays().some(({ workArea }) => {
    const overlap = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    return overlap >= 100 && y >= workArea.y - 1 && y <= workArea.y + workArea.height - 40;
  });
  return titleBarIsReachable ? { x, y, width, height } : { width, height };
}
