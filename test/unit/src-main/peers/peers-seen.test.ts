import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  latelyMs,
  mostAuthenticPeers,
  mostClaimedPeers,
  PeersSeen,
  writeAfterMs,
} from '../../../../src-main/peers/peers-seen.ts';
import type { PeerVerdict } from '../../../../src-shared/peer-verdict.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { said, tries } from '../../../fakes/tries.ts';

class Scene {
  readonly clock = new FakeClock();
  readonly timer = new HandTimer(this.clock);
  readonly documents: MemoryDocuments;
  readonly seen: PeersSeen;

  constructor(documents = new MemoryDocuments()) {
    this.documents = documents;
    this.seen = new PeersSeen('p1', { documents, timer: this.timer });
  }

  get now(): number {
    return this.clock.realAt;
  }

  accept(serverId: string, askedBy = 'POS'): void {
    this.seen.record(accepted(serverId, this.now), askedBy);
  }

  refuse(serverId: string | null, authentic: boolean, askedBy = 'POS'): void {
    this.seen.record(refused(serverId, authentic, this.now), askedBy);
  }

  get list() {
    return this.seen.list(this.now);
  }

  get ids(): (string | undefined)[] {
    return this.list.map(({ verdict }) => verdict.peer?.serverId);
  }
}

function accepted(serverId: string, judgedAt: number): PeerVerdict {
  const peer = {
    serverId,
    serverName: `Name of ${serverId}`,
    deviceType: 'register',
    edition: 'store' as const,
    organization: { id: 'fc-xmsqa1', name: 'Fusion Coffee' },
    features: ['xms'],
    hub: { serverId: 'store-014' },
    renewal: { state: 'requires_renewal' as const, warnsAt: judgedAt - 5, endsAt: judgedAt + 5 },
    tokenIssuedAt: judgedAt - 1_000,
    tokenExpiresAt: judgedAt + 1_000,
  };
  return { accepted: true, peer, relation: 'our_peer', warnings: ['license_expired'], judgedAt };
}

function refused(serverId: string | null, authentic: boolean, judgedAt: number): PeerVerdict {
  const peer = serverId === null ? null : { serverId, organization: { id: 'fc-xmsqa1' } };
  return { accepted: false, reason: authentic ? 'not_our_peer' : 'signature_invalid', peer, authentic, judgedAt };
}

