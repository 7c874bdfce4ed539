import { useEffect, useRef } from 'react';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { toastDone } from '../state/toast.ts';

/**
 * The text of the toast if the shown server's license was removed between two snapshots, and its authorization was ended. Null otherwise:
 * if the authorization may stay open, the page has a notice.
 */
export function justRemoved(before: ConsoleState, now: ConsoleState): string | null {
  const { profile, removal } = now;
  if (removal.state !== 'removed' || !removal.revoked || before.removal.state === 'removed') return null;
  if (!profile || before.profile?.id !== profile.id) return null;
  return words.inSentences(words.license.removedWords(removal, profile.serverName));
}

/** Says on every page that the license of the shown server was removed. */
export function useRemovalToast(state: ConsoleState): void {
  const before = useRef(state);
  useEffect(() => {
    const said = justRemoved(before.current, state);
    before.current = state;
    if (said !== null) toastDone(said);
  }, [state]);
}
