import type { HelpedServer } from '../../src-shared/pairing/pairing.ts';

/** What the row of a paired server is about. */
export type RowState =
  | 'lost'
  | 'left'
  | 'no_report'
  | 'question'
  | 'refused'
  | 'checking'
  | 'issuer_failed'
  | 'code'
  | 'code_ended'
  | 'licensed'
  | 'progress';

/** Seconds left for the User Code of a server at `now`, in ms of the laptop's wall time. Undefined without a code. */
export function secondsLeft({ report, reportedAt }: HelpedServer, now: number): number | undefined {
  const { userCode, remainingSeconds } = report?.acquisition ?? {};
  if (userCode === undefined || remainingSeconds === undefined) return undefined;
  return Math.max(0, remainingSeconds - Math.max(0, now - (reportedAt ?? now)) / 1000);
}

/**
 * The one thing that the row says and offers at `now`. An existing license counts only if no other one is being acquired, and only once the
 * Authorization server is confirmed: until then its refreshes are not relayed.
 */
export function rowState(server: HelpedServer, now: number): RowState {
  const { connected, left, issuer, report } = server;
  const gone = left ? 'left' : 'lost';
  if (report === null) return connected ? 'no_report' : gone;
  const { state } = report.acquisition;
  const isLicensed = report.license !== undefined && (state === 'idle' || state === 'failed');
  if (!connected) return isLicensed ? 'licensed' : gone;
  if (issuer.state === 'unconfirmed') return 'question';
  if (issuer.state === 'refused') return 'refused';
  if (issuer.state === 'checking') return 'checking';
  if (issuer.state === 'failed') return 'issuer_failed';
  if (isLicensed) return 'licensed';
  if (state !== 'awaiting_authorization') return 'progress';
  return secondsLeft(server, now) === 0 ? 'code_ended' : 'code';
}

/** Does the server wait for the person at this computer? */
export function waitsForPerson(server: HelpedServer, now: number): boolean {
  const state = rowState(server, now);
  return state === 'question' || state === 'code';
}
