import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuthenticPeer } from '../../../../src-main/peers/evaluate-peer.ts';
import { mostTokensKept, PeerTokenCache } from '../../../../src-main/peers/peer-token-cache.ts';
import { PeerScene } from '../../../fakes/peer-scene.ts';
import { said, tries } from '../../../fakes/tries.ts';

const until = (expiresAt: number): AuthenticPeer => ({ license: null, startsAt: 0, expiresAt });

describe('the cache of verified tokens', () => {
  it(`holds ${mostTokensKept} tokens, and forgets the least recently used first`, () => {
    const cache = new PeerTokenCache(3);
    for (const name of ['a', 'b', 'c']) cache.keep(name, until(1e9), 0);
    expect(cache.get('a', 0)).toBeDefined();
    cache.keep('d', until(1e9), 0);
    expect(['a', 'b', 'c', 'd'].filter((name) => cache.get(name, 0))).toEqual(['a', 'c', 'd']);
    const full = new PeerTokenCache();
    for (let index = 0; index < 2 * mostTokensKept; index += 1) full.keep(String(index), until(1e9), 0);
    expect(full.size).toBe(mostTokensKept);
    expect(full.get('0', 0)).toBeUndefined();
  });

  it('holds a token until 60 s after its exp, to the millisecond', () => {
    const cache = new PeerTokenCache();
    cache.keep('a', until(100_000), 0);
    expect(cache.get('a', 159_999)).toBeDefined();
    expect(cache.get('a', 160_000)).toBeUndefined();
    expect(cache.size).toBe(0);
    cache.keep('a', until(100_000), 160_000);
    expect(cache.size).toBe(0);
  });

  it(`never holds too many tokens, expired ones or a wrong one: ${said(1_000)} sequences`, () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('keep' as const), name: fc.nat(12), lifeMs: fc.nat(400_000) }),
      fc.record({ kind: fc.constant('get' as const), name: fc.nat(12) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(100_000) }),
      fc.record({ kind: fc.constant('clear' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (steps, most) => {
        const cache = new PeerTokenCache(most);
        const kept = new Map<string, AuthenticPeer>();
        let now = 0;
        for (const each of steps) {
          if (each.kind === 'wait') now += each.ms;
          else if (each.kind === 'clear') {
            cache.clear();
            kept.clear();
          } else if (each.kind === 'keep') {
            const peer = until(now - 200_000 + each.lifeMs);
            cache.keep(String(each.name), peer, now);
            kept.set(String(each.name), peer);
          } else {
            const peer = cache.get(String(each.name), now);
            if (peer) expect(peer).toBe(kept.get(String(each.name)));
            if (peer) expect(now).toBeLessThan(peer.expiresAt + 60_000);
          }
          expect(cache.size).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: tries(1_000) },
    );
  });

  it('saves the signature check for a token that comes again, but not for another spelling of it', async () => {
    const scene = await PeerScene.create();
    const token = await scene.register();
    for (let times = 0; times < 100; times += 1) expect(await scene.outcome(token)).toBe('our_peer');
    expect(scene.signatures).toBe(1);
    // The last character of a signature of 64 bytes holds four bits that mean nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    const other = token.slice(0, -1) + alphabet.charAt(last ^ 1);
    expect(await scene.outcome(other)).toBe('our_peer');
    expect(scene.signatures).toBe(2);
  });
});
