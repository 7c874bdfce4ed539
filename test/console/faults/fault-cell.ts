import { expect } from '@playwright/test';
import type { ConsoleState } from '../../../src-shared/window/console-state.ts';
import { words } from '../../../src-shared/words/words.ts';
import type { CallResult } from '../console-app.ts';
import { storedLicense } from '../real-keychain.ts';
import { sessionKeyring } from '../session-keyring.ts';
import type { FaultRow, NextTry } from './fault-rows.ts';
import { type FaultScene, quickly } from './fault-scene.ts';
import type { LicenseState } from './license-states.ts';

/** The expected result of a cell of the matrix. */
interface Expected {
  /** The failure code that the refresh returns; absent if it succeeds. */
  readonly answer?: string;
  /** The failure code that the console shows as the reason, and its headline. */
  readonly reason?: string;
  readonly headline?: string;
  /** The first notice on the page. */
  readonly leads: string | null;
  readonly token: string;
  readonly next: NextTry;
}

/** The result of a cell: a line of the table, and every deviation from what is expected. */
export interface CellReport {
  readonly line: string;
  readonly problems: readonly string[];
}

const authorizeAgain = 'Authorize this server again';
/** The ceiling of the back-off (protocol.md), and its ceiling after the one or two failures of a cell. */
const maxRetrySeconds = 3_600;
const fewRetriesSeconds = 120;
const namedFirst = {
  clock: "This computer's clock is wrong",
  time: 'Connect this server to the internet',
  keychain: 'The keychain is locked',
};

/** An authorization that the server has ended stays visible, whatever other fault a refresh meets (screens.md). */
function expectedOf(state: LicenseState, row: FaultRow): Expected {
  const named = (leads: string | null) => (row.names ? namedFirst[row.names] : leads);
  if (state.ended && row.where !== 'answer') {
    const answer = (row.where === 'way' ? row.fails?.code : undefined) ?? 'invalid_grant';
    const reason = 'invalid_grant';
    return { answer, reason, headline: authorizeAgain, leads: named(authorizeAgain), token: state.token, next: 'none' };
  }
  if (!row.fails) return { leads: named(state.leads.works), token: state.refreshedToken, next: row.next };
  const { code, headline } = row.fails;
  const { offline, answered } = state.leads;
  const leads = { offline, answered: answered ?? headline, own: headline, authorize_again: authorizeAgain };
  const says = row.says ?? 'own';
  return { answer: code, reason: code, headline, leads: named(leads[says]), token: state.token, next: row.next };
}

/**
 * Runs one cell. Runs it again if the session's keyring ended in the meantime, which is caused neither by the console nor by the
 * cell's fault.
 */
export async function runCellOnOneKeyring(scene: FaultScene, state: LicenseState, row: FaultRow): Promise<CellReport> {
  const daemon = await sessionKeyring.daemon();
  const ran = await runCell(scene, state, row).catch((thrown: unknown) => ({ thrown }));
  if ((await sessionKeyring.daemon()) === daemon) {
    if ('thrown' in ran) throw ran.thrown;
    return ran;
  }
  if (!('thrown' in ran) && ran.problems.length === 0) return ran;
  console.log(`T7: the keyring of this session ended during "${row.what}"; run again on the one that followed`);
  await scene.clear();
  await recover(scene, state, row);
  return runCell(scene, state, row);
}

/** Runs one cell: applies the fault, refreshes, removes the fault, and checks that the license recovers. */
async function runCell(scene: FaultScene, state: LicenseState, row: FaultRow): Promise<CellReport> {
  const { app, server } = scene;
  await state.enter?.(scene);
  await row.arrange?.(scene);
  await settled(scene);
  server.control.clearFaults({ endpoint: 'token' });
  row.plant?.(scene);
  const answer = await app.call('license.check');
  const after = await app.state();
  const expected = expectedOf(state, row);
  const leads = await leadingNotice(scene, expected.leads);
  const problems = [...compare(state, row, expected, answer, after), ...differs('first notice', leads, expected.leads)];
  await scene.clear();
  problems.push(...(await tokensGone(scene)), ...(await recover(scene, state, row)));
  return { line: describe(row, after, leads), problems: problems.map((problem) => `${row.what}: ${problem}`) };
}

function compare(
  state: LicenseState,
  row: FaultRow,
  expected: Expected,
  answer: CallResult,
  { license, refresh, clock }: ConsoleState,
): string[] {
  const { evaluation, details } = license ?? {};
  const reason = refresh.lastFailure;
  return [
    ...differs('answer', answer.failure?.code, expected.answer),
    ...differs('license', details?.serverId !== undefined, true),
    ...differs('status', evaluation?.renewal.state, state.status),
    ...differs('token', evaluation?.token.state, expected.token),
    ...differs('clock', clock.state, row.names === 'clock' ? 'wrong' : 'right'),
    ...differs('reason', reason?.code, expected.reason),
    ...differs('headline', reason && words.failureWords(reason).headline, expected.headline),
    ...wrongNextTry(refresh, expected.next, evaluation, state.ended ? maxRetrySeconds : fewRetriesSeconds),
  ];
}

