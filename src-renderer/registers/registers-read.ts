import { useCallback, useEffect, useState } from 'react';
import type { LocalApiView } from '../../src-shared/local-api-view.ts';
import type { PeersView } from '../../src-shared/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import { call } from '../bridge.ts';
import { useConsole } from '../frame/console-context.ts';
import { askWhileInSight } from '../frame/while-in-sight.ts';

export interface MainRead<T> {
  /** The main process's last answer about the shown server. Null before the first answer. */
  readonly read: Result<T> | null;
  readonly again: () => void;
}

interface Answer<T> {
  readonly profileId: string | undefined;
  readonly question: string;
  readonly read: Result<T>;
}

/** How often the peers are read again while the page is visible. The main process sends no event for a new peer. */
const peersReadEveryMs = 3000;

/** The local license API and its clients, read again after every change. */
export function useLocalApi(): MainRead<LocalApiView> {
  const { localApiRevision, profile } = useConsole().state;
  const profileId = profile?.id;
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<Answer<LocalApiView> | null>(null);
  const question = `${localApiRevision} ${tries}`;
  useEffect(() => {
    let asks = true;
    void call('local_api.read').then((read) => {
      if (asks) setAnswer({ profileId, question, read });
    });
    return () => {
      asks = false;
    };
  }, [profileId, question]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return { read: readOf(answer, profileId), again };
}

/** The recently seen registers and servers, read again every few seconds while the page is visible. */
export function usePeers(): MainRead<PeersView> {
  const profileId = useConsole().state.profile?.id;
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<Answer<PeersView> | null>(null);
  const question = String(tries);
  useEffect(() => {
    const ask = () => call('peers.read');
    return askWhileInSight(document, peersReadEveryMs, ask, (read) => setAnswer({ profileId, question, read }));
  }, [profileId, question]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return { read: readOf(answer, profileId), again };
}

function readOf<T>(answer: Answer<T> | null, profileId: string | undefined): Result<T> | null {
  return answer !== null && answer.profileId === profileId ? answer.read : null;
}
