import type { ConsoleState } from '../../src-shared/console-state.ts';
import { profile } from './fake-authorization-server.ts';
import { quietState } from './quiet-state.ts';

/** A snapshot of the console, quiet unless a test changes it. */
export function shownState(changes: Partial<ConsoleState> = {}): ConsoleState {
  return quietState(profile, Date.parse('2026-03-10T12:00:00Z'), changes);
}
