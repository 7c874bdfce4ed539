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
import { createStore, useStore } from './store.ts';

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

/** `missing`: the page has no snapshot, and the main process did not return one. */
const newest = createStore<Snapshot | null | 'missing'>(null);

/** Reads the snapshot that the main process put into the page, and listens for newer ones. */
export function connectConsole(): void {
  const inlined = document.getElementById('console-state')?.textContent;
  if (inlined) take(JSON.parse(inlined) as ConsoleState);
  listen('console.changed', take);
  void call('console.read').then((read) => {
    if (read.ok) return take(read.value);
    if (newest.get() === null) newest.set('missing');
  });
}

/** The newest snapshot. Null only if the page has none and the main process has not answered yet. Throws if it returns none. */
export function useSnapshot(): Snapshot | null {
  const snapshot = useStore(newest);
  if (snapshot === 'missing') throw new Error('no snapshot');
  return snapshot;
}

/** The newest snapshot. Null if the page has none yet. */
export function latestState(): ConsoleState | null {
  const snapshot = newest.get();
  return snapshot === 'missing' ? null : (snapshot?.state ?? null);
}

/** Calls the main process. Never rejects: a missing or broken bridge results in a failure like any other. */
export async function call<C extends IpcCall>(
  name: C,
  ...request: IpcRequest<C> extends undefined ? [] : [IpcRequest<C>]
): Promise<Result<IpcValue<C>>> {
  try {
    const [payload] = request as [IpcRequest<C>];
    const shownProfileId = latestState()?.profile?.id ?? null;
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
  const latest = latestState();
  if (latest && state.revision <= latest.revision) return;
  newest.set({ state, arrivedMs: performance.now() });
}
