import { contextBridge, ipcRenderer } from 'electron';
import {
  type IpcCall,
  ipcCallChannel,
  ipcCalls,
  type IpcEvent,
  ipcEventChannel,
  ipcEvents,
  type LicenseConsoleBridge,
} from '../src-shared/ipc-contract.ts';

const bridge: LicenseConsoleBridge = {
  call: (call: IpcCall, ...request: readonly unknown[]) => {
    if (!Object.hasOwn(ipcCalls, call)) throw new Error('Unknown call');
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
