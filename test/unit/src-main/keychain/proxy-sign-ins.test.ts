import { describe, expect, it } from 'vitest';
import { ProxySignIns } from '../../../../src-main/keychain/proxy-sign-ins.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';

const proxy = 'proxy.example:3128';
const entered = { name: 'mel', password: 'canary' };

/** A keychain with one entry. */
function keychain(value: string | null = null) {
  const kept = { value, reads: 0, locked: false };
  const answer = <T>(given: () => T): Promise<Result<T>> =>
    Promise.resolve(kept.locked ? fail('secret_store_locked') : succeed(given()));
  return {
    kept,
    read: () => ((kept.reads += 1), answer(() => kept.value)),
    write: (_name: string, next: string) => answer(() => ((kept.value = next), null)),
    remove: () => answer(() => ((kept.value = null), null)),
  };
}

describe('the names and passwords for proxies', () => {
  it('are kept in the keychain, and a later run finds them only for the same proxy', async () => {
    const secrets = keychain();
    expect((await new ProxySignIns(secrets).keep(proxy, entered)).ok).toBe(true);
    const later = new ProxySignIns(secrets);
    expect(secrets.kept.reads).toBe(1);
    expect(await later.of(proxy)).toEqual(entered);
    expect(await later.of('proxy.example:8080')).toBeNull();
    expect(secrets.kept.reads).toBe(2);
  });

  it('are read later if the keychain is locked, and the stored ones are kept', async () => {
    const secrets = keychain(JSON.stringify([{ proxy, ...entered }]));
    secrets.kept.locked = true;
    const signIns = new ProxySignIns(secrets);
    expect(await signIns.of(proxy)).toBeNull();
    expect(await signIns.keep('other:1', entered)).toMatchObject({ ok: false });
    expect(await signIns.of('other:1')).toEqual(entered);
    secrets.kept.locked = false;
    expect(await signIns.of(proxy)).toEqual(entered);
  });

  it('cause a report if a locked keychain refuses them, until it accepts the next change', async () => {
    const secrets = keychain();
    const signIns = new ProxySignIns(secrets);
    const saved: unknown[] = [];
    signIns.onSaved = (change, trouble) => saved.push([change, trouble?.code ?? null]);
    secrets.kept.locked = true;
    await signIns.keep(proxy, entered);
    expect([signIns.isUnsaved(proxy), signIns.isUnsaved('other:1')]).toEqual([true, false]);
    secrets.kept.locked = false;
    await signIns.keep(proxy, entered);
    expect(signIns.isUnsaved(proxy)).toBe(false);
    expect(saved).toEqual([
      ['kept', 'secret_store_locked'],
      ['kept', null],
    ]);
    expect(JSON.stringify(saved)).not.toContain('canary');
  });

  it('are not used again in this run if they are forgotten while the keychain is locked, and can be forgotten again', async () => {
    const other = { proxy: 'other:1', ...entered };
    const secrets = keychain(JSON.stringify([{ proxy, ...entered }, other]));
    const signIns = new ProxySignIns(secrets);
    const saved: unknown[] = [];
    signIns.onSaved = (change, trouble) => saved.push([change, trouble?.code ?? null]);
    expect(await signIns.of(proxy)).toEqual(entered);
    secrets.kept.locked = true;
    expect(await signIns.forget(proxy)).toMatchObject({ ok: false });
    expect({ used: await signIns.of(proxy), isUnsaved: signIns.isUnsaved(proxy) }).toEqual({
      used: null,
      isUnsaved: true,
    });
    expect(await new ProxySignIns(secrets).of(proxy)).toBeNull();
    secrets.kept.locked = false;
    expect(await new ProxySignIns(secrets).of(proxy)).toEqual(entered);
    expect(await signIns.forget(proxy)).toMatchObject({ ok: true });
    expect(JSON.parse(secrets.kept.value ?? '')).toEqual([other]);
    expect(await signIns.forget(proxy)).toMatchObject({ ok: true });
    expect(saved).toEqual([
      ['forgotten', 'secret_store_locked'],
      ['forgotten', null],
    ]);
  });

  it('do not come back if they were entered and forgotten while the keychain was locked', async () => {
    const secrets = keychain(JSON.stringify([{ proxy, ...entered }]));
    const signIns = new ProxySignIns(secrets);
    secrets.kept.locked = true;
    await signIns.keep(proxy, { name: 'mel', password: 'other' });
    await signIns.forget(proxy);
    secrets.kept.locked = false;
    expect(await signIns.of(proxy)).toBeNull();
  });

  it.each(['', '{', '{}', '[{"proxy":1}]'])('count as absent if the entry is malformed: %j', async (value) => {
    expect(await new ProxySignIns(keychain(value)).of(proxy)).toBeNull();
  });

  it('are forgotten and reported if the proxy refuses them, and are not sent again', async () => {
    const secrets = keychain(JSON.stringify([{ proxy, ...entered }]));
    const signIns = new ProxySignIns(secrets);
    const asked: unknown[] = [];
    signIns.onWanted = (...given) => asked.push(given);
    signIns.wanted(proxy, await signIns.of(proxy));
    expect(asked).toEqual([[proxy, true]]);
    expect(await signIns.of(proxy)).toBeNull();
    await expect.poll(() => secrets.kept.value).toBeNull();
  });

  it('are not affected by the refusal of earlier ones', async () => {
    const signIns = new ProxySignIns(keychain());
    const asked: unknown[] = [];
    signIns.onWanted = (...given) => asked.push(given);
    const before = { ...entered };
    await signIns.keep(proxy, before);
    await signIns.keep(proxy, entered);
    signIns.wanted(proxy, before);
    signIns.wanted(proxy, null);
    expect(asked).toEqual([]);
    expect(signIns.has(proxy)).toBe(true);
    let forgotten = 0;
    signIns.onForgotten(() => (forgotten += 1));
    expect((await signIns.forget(proxy)).ok).toBe(true);
    expect((await signIns.forget(proxy)).ok).toBe(true);
    expect(forgotten).toBe(1);
    signIns.wanted(proxy, null);
    expect(asked).toEqual([[proxy, false]]);
  });

  it('are limited in number: the oldest one is dropped first', async () => {
    const signIns = new ProxySignIns(keychain());
    for (let count = 0; count < 21; count += 1) await signIns.keep(`proxy:${count}`, entered);
    expect([signIns.has('proxy:0'), signIns.has('proxy:1'), signIns.has('proxy:20')]).toEqual([false, true, true]);
  });
});
