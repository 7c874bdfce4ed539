import { useEffect } from 'react';
import { send } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';

/** Lets the console check this computer once the page with *Next* is idle. */
export function useLookBeforeNext(): void {
  const { license, acquisition, profile } = useConsole().state;
  const isNext = license === null && acquisition.state === 'idle';
  const { id, issuer } = profile ?? {};
  useEffect(() => {
    if (!isNext || id === undefined || issuer === undefined) return undefined;
    const whenIdle = requestIdleCallback(() => send('preflight.look'));
    return () => cancelIdleCallback(whenIdle);
  }, [isNext, id, issuer]);
}
