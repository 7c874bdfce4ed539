import { useEffect, useRef, useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../bridge.ts';
import { announce } from '../frame/announcer.ts';
import { useConsole } from '../frame/console-context.ts';

export type CheckKind = 'refresh' | 'renewal';

export interface LicenseCheck {
  readonly run: (kind: CheckKind) => void;
  readonly pending: CheckKind | null;
  /** The result in one sentence. A failure is shown by the notices instead. */
  readonly outcome: string | null;
}

/** "Refresh now" and "Check for renewal" send the same request, but report different results. */
export function useLicenseCheck(): LicenseCheck {
  const { state } = useConsole();
  const license = useRef(state.license);
  const [pending, setPending] = useState<CheckKind | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  useEffect(() => {
    license.current = state.license;
  }, [state.license]);
  const check = async (kind: CheckKind) => {
    const before = license.current?.details.renewalDate;
    setPending(kind);
    setOutcome(null);
    const refreshed = await call('license.refresh');
    const read = refreshed.ok ? await call('console.read') : null;
    setPending(null);
    if (!refreshed.ok) return announce(words.failureWords(refreshed.failure).headline);
    const after = read?.ok ? read.value.license?.details.renewalDate : license.current?.details.renewalDate;
    const said =
      kind === 'refresh'
        ? words.license.refreshed
        : before?.endsAt === after?.endsAt
          ? words.license.renewalUnchanged
          : words.license.renewalFound(after ? words.license.renewalDay(after) : words.license.noRenewalDate);
    setOutcome(said);
    return announce(said);
  };
  return { run: (kind) => void check(kind), pending, outcome };
}
