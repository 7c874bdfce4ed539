import type { Random } from '../../src-main/ports/random.ts';
import { ModelServer } from './model-server.ts';
import { seededRandom } from './seeded-random.ts';
import { SimulatedStore } from './simulated-store.ts';
import { SimulatedTime } from './simulated-time.ts';

/** `server`: it was down. `internet`: the stores' internet was. `power`: their computers were off. */
export type OutageKind = 'server' | 'internet' | 'power';

export interface Outage {
  readonly kind: OutageKind;
  readonly stores: number;
  /** All stores are due from its first second, and not only those whose turn comes. */
  readonly allDue: boolean;
  /** Without, every random number of the consoles is 0.5. */
  readonly jitter: boolean;
  readonly seed: number;
}

export interface OutageResult {
  readonly outage: Outage;
  /** Requests in each second; the first is `secondsBefore` before the end of the outage. */
  readonly perSecond: readonly number[];
  /** The maximum in a second after the end of the outage. */
  readonly peakPerSecond: number;
  readonly peakShare: number;
  /** Counted from the end of the outage. */
  readonly requests: number;
  readonly refused: number;
  /** How many stores were waiting for a refresh when the outage ended. */
  readonly behind: number;
  /** From the end of the outage until the last of those was refreshed, in ms. Null if that did not happen. */
  readonly allFreshAfterMs: number | null;
  readonly ranOut: number;
  readonly lostLicenses: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const tokenLifeMs = 120 * hour;
const outageMs = 6 * hour;
const beginsMs = 30 * minute;
const endsMs = beginsMs + outageMs;
const watchedMs = 2 * hour + 30 * minute;
/** The console looks for the network this often. */
const onlineLookMs = minute;
/** From the return of the power until the last computer has started. */
const bootMs = 4 * minute;
export const secondsBefore = 30 * 60;
/** The allowed share of the stores in one second. */
export const allowedShare = 0.01;

/** Stores with tokens of five days, during an outage of six hours and the two and a half hours after it. */
export async function simulateOutage(outage: Outage): Promise<OutageResult> {
  const world = seededRandom(outage.seed);
  const time = new SimulatedTime();
  const internet = { up: true };
  const server = new ModelServer(outage.stores, limitsFor(outage.stores), time, world);
  const random = outage.jitter ? seededRandom(outage.seed + 1) : () => 0.5;
  const parts = { time, server, internet, random, tokenLifeMs };
  const dueInMs = () => (outage.allDue ? beginsMs : world() * 0.5 * tokenLifeMs);
  const stores = Array.from({ length: outage.stores }, (_, nth) => new SimulatedStore(nth, dueInMs(), parts));
  for (const store of stores) time.schedule(Math.floor(world() * beginsMs * 0.9), () => store.start());

  await time.run(beginsMs - 1);
  begin(outage.kind, server, internet, stores);
  await time.run(endsMs - 1);
  const behind = stores.filter((store) => store.isBehind);
  const earlier = { refused: server.refused };
  end(outage.kind, server, internet, { stores, time, world });
  await time.run(endsMs + watchedMs);
  for (const store of stores) store.noteIfRunOut();
  return { ...summary(outage, server, stores, behind), refused: server.refused - earlier.refused };
}

function limitsFor(stores: number) {
  return {
    perSecond: stores / 200,
    longestWaitMs: 2 * second,
    retryAfterSeconds: 30,
    reuseGraceMs: 30 * second,
    lostShare: 0.001,
  };
}

function begin(kind: OutageKind, server: ModelServer, internet: { up: boolean }, stores: SimulatedStore[]): void {
  if (kind === 'server') server.isDown = true;
  if (kind === 'internet') internet.up = false;
  if (kind === 'power') for (const store of stores) store.stop();
}

function end(
  kind: OutageKind,
  server: ModelServer,
  internet: { up: boolean },
  { stores, time, world }: { stores: SimulatedStore[]; time: SimulatedTime; world: Random },
): void {
  server.isDown = false;
  internet.up = true;
  if (kind === 'internet') for (const store of stores) time.schedule(world() * onlineLookMs, () => store.online());
  if (kind === 'power') for (const store of stores) time.schedule(world() * bootMs, () => store.start());
}

function summary(outage: Outage, server: ModelServer, stores: SimulatedStore[], behind: SimulatedStore[]) {
  const perSecond = Array.from(
    { length: secondsBefore + watchedMs / second },
    (_, nth) => server.perSecond[endsMs / second - secondsBefore + nth] ?? 0,
  );
  const since = perSecond.slice(secondsBefore);
  const peakPerSecond = since.reduce((most, count) => Math.max(most, count), 0);
  const refreshedAfter = behind.map(({ refreshedAtMs }) => (refreshedAtMs ?? 0) - endsMs);
  const allFresh = refreshedAfter.every((afterMs) => afterMs > 0);
  return {
    outage,
    perSecond,
    peakPerSecond,
    peakShare: peakPerSecond / outage.stores,
    requests: since.reduce((sum, count) => sum + count, 0),
    behind: behind.length,
    allFreshAfterMs: allFresh ? refreshedAfter.reduce((most, afterMs) => Math.max(most, afterMs), 0) : null,
    ranOut: stores.filter(({ ranOut }) => ranOut).length,
    lostLicenses: server.endedGrants,
  };
}
