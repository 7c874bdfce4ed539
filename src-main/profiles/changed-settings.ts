import type { ServerProfile } from '../../src-shared/server-profile.ts';

/** The names of what differs between two settings of one server, for the history: never the values. */
export function changedSettings(before: ServerProfile, after: ServerProfile): string[] {
  const names = Object.keys({ ...before, ...after }) as (keyof ServerProfile)[];
  return names.filter((name) => before[name] !== after[name]);
}