describe('the peers seen lately', () => {
  it('each once, the latest first, with its last verdict, counts and who asked', () => {
    const scene = new Scene();
    const begin = scene.now;
    scene.accept('register-3');
    scene.clock.advance(10);
    scene.accept('register-4');
    scene.clock.advance(10);
    scene.refuse('register-3', true, 'Kitchen');
    expect(scene.ids).toEqual(['register-3', 'register-4']);
    expect(scene.list[0]).toEqual({
      key: expect.any(String),
      verdict: refused('register-3', true, begin + 20),
      firstSeenAt: begin,
      lastSeenAt: begin + 20,
      acceptedCount: 1,
      refusedCount: 1,
      askedBy: 'Kitchen',
    });
  });

  it('a name that nobody has signed is another one, and so is the same id in another organization', () => {
    const scene = new Scene();
    scene.accept('register-3');
    scene.refuse('register-3', false);
    const other = refused('register-3', true, scene.now);
    scene.seen.record({ ...other, peer: { ...other.peer, organization: { id: 'fc-other' } } } as PeerVerdict, 'POS');
    expect(new Set(scene.list.map(({ key }) => key)).size).toBe(3);
    expect(scene.list.find(({ verdict }) => verdict.accepted)).toMatchObject({ refusedCount: 0 });
  });

  it.each(['not_licensed', 'key_unknown_offline', 'key_refused'] as const)(
    'refused as %s and judged since: only the verdict of now stands there',
    (reason) => {
      const scene = new Scene();
      for (const serverId of ['register-3', 'register-4'])
        scene.seen.record({ ...refused(serverId, false, scene.now), reason } as PeerVerdict, 'POS');
      scene.clock.advance(10);
      scene.accept('register-3');
      expect(scene.list.map(({ verdict }) => [verdict.peer?.serverId, verdict.accepted])).toEqual([
        ['register-3', true],
        ['register-4', false],
      ]);
    },
  );

  it('a token that was forged under the name of a register stays, also when the register itself comes', () => {
    const scene = new Scene();
    scene.refuse('register-3', false);
    scene.clock.advance(10);
    scene.accept('register-3');
    expect(scene.list).toMatchObject([{ verdict: { accepted: true } }, { verdict: { accepted: false } }]);
  });

  it('who has not come for a month is not told of any more, and is as it was when it comes again', () => {
    const scene = new Scene();
    const begin = scene.now;
    scene.refuse('register-3', true);
    scene.clock.advance(latelyMs);
    expect(scene.ids).toEqual(['register-3']);
    scene.clock.advance(1);
    scene.accept('register-4');
    expect(scene.ids).toEqual(['register-4']);
    scene.accept('register-3');
    expect(scene.list[0]).toMatchObject({ firstSeenAt: begin, refusedCount: 1, acceptedCount: 1 });
  });

  it('those that say nothing of themselves are one', () => {
    const scene = new Scene();
    for (let times = 0; times < 3; times += 1) scene.refuse(null, false);
    expect(scene.list).toMatchObject([{ refusedCount: 3, verdict: { peer: null } }]);
  });

  it(`${mostAuthenticPeers} authentic ones and ${mostClaimedPeers} others: a flood of made-up names pushes none of ours out`, () => {
    const scene = new Scene();
    for (let index = 0; index < mostAuthenticPeers + 100; index += 1) scene.accept(`register-${index}`);
    for (let index = 0; index < 10_000; index += 1) scene.refuse(`made-up-${index}`, false);
    expect(scene.ids).toHaveLength(mostAuthenticPeers + mostClaimedPeers);
    expect(scene.ids).toContain(`register-${mostAuthenticPeers + 99}`);
    expect(scene.ids).toContain('register-100');
    expect(scene.ids).not.toContain('register-99');
    expect(scene.ids).toContain('made-up-9999');
    expect(scene.ids).not.toContain('made-up-9899');
  });

  it(`${said(20)} sequences of verdicts and restarts: within bounds, and the last ones of each kind are there`, () => {
    const step = fc.record({ id: fc.nat(5_000), kind: fc.constantFrom('accepted', 'authentic', 'claimed', 'restart') });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5_000, size: 'max' }), (steps) => {
        let scene = new Scene();
        const last = { authentic: new Map<string, number>(), claimed: new Map<string, number>() };
        steps.forEach(({ id, kind }, index) => {
          const name = `device-${id}`;
          if (kind === 'restart' && index % 100 === 0) {
            scene.seen.keep();
            scene = new Scene(scene.documents);
          }
          if (kind === 'accepted') scene.accept(name);
          else scene.refuse(name, kind === 'authentic');
          const group = kind === 'accepted' || kind === 'authentic' ? last.authentic : last.claimed;
          group.delete(name);
          group.set(name, index);
        });
        const expected = [
          ...[...last.authentic.keys()].slice(-mostAuthenticPeers).map((name) => `true ${name}`),
          ...[...last.claimed.keys()].slice(-mostClaimedPeers).map((name) => `false ${name}`),
        ];
        const listed = scene.list.map(
          ({ verdict }) => `${verdict.accepted || verdict.authentic} ${verdict.peer?.serverId}`,
        );
        expect(listed.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: tries(20) },
    );
  });
});

