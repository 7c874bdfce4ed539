import { useCallback, useEffect, useState } from 'react';
import type { HistoryView } from '../../src-shared/history-view.ts';
import type { Result } from '../../src-shared/result.ts';
import { call } from '../bridge.ts';
import { useConsole } from '../frame/console-context.ts';

export interface HistoryRead {
  /** The main process's last answer about the shown server. Null before the first answer. */
  readonly read: Result<HistoryView> | null;
  readonly again: () => void;
}

interface Answer {
  readonly profileId: string | undefined;
  readonly question: string;
  readonly read: Result<HistoryView>;
}

/** The history of the shown server, read again after every new entry. */
export function useHistory(): HistoryRead {
  const { historyRevision, profile } = useConsole().state;
  const profileId = profile?.id;
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const question = `${historyRevision} ${tries}`;
  useEffect(() => {
    let asks = true;
    void call('history.read').then((read) => {
      if (asks) setAnswer({ profileId, question, read });
    });
    return () => {
      asks = false;
    };
  }, [profileId, question]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return { read: answer?.profileId === profileId ? (answer?.read ?? null) : null, again };
}
