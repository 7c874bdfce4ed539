import { useCallback, useEffect, useState } from 'react';
import type { Result } from '../../src-shared/result.ts';
import { useConsole } from './console-context.ts';

interface MainRead<T> {
  /** The main process's last answer about the shown server. Null before the first answer. */
  readonly read: Result<T> | null;
  readonly again: () => void;
}

/** Asks the main process and passes on its answers. Returns a function after which no answer is passed on. */
export type Ask<T> = (take: (read: Result<T>) => void) => () => void;

export function askOnce<T>(ask: () => Promise<Result<T>>): Ask<T> {
  return (take) => {
    let asks = true;
    void ask().then((read) => {
      if (asks) take(read);
    });
    return () => {
      asks = false;
    };
  };
}

interface Answer<T> {
  readonly profileId: string | undefined;
  readonly question: string;
  readonly read: Result<T>;
}

/** What the main process says about the shown server, asked for again after each change of `revision`. `ask` has to be constant. */
export function useMainRead<T>(ask: Ask<T>, revision = 0): MainRead<T> {
  const profileId = useConsole().state.profile?.id;
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const question = `${revision} ${tries}`;
  useEffect(() => ask((read) => setAnswer({ profileId, question, read })), [ask, profileId, question]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  return { read: answer?.profileId === profileId ? (answer?.read ?? null) : null, again };
}
