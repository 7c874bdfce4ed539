import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  latelyMs,
  mostAuthenticPeers,
  mostClaimedPeers,
  PeersSeen,
  writeAfterMs,
} from '../../../../src-main/peers/peers-seen.ts';
import type { PeerVerdict } from '../../../../src-shared/registers/peer-verdict.ts';
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

describe('the list of recent peers', () => {
  it('has each peer once, the latest first, with its last verdict, its counts and the API client that asked', () => {
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

  it('keeps an unsigned name and another organization apart from an authentic peer', () => {
    const scene = new Scene();
    scene.accept('register-3');
    scene.refuse('register-3', false);
    const other = refused('register-3', true, scene.now);
    scene.seen.record({ ...other, peer: { ...other.peer, organization: { id: 'fc-other' } } } as PeerVerdict, 'POS');
    expect(new Set(scene.list.map(({ key }) => key)).size).toBe(3);
    expect(scene.list.find(({ verdict }) => verdict.accepted)).toMatchObject({ refusedCount: 0 });
  });

  it('keeps an unsigned claim apart from an authentic token, even if both come with the same details or with none', () => {
    const scene = new Scene();
    const of = refused('register-3', true, scene.now);
    for (const peer of [of.peer, null])
      for (const authentic of [true, false, true]) scene.seen.record({ ...of, peer, authentic } as PeerVerdict, 'POS');
    expect(new Set(scene.list.map(({ key }) => key)).size).toBe(4);
    expect(scene.list.filter(({ refusedCount }) => refusedCount === 2)).toHaveLength(2);
  });

  it.each(['not_licensed', 'key_unknown_offline', 'key_refused'] as const)(
    'drops a peer’s refusal as %s after a real verdict on the same peer',
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

  it('keeps the refusal of a forged token even after the real register comes', () => {
    const scene = new Scene();
    scene.refuse('register-3', false);
    scene.clock.advance(10);
    scene.accept('register-3');
    expect(scene.list).toMatchObject([{ verdict: { accepted: true } }, { verdict: { accepted: false } }]);
  });

  it('hides a peer after a month, and shows it with its old counts if it comes again', () => {
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

  it('has one entry for all tokens that name no peer', () => {
    const scene = new Scene();
    for (let times = 0; times < 3; times += 1) scene.refuse(null, false);
    expect(scene.list).toMatchObject([{ refusedCount: 3, verdict: { peer: null } }]);
  });

  it(`holds ${mostAuthenticPeers} authentic peers and ${mostClaimedPeers} others, so that a flood of made-up names displaces no authentic one`, () => {
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

  it(`holds the last ones of each kind within its bounds: ${said(20)} sequences of verdicts and restarts`, () => {
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

describe('the list of recent peers on disk', () => {
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
    // Without a call, nothing is written.
    await scene.timer.advance(10 * writeAfterMs);
    expect(writes.length).toBeLessThanOrEqual(4);
    expect(scene.timer.count).toBe(0);
  });

  it('is the same after a restart', async () => {
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

  it('is written at the end, and no timer writes it after that', async () => {
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

  it('is neither read nor written before the first verdict or look', () => {
    const documents = new MemoryDocuments(new Map([['peers.p1', 'not json']]));
    const scene = new Scene(documents);
    expect(scene.seen.keep().ok).toBe(true);
    expect(documents.setAsideNames).toEqual([]);
    expect(scene.list).toEqual([]);
    expect(documents.setAsideNames).toEqual(['peers.p1']);
  });

  it('is written a minute after the next verdict if the disk was full', async () => {
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
    ['a text in place of the peers', { version: 1, peers: 'none' }],
    ['a list that is too long', { version: 1, peers: Array.from({ length: 10_001 }, () => 0) }],
  ])('is set aside if it is %s', (_name, document) => {
    const documents = new MemoryDocuments(new Map([['peers.p1', JSON.stringify(document)]]));
    expect(new Scene(documents).list).toEqual([]);
    expect(documents.setAsideNames).toEqual(['peers.p1']);
  });

  it('loses only the entries that are damaged, and is cut if it is too long', () => {
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
