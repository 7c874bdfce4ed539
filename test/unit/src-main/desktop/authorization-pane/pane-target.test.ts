import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CallBudget,
  callsAtOnce,
  openingCost,
  refusalsUntilClosed,
} from '../../../../../src-main/desktop/authorization-pane/limits/page-gate.ts';
import {
  endSignIn,
  keepSignInAt,
  type PaneTarget,
  paneSession,
  samePlace,
} from '../../../../../src-main/desktop/authorization-pane/pane-target.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';

const happened: string[] = [];
const broken = new Set<string>();

vi.mock('electron', () => {
  const partitions = new Map<string, unknown>();
  const does = (partition: string, what: string) => async () => {
    happened.push(`${partition} ${what}`);
    if (broken.has(what)) throw new Error(what);
  };
  const create = (partition: string) =>
    Object.assign(new EventEmitter(), {
      partition,
      webRequest: { onBeforeRequest: () => {}, onBeforeSendHeaders: () => {}, onHeadersReceived: () => {} },
      setPermissionRequestHandler: () => {},
      closeAllConnections: does(partition, 'connections'),
      clearStorageData: does(partition, 'storage'),
      clearCache: does(partition, 'cache'),
      clearAuthCache: does(partition, 'authentication'),
      clearHostResolverCache: does(partition, 'names'),
    });
  const fromPartition = (partition: string) => {
    if (!partitions.has(partition)) partitions.set(partition, create(partition));
    return partitions.get(partition);
  };
  return { session: { fromPartition } };
});

const budget = new CallBudget(new HandTimer(new FakeClock()), () => {});
const at = (issuer: string, path = ''): PaneTarget => ({
  profileId: 'p1',
  policy: { issuer: new URL(issuer), privateHosts: [] },
  startAddress: `${issuer}${path}`,
  integratedHosts: [],
});
const downloads = { answer: () => {} };
const partitionOf = (target: PaneTarget) =>
  (paneSession(target, budget, downloads) as Session & { readonly partition: string }).partition;

beforeEach(async () => {
  broken.clear();
  await endSignIn();
  happened.length = 0;
});

describe('where the pane is', () => {
  it('another server at the same Authorization server is another place, so its pages begin again', () => {
    const here = at('https://auth.example.com');
    expect(samePlace(here, at('https://auth.example.com'))).toBe(true);
    expect(samePlace(here, { ...here, profileId: 'p2' })).toBe(false);
    expect(samePlace(here, at('https://auth.example.com', '/two'))).toBe(false);
    expect(samePlace(here, at('https://other.example.com'))).toBe(false);
  });
});

describe('a sign-in', () => {
  it('is kept only in memory', () => {
    expect(partitionOf(at('https://auth.example.com'))).not.toMatch(/^persist:/);
  });

  it('counts endless downloads as a flood of the page that is open now', () => {
    let floods = 0;
    let refused = 0;
    let answered = 0;
    const downloads = { answer: () => (answered += 1) };
    const target = at('https://auth.example.com');
    paneSession(target, budget, downloads);
    const session = paneSession(target, new CallBudget(new HandTimer(new FakeClock()), () => (floods += 1)), downloads);
    const most = (callsAtOnce + refusalsUntilClosed) / openingCost;
    for (let count = 0; count < most - 1; count += 1)
      session.emit('will-download', { preventDefault: () => (refused += 1) });
    expect(floods).toBe(0);
    for (let count = 0; count < most; count += 1)
      session.emit('will-download', { preventDefault: () => (refused += 1) });
    expect(floods).toBe(1);
    expect([answered, refused]).toEqual([callsAtOnce / openingCost, 2 * most - 1 - callsAtOnce / openingCost]);
  });

  it('is shared by the servers at the same Authorization server', () => {
    const first = partitionOf(at('https://auth.example.com', '/one'));
    expect(partitionOf(at('https://auth.example.com', '/two'))).toBe(first);
    expect(happened).toEqual([]);
  });

  it('closes its connections at the end, and then clears its data', async () => {
    const first = partitionOf(at('https://auth.example.com'));
    await endSignIn();
    expect(happened[0]).toBe(`${first} connections`);
    expect(happened.slice(1).toSorted()).toEqual(
      ['authentication', 'cache', 'names', 'storage'].map((what) => `${first} ${what}`),
    );
  });

  it.each(['connections', 'storage', 'cache'])('ends even if its %s cannot be cleared', async (what) => {
    broken.add(what);
    const first = partitionOf(at('https://auth.example.com'));
    await endSignIn();
    expect(happened).toHaveLength(5);
    expect(partitionOf(at('https://auth.example.com'))).not.toBe(first);
  });

  it('never uses the session of an ended one, and each ended one is cleared, in any sequence', async () => {
    const step = constantFrom('a', 'b', 'c', 'sign out', 'look at a', 'look at b');
    await assert(
      asyncProperty(array(step, { maxLength: 20 }), async (steps) => {
        await endSignIn();
        happened.length = 0;
        const ended = new Set<string>();
        let open: { readonly server: string; readonly partition: string } | null = null;
        for (const name of steps) {
          const server = name.slice(-1);
          const ends: boolean = name === 'sign out' || (open !== null && open.server !== server);
          if (ends && open) ended.add(open.partition);
          if (ends) open = null;
          if (name === 'sign out') await endSignIn();
          else if (name.startsWith('look')) keepSignInAt(at(`https://${server}.example.com`));
          else {
            const partition = partitionOf(at(`https://${server}.example.com`));
            expect(ended.has(partition)).toBe(false);
            if (open) expect(partition).toBe(open.partition);
            open = { server, partition };
          }
        }
        await endSignIn();
        if (open) ended.add(open.partition);
        await vi.waitFor(() => {
          for (const partition of ended) expect(happened).toContain(`${partition} storage`);
        });
      }),
      { numRuns: 100 },
    );
  });
});
