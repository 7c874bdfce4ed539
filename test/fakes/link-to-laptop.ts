import { LaptopLink } from '../../src-main/pairing/server/laptop-link.ts';
import { proveCode } from '../../src-main/pairing/server/prove-code.ts';
import { eventually } from './eventually.ts';
import type { PairingScene } from './pairing-scene.ts';

/** Sends anything as a paired server's console would, to the offer of a scene, which it starts. Close it afterwards. */
export async function linkToLaptop(scene: PairingScene): Promise<LaptopLink> {
  const limits = { connectMs: 5_000, answerMs: 5_000, tunnelMs: 5_000 };
  if (scene.offer.view()?.state !== 'open') await scene.offer.start();
  await eventually(() => scene.code).not.toBe('');
  const code = scene.code.replace(' ', '');
  const proven = await proveCode([{ host: '127.0.0.1', port: scene.port }], { code, addresses: [] }, limits);
  if (!proven.ok) throw new Error(proven.failure.code);
  return new LaptopLink(proven.value, limits);
}
