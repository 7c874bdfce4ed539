import { beforeEach, describe, expect, it } from 'vitest';
import { fetchTimeoutMs, refetchAfterMs, refetchForSignatureAfterMs } from '../../../../src-main/peers/peer-keys.ts';
import { PeerScene } from '../../../fakes/peer-scene.ts';
import { TokenSigner } from '../../../fakes/token-signer.ts';
import { settled } from '../../../fakes/until.ts';

const newer = await TokenSigner.create('ES256', 'key-2');
const sameName = await TokenSigner.create('RS256', 'key-1');

let scene: PeerScene;
beforeEach(async () => {
  scene = await PeerScene.create();
});

const ofNewKey = () => newer.sign(scene.registerClaims());

describe('a key that is not stored', () => {
  it('is fetched, and its token is accepted at once', async () => {
    scene.keys.published = { keys: [...scene.keys.published.keys, ...(await newer.keySet()).keys] };
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
    expect(await scene.outcome(await scene.register())).toBe('our_peer');
    expect(scene.keys.requests).toBe(1);
  });

  it('gives key_unknown if the server does not publish it, and key_unknown_offline if the server cannot be reached', async () => {
    expect(await scene.outcome(await ofNewKey())).toBe('key_unknown');
    scene.keys.online = false;
    await scene.timer.advance(refetchAfterMs);
    expect(await scene.outcome(await ofNewKey())).toBe('key_unknown_offline');
    expect(await scene.outcome(await scene.register())).toBe('our_peer');
    expect(scene.keys.requests).toBe(2);
  });

  it.each(['signing_keys_refused', 'signing_keys_unusable'] as const)(
    'gives key_refused if the server answers with %s, until the server gives the key',
    async (refusal) => {
      scene.keys.refusal = refusal;
      scene.keys.published = await newer.keySet();
      expect(await scene.outcome(await ofNewKey())).toBe('key_refused');
      expect(await scene.outcome(await ofNewKey())).toBe('key_refused');
      expect(await scene.outcome(await scene.register())).toBe('our_peer');
      expect(scene.keys.requests).toBe(1);
      scene.keys.refusal = null;
      await scene.timer.advance(refetchAfterMs);
      expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
    },
  );

  it('is fetched 30 s after a failure, once the server can be reached', async () => {
    scene.keys.online = false;
    scene.keys.published = await newer.keySet();
    expect(await scene.outcome(await ofNewKey())).toBe('key_unknown_offline');
    scene.keys.online = true;
    await scene.timer.advance(refetchAfterMs - 1);
    expect(await scene.outcome(await ofNewKey())).toBe('key_unknown_offline');
    await scene.timer.advance(1);
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
  });

  it('may have the kid of a stored key, and then verifies its tokens once it is fetched', async () => {
    scene.keys.published = await sameName.keySet();
    expect(await scene.outcome(await sameName.sign(scene.registerClaims()))).toBe('our_peer');
    const renewed = await TokenSigner.create('RS256', 'key-1');
    scene.keys.published = await renewed.keySet();
    await scene.timer.advance(refetchForSignatureAfterMs);
    expect(await scene.outcome(await renewed.sign(scene.registerClaims()))).toBe('our_peer');
    expect(await scene.outcome(await sameName.sign(scene.registerClaims()))).toBe('signature_invalid');
    expect(scene.keys.requests).toBe(2);
  });

  it('is fetched as well if no key was stored or the server was never contacted', async () => {
    scene.keys.keptKeys = null;
    scene.knowsIssuer = false;
    scene.keys.online = false;
    expect(await scene.outcome(await scene.register())).toBe('key_unknown_offline');
    scene.keys.online = true;
    scene.knowsIssuer = true;
    await scene.timer.advance(refetchAfterMs);
    expect(await scene.outcome(await scene.register())).toBe('our_peer');
  });

  it('is not fetched for an algorithm that is not accepted', async () => {
    const [, payload, signature] = (await scene.register()).split('.');
    const head = Buffer.from(JSON.stringify({ alg: 'none', kid: 'key-9', typ: 'JWT' })).toString('base64url');
    expect(await scene.outcome(`${head}.${payload}.${signature}`)).toBe('signature_invalid');
    expect(scene.keys.requests).toBe(0);
  });
});

