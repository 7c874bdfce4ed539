import { contextBridge, ipcRenderer } from 'electron';
import { type IpcCall, ipcCallChannel, type IpcEvent, ipcEventChannel } from '../src-shared/window/ipc-channels.ts';
import type { LicenseConsoleBridge } from '../src-shared/window/ipc-contract.ts';

/** The prefixes of the channels keep the page from every other channel. The main process rejects a call that it does not know. */
const bridge: LicenseConsoleBridge = {
  call: (call: IpcCall, request: unknown, shownProfileId?: string | null) =>
    ipcRenderer.invoke(ipcCallChannel(call), request, shownProfileId),
  on: (event: IpcEvent, listener: (value: never) => void) => {
    const forward = (_event: unknown, value: unknown) => listener(value as never);
    ipcRenderer.on(ipcEventChannel(event), forward);
    return () => void ipcRenderer.off(ipcEventChannel(event), forward);
  },
};

contextBridge.exposeInMainWorld('licenseConsole', bridge);
