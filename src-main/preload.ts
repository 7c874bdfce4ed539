import { contextBridge, ipcRenderer } from 'electron';
import {
  type IpcCall,
  ipcCallChannel,
  ipcCallNames,
  type IpcEvent,
  ipcEventChannel,
  ipcEvents,
} from '../src-shared/ipc-channels.ts';
import type { LicenseConsoleBridge } from '../src-shared/ipc-contract.ts';

const bridge: LicenseConsoleBridge = {
  call: (call: IpcCall, ...request: readonly unknown[]) => {
    if (!ipcCallNames.includes(call)) throw new Error('Unknown call');
    return ipcRenderer.invoke(ipcCallChannel(call), request[0]);
  },
  on: (event: IpcEvent, listener: (value: never) => void) => {
    if (!ipcEvents.includes(event)) throw new Error('Unknown event');
    const forward = (_event: unknown, value: unknown) => listener(value as never);
    ipcRenderer.on(ipcEventChannel(event), forward);
    return () => void ipcRenderer.off(ipcEventChannel(event), forward);
  },
};

contextBridge.exposeInMainWorld('licenseConsole', bridge);
