import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { words } from '../../src-shared/words/words.ts';
import { zoomPage } from './page-zoom.ts';
import type { ZoomChange } from './zoom-steps.ts';

/** Editing and zoom by keyboard; there is nothing in it that a person needs to find. */
export function setApplicationMenu(): void {
  const mac = process.platform === 'darwin';
  const { view, zoomIn, zoomOut, zoomReset } = words.frame.menu;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu' as const }] : []),
      { role: 'editMenu' },
      {
        label: view,
        submenu: [
          zoomItem(zoomIn, 'Plus', 'in'),
          zoomItem(zoomOut, '-', 'out'),
          zoomItem(zoomReset, '0', 'reset'),
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}

/** The page hears its keys itself: here they are for the eye, and for whoever opens the menu. */
function zoomItem(label: string, key: string, change: ZoomChange): MenuItemConstructorOptions {
  return {
    label,
    accelerator: `CommandOrControl+${key}`,
    registerAccelerator: false,
    click: (_item, window) => {
      if (window instanceof BrowserWindow) zoomPage(window.webContents, change);
    },
  };
}
