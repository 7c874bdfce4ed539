import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import { shownStatus } from '../../src-shared/license/shown-status.ts';
import { statusTone } from '../../src-shared/license/status-tone.ts';
import { useConsole } from './console-context.ts';

/**
 * Whether a temporary message that appeared in the state `since` has ended. Another server, another status, another step of an acquisition,
 * a removal and a new problem end it. Only this function decides how long such a message is shown.
 */
export function endsMoment(since: ConsoleState, now: ConsoleState): boolean {
  const before = troublesOf(since);
  return momentOf(since) !== momentOf(now) || troublesOf(now).some((trouble) => !before.includes(trouble));
}

function momentOf(state: ConsoleState): string {
  const { profile, license, acquisition, removal } = state;
  const status = shownStatus(state);
  const code = acquisition.state === 'awaiting_authorization' ? acquisition.code.userCode : '';
  const serverId = license?.details.serverId;
  return JSON.stringify([
    profile?.id,
    status,
    statusTone(status, license),
    serverId,
    acquisition.state,
    code,
    removal.state,
  ]);
}

/** The codes of all current failures. */
function troublesOf({ acquisition, clock, connection, keychain, pane, refresh, removal }: ConsoleState): string[] {
  const failures: readonly (Failure | null | undefined)[] = [
    acquisition.state === 'failed' ? acquisition.failure : null,
    acquisition.state === 'awaiting_authorization' ? acquisition.poll.trouble : null,
    connection.state === 'offline' ? connection.failure : null,
    keychain,
    pane.open ? pane.failure : null,
    refresh.lastFailure,
    removal.state === 'failed' || removal.state === 'undone' ? removal.failure : null,
  ];
  const codes = failures.flatMap((failure) => failure?.code ?? []);
  return clock.state === 'wrong' || clock.doubt ? [...codes, 'clock'] : codes;
}

/** A temporary message, and how to set it. It is null again once {@link endsMoment} is true, and does not come back. */
export function useMoment<T>(): readonly [T | null, (message: T | null) => void] {
  const { state } = useConsole();
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  const [said, setSaid] = useState<{ readonly message: T; readonly since: ConsoleState } | null>(null);
  const stands = said !== null && !endsMoment(said.since, state);
  if (said && !stands) setSaid(null);
  const say = useCallback(
    (message: T | null) => setSaid(message === null ? null : { message, since: latest.current }),
    [],
  );
  return [stands ? said.message : null, say];
}
