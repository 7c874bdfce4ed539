import { useSyncExternalStore } from 'react';
import type { ConsoleState } from '../src-shared/console-state.ts';
import type {
  IpcCall,
  IpcEvent,
  IpcEvents,
  IpcRequest,
  IpcValue,
  LicenseConsoleBridge,
} from '../src-shared/ipc-contract.ts';
import { fail, type Result } from '../src-shared/result.ts';

declare global {
  interface Window {
    readonly licenseConsole?: LicenseConsoleBridge;
  }
}

/** A snapshot of main's state and when it arrived, by this page's monotonic clock. */
export interface Snapshot {
  readonly state: ConsoleState;
  readonly arrivedMs: number;
}

let current: Snapshot | null = null;
/** Main put no snapshot into the page and gives none. */
let isWithout = false;
const listeners = new Set<() => void>();

/** Takes up the snapshot that main put into the page, and listens for newer ones. */
export function connectConsole(): void {
  const inlined = document.getElementById('console-state')?.textContent;
  if (inlined) take(JSON.parse(inlined) as ConsoleState);
  listen('console.changed', take);
  void call('console.read').then((read) => {
    if (read.ok) return take(read.value);
    isWithout = current === null;
    tellListeners();
  });
}

/** The newest snapshot; `null` only where main put none into the page and has not answered yet. Throws where it gives none. */
export function useSnapshot(): Snapshot | null {
  const snapshot = useSyncExternalStore(subscribe, () => current);
  if (useSyncExternalStore(subscribe, () => isWithout)) throw new Error('no snapshot');
  return snapshot;
}

/** An intent for main. Never rejects: a bridge that is missing or breaks is a failure like any other. */
export async function call<C extends IpcCall>(
  name: C,
  ...request: IpcRequest<C> extends undefined ? [] : [IpcRequest<C>]
): Promise<Result<IpcValue<C>>> {
  try {
    return (await window.licenseConsole?.call(name, ...request)) ?? fail('internal_error');
  } catch {
    return fail('internal_error');
  }
}

/** An intent whose outcome the next snapshot shows. */
export function send<C extends IpcCall>(
  name: C,
  ...request: IpcRequest<C> extends undefined ? [] : [IpcRequest<C>]
): void {
  void call(name, ...request);
}

export function listen<E extends IpcEvent>(event: E, listener: (value: IpcEvents[E]) => void): () => void {
  return window.licenseConsole?.on(event, listener) ?? (() => {});
}

function take(state: ConsoleState): void {
  if (current && state.revision <= current.state.revision) return;
  current = { state, arrivedMs: performance.now() };
  isWithout = false;
  tellListeners();
}

function tellListeners(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