it('a request for keys waits for the pause that the server asked for', async () => {
  scene.keys.online = false;
  scene.keys.pauseSeconds = 120;
  expect(await scene.outcome(await ofNewKey())).toBe('key_unknown_offline');
  scene.keys.online = true;
  scene.keys.published = await newer.keySet();
  await scene.timer.advance(119_999);
  expect(await scene.outcome(await ofNewKey())).toBe('key_unknown_offline');
  expect(scene.keys.requests).toBe(1);
  await scene.timer.advance(1);
  expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
});

describe('a server that is slow to send its keys', () => {
  it('delays a peer by 3 s at most, and its keys are used when they come', async () => {
    scene.keys.silent = true;
    scene.keys.published = await newer.keySet();
    const token = await ofNewKey();
    const outcomes: string[] = [];
    const ask = async () => void outcomes.push(await scene.outcome(token));
    const first = ask();
    await settled();
    await scene.timer.advance(fetchTimeoutMs - 1);
    const second = ask();
    await settled();
    expect(outcomes).toEqual([]);
    await scene.timer.advance(1);
    await Promise.all([first, second]);
    expect(outcomes).toEqual(['key_unknown_offline', 'key_unknown_offline']);
    // Nobody waits for a request that has already taken too long.
    expect(await scene.outcome(token)).toBe('key_unknown_offline');
    await scene.timer.advance(2 * refetchAfterMs);
    expect(await scene.outcome(token)).toBe('key_unknown_offline');
    scene.keys.release();
    await settled();
    expect(await scene.outcome(token)).toBe('our_peer');
    expect(scene.keys.requests).toBe(1);
    expect(scene.timer.count).toBe(0);
  });

  it('no longer delays a waiting peer when the verifier stops', async () => {
    scene.keys.silent = true;
    const token = await ofNewKey();
    const asked = scene.outcome(token);
    await settled();
    scene.verifier.stop();
    expect(await asked).toBe('key_unknown_offline');
    expect(scene.timer.count).toBe(0);
  });
});

