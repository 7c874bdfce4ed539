import type { LaptopLink } from '../../src-main/pairing/server/laptop-link.ts';
import { linkToLaptop } from './link-to-laptop.ts';
import { PairingScene } from './pairing-scene.ts';

/** What a test of a pairing opens, the last one closed first. */
export class OpenedScenes {
  readonly #closes: (() => unknown)[] = [];

  async scene(...options: Parameters<typeof PairingScene.open>): Promise<PairingScene> {
    const scene = await PairingScene.open(...options);
    this.add(() => scene.close());
    return scene;
  }

  async linkTo(scene: PairingScene): Promise<LaptopLink> {
    const link = await linkToLaptop(scene);
    this.add(() => link.close());
    return link;
  }

  add(close: () => unknown): void {
    this.#closes.push(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closes.splice(0).toReversed()) await close();
  }
}
