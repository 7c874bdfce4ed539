/** Replaces Electron, which does not run here. It is empty until a test fills it. */
export let app;
export let BrowserWindow;
export let clipboard;
export let contextBridge;
export let dialog;
export let ipcMain;
export let ipcRenderer;
export let Menu;
export let nativeImage;
export let net;
export let Notification;
export let powerMonitor;
export let protocol;
export let screen;
export let session;
export let shell;
export let Tray;
export let utilityProcess;
export let WebContentsView;

export default {};

/** What Vitest's `vi.mock('electron', make)` does. */
export async function replaceElectron(make) {
  ({
    app,
    BrowserWindow,
    clipboard,
    contextBridge,
    dialog,
    ipcMain,
    ipcRenderer,
    Menu,
    nativeImage,
    net,
    Notification,
    powerMonitor,
    protocol,
    screen,
    session,
    shell,
    Tray,
    utilityProcess,
    WebContentsView,
  } = await make());
}
