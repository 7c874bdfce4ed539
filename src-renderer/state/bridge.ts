import { useSyncExternalStore } from 'react';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type {
  IpcCall,
  IpcEvent,
  IpcEvents,
  IpcRequest,
  IpcValue,
  LicenseConsoleBridge,
} from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result } from '../../src-shared/result.ts';

declare global {
  interface Window {
    readonly licenseConsole?: LicenseConsoleBridge;
  }
}

/** A snapshot of the main process's state, and when it arrived by this page's monotonic clock. */
export interface Snapshot {
  readonly state: ConsoleState;
  readonly arrivedMs: number;
}

let current: Snapshot | null = null;
/** The page has no snapshot, and the main process did not return one. */
let isWithout = false;
const listeners = new Set<() => void>();

/** Reads the snapshot that the main process put into the page, and listens for newer ones. */
export function connectConsole(): void {
  const inlined = document.getElementById('console-state')?.textContent;
  if (inlined) take(JSON.parse(inlined) as ConsoleState);
  listen('console.changed', take);
  void call('console.read').then((read) => {
    if (read.ok) return take(read.value);
    isWithout = current === null;
    notifyListeners();
  });
}

/** The newest snapshot. Null only if the page has none and the main process has not answered yet. Throws if it returns none. */
export function useSnapshot(): Snapshot | null {
  const snapshot = useSyncExternalStore(subscribe, () => current);
  if (useSyncExternalStore(subscribe, () => isWithout)) throw new Error('no snapshot');
  return snapshot;
}

/** The newest snapshot. Null if the page has none yet. */
export function latestState(): ConsoleState | null {
  return current?.state ?? null;
}

/** Calls the main process. Never rejects: a missing or broken bridge results in a failure like any other. */
export async function call<C extends IpcCall>(
  name: C,
  ...request: IpcRequest<C> extends undefined ? [] : [IpcRequest<C>]
): Promise<Result<IpcValue<C>>> {
  try {
    const [payload] = request as [IpcRequest<C>];
    const shownProfileId = current?.state.profile?.id ?? null;
    const answer = (await window.licenseConsole?.call(name, payload, shownProfileId)) ?? fail('internal_error');
    return typeof answer === 'string' ? (JSON.parse(answer) as Result<IpcValue<C>>) : answer;
  } catch {
    return fail('internal_error');
  }
}

/** Calls the main process without waiting. The next snapshot shows the outcome. */
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
  notifyListeners();
}

function notifyListeners(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
