import { useSyncExternalStore } from 'react';

let isAsked = false;
const listeners = new Set<() => void>();

/** Opens the dialog that saves the diagnostics. Also works in a part of the window that does not have the console's state. */
export function askForDiagnostics(): void {
  set(true);
}

export function leaveDiagnostics(): void {
  set(false);
}

/** Has a person asked for the dialog? */
export function useDiagnosticsAsked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isAsked,
  );
}

function set(next: boolean): void {
  isAsked = next;
  for (const listener of listeners) listener();
}
