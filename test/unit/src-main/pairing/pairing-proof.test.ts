import { describe, expect, it } from 'vitest';
import { laptopProof, serverProof } from '../../../../src-main/pairing/pairing-proof.ts';

async function proved(code: string, typed: string, own = 'aa', seen = 'aa') {
  const laptop = await laptopProof(code, own);
  const server = await serverProof(typed, seen);
  const attempt = laptop.start(server.message);
  const finished = server.finish(attempt?.response ?? '');
  return { attempt, finished, sessionKey: attempt?.finish(finished?.message ?? '') ?? null };
}

describe('the proof of a code', () => {
  it('gives both sides one key', async () => {
    const { finished, sessionKey } = await proved('BCDFGHJK', 'BCDFGHJK');
    expect(finished?.sessionKey).toBe(sessionKey);
    expect(sessionKey?.length).toBeGreaterThan(80);
  });

  it('gives a different key each time', async () => {
    const [one, other] = [await proved('BCDFGHJK', 'BCDFGHJK'), await proved('BCDFGHJK', 'BCDFGHJK')];
    expect(one.sessionKey).not.toBe(other.sessionKey);
  });

  it('fails for a wrong code', async () => {
    expect(await proved('BCDFGHJK', 'BCDFGHJL')).toMatchObject({ finished: null, sessionKey: null });
  });

  it('fails if the two sides see different certificates, even with the right code', async () => {
    expect(await proved('BCDFGHJK', 'BCDFGHJK', 'aa', 'ab')).toMatchObject({ finished: null, sessionKey: null });
  });

  it('fails with the last message of another attempt', async () => {
    const laptop = await laptopProof('BCDFGHJK', 'aa');
    const [one, other] = [await serverProof('BCDFGHJK', 'aa'), await serverProof('BCDFGHJK', 'aa')];
    const first = laptop.start(one.message);
    const second = laptop.start(other.message);
    const message = one.finish(first?.response ?? '')?.message ?? '';
    expect(second?.finish(message)).toBeNull();
    expect(first?.finish(message)).not.toBeNull();
  });

  it('has no message that contains the code, in clear or in base64', async () => {
    const { attempt, finished } = await proved('BCDFGHJK', 'BCDFGHJK');
    for (const message of [attempt?.response ?? '', finished?.message ?? '']) {
      expect(message).not.toContain('BCDFGHJK');
      expect(Buffer.from(message, 'base64url').toString('latin1')).not.toContain('BCDFGHJK');
    }
  });

  it.each(['', 'AAAA', 'ß', 'A'.repeat(86), 'A'.repeat(10_000)])('ignores %j, and does not throw', async (noise) => {
    const laptop = await laptopProof('BCDFGHJK', 'aa');
    const server = await serverProof('BCDFGHJK', 'aa');
    expect(laptop.start(noise)?.finish(noise) ?? null).toBeNull();
    expect(laptop.start(server.message)?.finish(noise)).toBeNull();
    expect(server.finish(noise)).toBeNull();
  });
});
