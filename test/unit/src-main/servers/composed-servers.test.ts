import { describe, expect, it } from 'vitest';
import { ComposedServers } from '../../../../src-main/servers/composed-servers.ts';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import type { ServerProfile } from '../../../../src-shared/servers/server-profile.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { settled } from '../../../fakes/until.ts';

function setUp(count: number) {
  const turns: (() => void)[] = [];
  const schedule = (_delayMs: number, wake: () => void) => {
    turns.push(wake);
    return () => {};
  };
  const nextTurn = async () => {
    turns.shift()?.();
    await settled();
  };
  const composed: string[] = [];
  const servers = new ComposedServers(
    (each) => {
      composed.push(each.id);
      return { profileId: each.id } as LicensedServer;
    },
    { schedule },
  );
  const profiles = Array.from({ length: count }, (_, index): ServerProfile => ({ ...profile, id: `p${index}` }));
  servers.begin(profiles, profiles[2] ?? profiles[0] ?? null);
  return { nextTurn, composed, servers };
}

describe('the servers of a console', () => {
  it('are all composed at the start if they are few', () => {
    const { composed, servers } = setUp(5);
    expect(composed).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    expect(servers.composeRest()).toBeNull();
  });

  it('are many: only the shown one is composed, and another one once, when it is needed', () => {
    const { composed, servers } = setUp(500);
    expect(composed).toEqual(['p2']);
    expect(servers.ifComposed('p7')).toBeNull();
    expect(servers.of('p7')).toBe(servers.of('p7'));
    expect(servers.soFar.map(({ profileId }) => profileId)).toEqual(['p2', 'p7']);
    expect(servers.of('unknown')).toBeNull();
    expect(composed).toEqual(['p2', 'p7']);
  });

  it('are composed a few per turn after the start, each once', async () => {
    const { nextTurn, composed, servers } = setUp(50);
    servers.of('p7');
    const rest = servers.composeRest();
    expect(composed).toHaveLength(2);
    await nextTurn();
    expect(composed.length).toBeGreaterThan(2);
    expect(composed.length).toBeLessThan(50);
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(await rest).toBe(true);
    expect(new Set(composed).size).toBe(50);
    expect(composed).toHaveLength(50);
  });

  it('are no longer composed once the console ends', async () => {
    const { nextTurn, composed, servers } = setUp(50);
    const rest = servers.composeRest();
    servers.end();
    await nextTurn();
    expect(await rest).toBe(false);
    expect(composed).toEqual(['p2']);
  });

  it.each([
    ['of few', 3, 'p1', ['p0', 'p2']],
    ['of many, before it is composed', 50, 'p7', ['p2']],
    ['of many, after it is composed', 50, 'p2', []],
  ] as const)('do not include a forgotten one %s', async (_which, count, id, kept) => {
    const { nextTurn, servers } = setUp(count);
    servers.delete(id);
    expect(servers.of(id)).toBeNull();
    expect(servers.soFar.map(({ profileId }) => profileId)).toEqual(kept);
    void servers.composeRest();
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(servers.soFar).toHaveLength(count - 1);
    expect(servers.of(id)).toBeNull();
  });
});
