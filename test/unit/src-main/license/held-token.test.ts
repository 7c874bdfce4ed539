import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeTokenCrypto } from '../../../../src-main/adapters/computer/node-token-crypto.ts';
import { ProofKey } from '../../../../src-main/authorization/proof-key.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { until } from '../../../fakes/until.ts';

let console: ConsoleAtWork;
let reads: number;
beforeEach(async () => {
  console = await ConsoleAtWork.create();
  await console.acquire();
  const { secrets } = console;
  const read = secrets.read.bind(secrets);
  reads = 0;
  secrets.read = (name) => {
    reads += 1;
    return read(name);
  };
});

const current = () => console.services.token.current();

describe('the current license token', () => {
  it('is the one in the keychain, which is read once for any number of callers', async () => {
    const asked = await Promise.all(Array.from({ length: 100 }, current));
    for (const token of asked)
      expect(token).toEqual({
        ok: true,
        value: {
          accessToken: console.kept?.accessToken,
          tokenType: 'Bearer',
          expiresAt: console.services.license.record?.details.tokenExpiresAt,
        },
      });
    await current();
    expect(reads).toBe(1);
    expect(JSON.stringify(asked)).not.toContain(console.kept?.refreshToken);
  });

  it.each([
    ['numbers', (seconds: number) => seconds],
    ['strings', String],
    ['numbers with a fraction', (seconds: number) => seconds + 0.25],
    ['strings with a fraction', (seconds: number) => `${seconds}.25`],
    ['strings with an exponent', (seconds: number) => seconds.toExponential()],
    ['strings with spaces', (seconds: number) => ` ${seconds} `],
  ])('expires when its license does if the server writes iat and exp as %s', async (_, written) => {
    console = await ConsoleAtWork.create();
    const iat = Math.floor(console.clock.realAt / 1000);
    console.server.device = { iat: written(iat), exp: written(iat + 86_400) };
    await console.acquire();
    const expiresAt = console.services.license.view()?.evaluation.token.expiresAt;
    expect(Math.floor((expiresAt ?? 0) / 1000)).toBe(iat + 86_400);
    expect(await current()).toMatchObject({ ok: true, value: { expiresAt } });
  });

  it('is the new one after a refresh', async () => {
    const before = await current();
    console.clock.advance(1_000);
    await console.services.refresh.refreshNow();
    const after = await current();
    expect(after).toMatchObject({ ok: true, value: { accessToken: console.kept?.accessToken } });
    expect(after).not.toEqual(before);
  });

  it('is not given out after its expiry by trusted time', async () => {
    await current();
    console.server.fault = () =>
      ({ ok: false, failure: { code: 'network_unreachable', remedy: 'try_again' } }) as never;
    console.clock.advance(7 * 86_400_000 - 1);
    expect((await current()).ok).toBe(true);
    console.clock.advance(1);
    expect(await current()).toMatchObject({ failure: { code: 'token_expired' } });
  });

  it('leaves memory when a refresh replaces it, before anyone asks again', async () => {
    await current();
    expect(console.services.token.isHeld).toBe(true);
    console.clock.advance(1_000);
    await console.services.refresh.refreshNow();
    expect(console.services.token.isHeld).toBe(false);
  });

  it('stays in memory after a failed refresh', async () => {
    await current();
    console.server.fault = () =>
      ({ ok: false, failure: { code: 'network_unreachable', remedy: 'try_again' } }) as never;
    await console.services.refresh.refreshNow();
    expect(console.services.token.isHeld).toBe(true);
  });

  it('is gone from memory too once the license is removed', async () => {
    await current();
    expect((await console.services.license.remove(true)).ok).toBe(true);
    expect(console.services.token.isHeld).toBe(false);
    expect(await current()).toMatchObject({ failure: { code: 'not_licensed' } });
    await console.acquire();
    expect(await current()).toMatchObject({ ok: true, value: { accessToken: console.kept?.accessToken } });
  });

  it('is not given out if a removal begins while the keychain is read', async () => {
    const { secrets } = console;
    const { license } = console.services;
    const [read, remove] = [secrets.read.bind(secrets), secrets.remove.bind(secrets)];
    let goOn = () => {};
    secrets.remove = async (name) => {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      return remove(name);
    };
    const removals: Promise<{ readonly ok: boolean }>[] = [];
    secrets.read = async (name) => {
      const kept = await read(name);
      // What the removal itself reads does not matter here.
      if (removals.length === 0) {
        removals.push(license.remove(true));
        await until(() => license.record?.removing !== undefined, 'a removal');
      }
      return kept;
    };
    expect(await current()).toMatchObject({ failure: { code: 'not_licensed' } });
    expect(console.services.token.isHeld).toBe(false);
    goOn();
    expect(await Promise.all(removals)).toMatchObject([{ ok: true }]);
  });

  it('fails with the code of the keychain, which is read again at the next call', async () => {
    const { secrets } = console;
    const read = secrets.read.bind(secrets);
    secrets.read = async () => ({ ok: false, failure: { code: 'secret_store_locked', remedy: 'unlock_keychain' } });
    expect(await current()).toMatchObject({ failure: { code: 'secret_store_locked' } });
    secrets.read = async () => ({ ok: true, value: null });
    expect(await current()).toMatchObject({ failure: { code: 'secret_store_damaged' } });
    secrets.read = read;
    expect((await current()).ok).toBe(true);
  });
});

describe('a proof of possession', () => {
  const request = { method: 'POST', url: 'https://hub.example/api/orders?page=2', nonce: 'n-1' };

  it('is refused for a bearer token', async () => {
    expect(await console.services.token.prove(request)).toMatchObject({ failure: { code: 'token_not_bound' } });
  });

  it('is signed by the key of the token, for this request alone', async () => {
    const key = await ProofKey.create();
    const secrets = await console.services.license.readSecrets();
    if (!secrets.ok || !secrets.value) throw new Error();
    await console.services.license.storeSecrets({ ...secrets.value, dpopKey: key.privateJwk });
    expect(await current()).toMatchObject({ ok: true, value: { tokenType: 'DPoP' } });
    const proofs = await Promise.all([1, 2].map(() => console.services.token.prove(request)));
    const [one, two] = proofs.map((proof) => (proof.ok ? proof.value : ''));
    if (!one || !two) throw new Error();
    expect(decodeProtectedHeader(one)).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256' });
    expect(decodeJwt(one)).toMatchObject({ htm: 'POST', htu: 'https://hub.example/api/orders', nonce: 'n-1' });
    const token = await current();
    expect(decodeJwt(one)['ath']).toBe(token.ok && nodeTokenCrypto.digestOf(token.value.accessToken));
    expect(decodeJwt(one).jti).not.toBe(decodeJwt(two).jti);
    expect(one).not.toContain(key.privateJwk.d);
  });
});
