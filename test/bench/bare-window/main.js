import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

// What the console is measured against: an Electron app that only opens a window.
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.once('ready-to-show', () => window.show());
  void window.loadFile(join(import.meta.dirname, 'index.html'));
});
