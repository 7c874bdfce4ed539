import { createStore, useStore } from '../state/store.ts';

const asked = createStore(false);

/** Opens the dialog that saves the diagnostics. Also works in a part of the window that does not have the console's state. */
export function askForDiagnostics(): void {
  asked.set(true);
}

export function leaveDiagnostics(): void {
  asked.set(false);
}

/** Has a person asked for the dialog? */
export function useDiagnosticsAsked(): boolean {
  return useStore(asked);
}
