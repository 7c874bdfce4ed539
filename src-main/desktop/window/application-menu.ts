import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { words } from '../../../src-shared/words/words.ts';
import { zoomPage } from './page-zoom.ts';
import type { ZoomChange } from './zoom-steps.ts';

/** Provides the keyboard shortcuts for editing and zoom. Nothing is only in this menu, so nobody has to find it. */
export function setApplicationMenu(): void {
  const mac = process.platform === 'darwin';
  const { view, zoomIn, zoomOut, zoomReset } = words.menu;
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

/** The page handles its zoom keys itself. The menu item only displays the accelerator and reacts to clicks. */
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