type Evaluation = NonNullable<ConsoleState['license']>['evaluation'];

/** Checks when the next automatic try is. Returns a line for each deviation; empty if there is none. */
export function wrongNextTry(
  refresh: ConsoleState['refresh'],
  next: NextTry,
  evaluation: Evaluation | undefined,
  ceilingSeconds: number,
): string[] {
  const { nextRefreshAt, lastFailureAt } = refresh;
  if (next === 'none' || nextRefreshAt === undefined) return differs('next try', nextRefreshAt, undefined);
  if (next === 'half_life') {
    const { issuedAt = 0, expiresAt = 0 } = evaluation?.token ?? {};
    return outside('next try, of the life', (nextRefreshAt - issuedAt) / (expiresAt - issuedAt), 0.4, 0.6);
  }
  const seconds = (nextRefreshAt - (lastFailureAt ?? 0)) / 1000;
  // The failure is recorded a moment after the time of the next try was calculated.
  const momentSeconds = 0.1;
  if (next === 'seconds') return outside('next try, seconds', seconds, 2 - momentSeconds, 10);
  const pause = next === 'minutes' ? 0 : next.pauseSeconds;
  return outside('next try, seconds', seconds, Math.max(1, pause) - momentSeconds, pause + ceilingSeconds);
}

/** Checks that one refresh without the fault repairs everything, except an authorization that the server has ended. */
async function recover(scene: FaultScene, state: LicenseState, row: FaultRow): Promise<string[]> {
  await settled(scene);
  const answer = await scene.app.call('license.check');
  const { license, refresh, clock } = await scene.app.state();
  const ended = state.ended === true || row.leaves === 'ended_authorization';
  const problems = [
    ...differs('answer', answer.failure?.code, ended ? 'invalid_grant' : undefined),
    ...differs('reason', refresh.lastFailure?.code, ended ? 'invalid_grant' : undefined),
    ...differs('status', license?.evaluation.renewal.state, state.status),
    ...differs('clock', clock.state, 'right'),
    ...(ended ? [] : differs('token', license?.evaluation.token.state, state.refreshedToken)),
  ];
  const leads = ended ? authorizeAgain : state.leads.works;
  problems.push(...differs('first notice', await leadingNotice(scene, leads), leads));
  if (row.leaves) await scene.makeGoodAgain(state.ended === true);
  return problems.map((problem) => `once it is gone: ${problem}`);
}

/** Waits until no refresh is in progress. */
export async function settled({ app }: FaultScene): Promise<void> {
  await expect.poll(async () => (await app.state()).refresh.refreshing, quickly).toBe(false);
}

/** The first notice on the page. Waits for the expected one; returns whatever is shown if it does not appear. */
export async function leadingNotice({ app }: FaultScene, expected: string | null): Promise<string | null> {
  const headlines = app.page.locator('.notice-headline');
  const first = async () => (await headlines.allTextContents())[0] ?? null;
  await expect
    .poll(first, { ...quickly, timeout: 5_000 })
    .toBe(expected)
    .catch(() => {});
  return first();
}

async function tokensGone({ app }: FaultScene): Promise<string[]> {
  const held = await storedLicense(app.userData);
  return held?.refreshToken && held.accessToken ? [] : ['the keychain has lost the tokens'];
}

export function differs(what: string, found: unknown, expected: unknown): string[] {
  return found === expected ? [] : [`${what} is ${String(found)}, not ${String(expected)}`];
}

function outside(what: string, found: number, least: number, most: number): string[] {
  return found >= least && found <= most ? [] : [`${what} is ${found.toFixed(2)}, not ${least} to ${most}`];
}

function describe(row: FaultRow, { license, refresh }: ConsoleState, leads: string | null): string {
  const { renewal, token } = license?.evaluation ?? {};
  const status = license && renewal ? words.license.statusHeadlines[renewal.state] : 'none';
  const from = refresh.lastFailureAt ?? refresh.lastRefreshedAt ?? 0;
  const next = refresh.nextRefreshAt === undefined ? 'none' : `in ${words.span(refresh.nextRefreshAt - from)}`;
  return [
    row.what.padEnd(28),
    `${status}, token ${token?.state.replaceAll('_', ' ') ?? 'none'}`.padEnd(46),
    (leads ?? '–').padEnd(52),
    next,
  ].join(' ');
}
