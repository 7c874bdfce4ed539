import { createContext, useContext, useEffect } from 'react';
import type { ConsoleState } from '../../src-shared/console-state.ts';
import type { Place } from '../../src-shared/place.ts';

export interface ConsoleAccess {
  readonly state: ConsoleState;
  /** When `state` arrived, by this page's monotonic clock. */
  readonly arrivedMs: number;
  readonly go: (place: Place) => void;
  /** Asks who is to call the local license API, over whatever page there is. */
  readonly createClient: () => void;
  /** Counts what lies over the embedded page: a native view always covers the page, so it has to step aside. */
  readonly coverPane: (change: 1 | -1) => void;
}

export const ConsoleContext = createContext<ConsoleAccess | null>(null);

export function useConsole(): ConsoleAccess {
  const access = useContext(ConsoleContext);
  if (!access) throw new Error('ConsoleContext is missing');
  return access;
}

/** Keeps the embedded page out of the way for as long as `covered` holds. */
export function usePaneCover(covered: boolean): void {
  const { coverPane } = useConsole();
  useEffect(() => {
    if (!covered) return undefined;
    coverPane(1);
    return () => coverPane(-1);
  }, [covered, coverPane]);
}
