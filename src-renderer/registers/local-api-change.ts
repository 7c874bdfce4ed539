import { useState } from 'react';
import type { LocalApiSettings } from '../../src-shared/local-api-view.ts';
import type { Failure } from '../../src-shared/result.ts';
import { call } from '../bridge.ts';
import { announce } from '../frame/announcer.ts';

export interface LocalApiChange {
  readonly changing: boolean;
  /** Why the last change did not take effect. */
  readonly failure: Failure | null;
  /** Saves these settings. `said` is announced to a screen reader if that worked. */
  readonly change: (settings: LocalApiSettings, said: string) => void;
}

/** Changes the settings of the local license API. The next view from the main process also shows the outcome. */
export function useLocalApiChange(): LocalApiChange {
  const [changing, setChanging] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = async (settings: LocalApiSettings, said: string) => {
    setChanging(true);
    const changed = await call('local_api.change', settings);
    setChanging(false);
    setFailure(changed.ok ? null : changed.failure);
    if (changed.ok) announce(said);
  };
  return { changing, failure, change: (settings, said) => void change(settings, said) };
}
