import { useState } from 'react';
import type { LocalApiSettings } from '../../src-shared/registers/local-api-view.ts';
import type { Failure } from '../../src-shared/result.ts';
import { call } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';

export interface LocalApiChange {
  readonly changing: boolean;
  /** Why the last change did not take effect. */
  readonly failure: Failure | null;
  /** Saves these settings. If that worked, `say` announces `said`: only to a screen reader if the page itself shows the change. */
  readonly change: (settings: LocalApiSettings, said: string, say?: (said: string) => void) => void;
}

/** Changes the settings of the local license API. The next view from the main process also shows the outcome. */
export function useLocalApiChange(): LocalApiChange {
  const [changing, setChanging] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (settings: LocalApiSettings, said: string, say = announce) => {
    setChanging(true);
    const changed = await call('local_api.change', settings);
    setChanging(false);
    setFailure(changed.ok ? null : changed.failure);
    if (changed.ok) say(said);
  };
  return { changing, failure, change: (...change) => void save(...change) };
}
