import type { ServerProfile } from '../../src-shared/server-profile.ts';

/** The names of the settings that differ, for the history. Values never go into the history. */
export function changedSettings(before: ServerProfile, after: ServerProfile): string[] {
  const names = Object.keys({ ...before, ...after }) as (keyof ServerProfile)[];
  return names.filter((name) => before[name] !== after[name]);
}