describe('a storm of tokens', () => {
  it.each([
    ['online', true, 'key_unknown'],
    ['offline', false, 'key_unknown_offline'],
  ])('causes 1 request in 30 s if it has 10,000 unknown kids, %s', async (_name, online, outcome) => {
    scene.keys.online = online;
    const [, payload, signature] = (await scene.register()).split('.');
    const storm = (from: number) =>
      Promise.all(
        Array.from({ length: 5_000 }, (_, index) => {
          const header = { alg: 'ES256', kid: `made-up-${from + index}`, typ: 'at+jwt' };
          return scene.outcome(`${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`);
        }),
      );
    const outcomes = new Set(await storm(0));
    await scene.timer.advance(refetchAfterMs - 1);
    for (const each of await storm(5_000)) outcomes.add(each);
    expect([...outcomes]).toEqual([outcome]);
    expect(scene.keys.requests).toBe(1);
    await scene.timer.advance(1);
    await storm(0);
    expect(scene.keys.requests).toBe(2);
    expect(scene.verifier.kept.tokens).toBe(0);
    expect(await scene.outcome(await scene.register())).toBe('our_peer');
  });

  it('causes 1 request in 5 min if it has 1,000 wrong signatures, and remembered tokens stay', async () => {
    const good = await scene.register();
    expect(await scene.outcome(good)).toBe('our_peer');
    const [head, payload, signature = ''] = good.split('.');
    const outcomes = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => {
        const wrong = Buffer.from(signature, 'base64url');
        wrong.writeUInt16BE(wrong.readUInt16BE(20) ^ (index + 1), 20);
        return scene.outcome(`${head}.${payload}.${wrong.toString('base64url')}`);
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['signature_invalid']));
    expect(scene.keys.requests).toBe(1);
    const before = scene.signatures;
    expect(await scene.outcome(good)).toBe('our_peer');
    expect(scene.signatures).toBe(before);
    const tampered = `${head}.${payload}.${Buffer.alloc(64, 7).toString('base64url')}`;
    await scene.timer.advance(refetchForSignatureAfterMs - 1);
    expect(await scene.outcome(tampered)).toBe('signature_invalid');
    expect(scene.keys.requests).toBe(1);
    await scene.timer.advance(1);
    expect(await scene.outcome(tampered)).toBe('signature_invalid');
    expect(scene.keys.requests).toBe(2);
  });

  it('with wrong signatures does not delay the fetch of an unknown key, nor the other way round', async () => {
    const [head, payload] = (await scene.register()).split('.');
    const tampered = `${head}.${payload}.${Buffer.alloc(64, 7).toString('base64url')}`;
    expect(await scene.outcome(tampered)).toBe('signature_invalid');
    scene.keys.published = { keys: [...scene.keys.published.keys, ...(await newer.keySet()).keys] };
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
    expect(scene.keys.requests).toBe(2);

    scene = await PeerScene.create();
    expect(await scene.outcome(await ofNewKey())).toBe('key_unknown');
    const renewed = await TokenSigner.create('ES256', 'key-1');
    scene.keys.published = await renewed.keySet();
    expect(await scene.outcome(await renewed.sign(scene.registerClaims()))).toBe('our_peer');
    expect(scene.keys.requests).toBe(2);
  });

  it('with a wrong signature leads to a request 30 s after the server was unreachable, since the key may be new', async () => {
    const renewed = await TokenSigner.create('ES256', 'key-1');
    scene.keys.published = await renewed.keySet();
    scene.keys.online = false;
    const token = await renewed.sign(scene.registerClaims());
    expect(await scene.outcome(token)).toBe('signature_invalid');
    scene.keys.online = true;
    await scene.timer.advance(refetchAfterMs);
    expect(await scene.outcome(token)).toBe('our_peer');
  });
});

describe('a rotation of keys', () => {
  it('makes tokens of the dropped key refused, even remembered ones', async () => {
    const old = await scene.register();
    expect(await scene.outcome(old)).toBe('our_peer');
    scene.keys.published = await newer.keySet();
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
    expect(scene.verifier.kept.tokens).toBe(1);
    expect(await scene.outcome(old)).toBe('key_unknown');
    scene.keys.online = false;
    await scene.timer.advance(refetchAfterMs);
    expect(await scene.outcome(old)).toBe('key_unknown_offline');
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
  });

  it('changes nothing for tokens of a key that stays next to the new one', async () => {
    const old = await scene.register();
    expect(await scene.outcome(old)).toBe('our_peer');
    scene.keys.published = { keys: [...(await newer.keySet()).keys, ...scene.keys.published.keys] };
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
    expect(await scene.outcome(old)).toBe('our_peer');
  });

  it('is not assumed for the same keys in another order', async () => {
    scene.keys.published = { keys: [...(await newer.keySet()).keys, ...scene.keys.published.keys] };
    scene.keys.keptKeys = scene.keys.published;
    const token = await scene.register();
    expect(await scene.outcome(token)).toBe('our_peer');
    scene.keys.keptKeys = { keys: scene.keys.published.keys.toReversed().map((key) => ({ ...key })) };
    expect(await scene.outcome(token)).toBe('our_peer');
    expect(scene.signatures).toBe(1);
  });

  it('is seen at once if another part of the console fetched the keys', async () => {
    const old = await scene.register();
    expect(await scene.outcome(old)).toBe('our_peer');
    scene.keys.keptKeys = await newer.keySet();
    expect(await scene.outcome(await ofNewKey())).toBe('our_peer');
    expect(scene.keys.requests).toBe(0);
  });
});
