import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { profile } from './fake-authorization-server.ts';
import { quietState } from './quiet-state.ts';

/** A snapshot of the console with nothing to report, except for the changes that a test makes. */
export function shownState(changes: Partial<ConsoleState> = {}): ConsoleState {
  return quietState(profile, Date.parse('2026-03-10T12:00:00Z'), changes);
}
