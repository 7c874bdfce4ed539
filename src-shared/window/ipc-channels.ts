import type { IpcCall, IpcEvent } from './ipc-contract.ts';

export type { IpcCall, IpcEvent };

/** The channels of the contract's calls and events, in a file without the schemas, because the preload script has to be small. */
export const ipcCallChannel = (call: IpcCall): string => `call:${call}`;
export const ipcEventChannel = (event: IpcEvent): string => `event:${event}`;
