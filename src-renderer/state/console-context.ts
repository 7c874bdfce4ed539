import { createContext, useContext, useEffect } from 'react';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { Place } from '../../src-shared/window/place.ts';

export interface ConsoleAccess {
  readonly state: ConsoleState;
  /** When `state` arrived, by this page's monotonic clock. */
  readonly arrivedMs: number;
  readonly go: (place: Place) => void;
  /** Opens the dialog that creates a client of the local license API, over the current page. */
  readonly createClient: () => void;
  /** Opens the dialog with what support asks for first. */
  readonly showAbout: () => void;
  /** Opens the dialog that pairs the shown server with a laptop. */
  readonly pairLaptop: () => void;
  /** That dialog is open, and shows its failures itself. */
  readonly isPairing: boolean;
  /** Counts what covers the embedded page. Its native view is always on top, so it has to be hidden meanwhile. */
  readonly coverPane: (change: 1 | -1) => void;
}

export const ConsoleContext = createContext<ConsoleAccess | null>(null);

export function useConsole(): ConsoleAccess {
  const access = useContext(ConsoleContext);
  if (!access) throw new Error('ConsoleContext is missing');
  return access;
}

/** Hides the embedded page while `covered` is true. */
export function usePaneCover(covered: boolean): void {
  const { coverPane } = useConsole();
  useEffect(() => {
    if (!covered) return undefined;
    coverPane(1);
    return () => coverPane(-1);
  }, [covered, coverPane]);
}