describe('on disk', () => {
  it('is written a minute after the first verdict, at most once a minute', async () => {
    const scene = new Scene();
    for (let index = 0; index < 600; index += 1) {
      scene.accept(`register-${index % 7}`);
      await scene.timer.advance(100);
    }
    const writes: number[] = [];
    const write = scene.documents.write.bind(scene.documents);
    scene.documents.write = (name, document) => {
      writes.push(scene.now);
      return write(name, document);
    };
    for (let index = 0; index < 1_800; index += 1) {
      scene.accept(`register-${index % 7}`);
      await scene.timer.advance(100);
    }
    expect(writes).toHaveLength(3);
    expect(writes.every((at, index) => index === 0 || at - (writes[index - 1] ?? 0) >= writeAfterMs)).toBe(true);
    // Nobody calls: nothing is written.
    await scene.timer.advance(10 * writeAfterMs);
    expect(writes.length).toBeLessThanOrEqual(4);
    expect(scene.timer.count).toBe(0);
  });

  it('comes back after a restart as it was', async () => {
    const scene = new Scene();
    scene.accept('register-3');
    scene.refuse('register-4', true);
    scene.refuse('made-up', false);
    scene.refuse(null, false);
    await scene.timer.advance(writeAfterMs);
    const restarted = new Scene(scene.documents);
    expect(restarted.list).toEqual(scene.list);
    restarted.clock.advance(2 * writeAfterMs);
    restarted.accept('register-3');
    expect(restarted.list[0]).toMatchObject({ acceptedCount: 2, firstSeenAt: scene.now - writeAfterMs });
  });

  it('is written at the end; then no timer writes any more', async () => {
    const scene = new Scene();
    scene.accept('register-3');
    scene.seen.stop();
    expect(scene.seen.keep().ok).toBe(true);
    expect(scene.documents.files.has('peers.p1')).toBe(true);
    scene.documents.files.clear();
    scene.accept('register-4');
    await scene.timer.advance(2 * writeAfterMs);
    expect(scene.documents.files.size).toBe(0);
  });

  it('nothing is read or written before the first verdict or look', () => {
    const documents = new MemoryDocuments(new Map([['peers.p1', 'not json']]));
    const scene = new Scene(documents);
    expect(scene.seen.keep().ok).toBe(true);
    expect(documents.setAsideNames).toEqual([]);
    expect(scene.list).toEqual([]);
    expect(documents.setAsideNames).toEqual(['peers.p1']);
  });

  it('a disk that takes nothing: said, and tried again a minute after the next verdict', async () => {
    const scene = new Scene();
    scene.documents.writable = false;
    scene.accept('register-3');
    await scene.timer.advance(writeAfterMs);
    expect(scene.seen.keep().ok).toBe(false);
    scene.documents.writable = true;
    scene.accept('register-4');
    await scene.timer.advance(writeAfterMs);
    expect(new Scene(scene.documents).ids).toEqual(['register-4', 'register-3']);
  });

  it.each([
    ['another version', { version: 2, peers: [] }],
    ['a list', []],
    ['a text for peers', { version: 1, peers: 'none' }],
    ['more than any list of ours', { version: 1, peers: Array.from({ length: 10_001 }, () => 0) }],
  ])('%s is set aside', (_name, document) => {
    const documents = new MemoryDocuments(new Map([['peers.p1', JSON.stringify(document)]]));
    expect(new Scene(documents).list).toEqual([]);
    expect(documents.setAsideNames).toEqual(['peers.p1']);
  });

  it('a peer that is not whole costs only itself, and a list that is too long is cut', () => {
    const scene = new Scene();
    scene.accept('register-3');
    const good = scene.list[0];
    const many = Array.from({ length: mostAuthenticPeers + 200 }, (_, index) => ({
      ...good,
      verdict: accepted(`register-${index}`, 1),
    }));
    const peers = [
      { ...good, lastSeenAt: 'yesterday' },
      { ...good, verdict: { ...good?.verdict, relation: 'friend' } },
      { ...good, acceptedCount: -1 },
      null,
      ...many,
    ];
    const documents = new MemoryDocuments(new Map([['peers.p1', JSON.stringify({ version: 1, peers })]]));
    const restored = new Scene(documents);
    expect(restored.ids).toHaveLength(mostAuthenticPeers);
    expect(restored.ids).toContain(`register-${mostAuthenticPeers + 199}`);
  });
});
