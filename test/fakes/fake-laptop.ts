import type { LaptopControl } from '../../src-main/servers/helped-by-laptop.ts';
import type { LaptopView, LaptopWay } from '../../src-shared/pairing/laptop-view.ts';
import { type Result, succeed } from '../../src-shared/result.ts';

/** A laptop that behaves as a test says. */
export class FakeLaptop implements LaptopControl {
  /** What was typed for each pairing. */
  readonly typed: { readonly profileId: string; readonly address: string; readonly code: string }[] = [];
  /** The result of the next pairing. */
  accepts: Result<null> = succeed(null);
  /** Is the Authorization server already confirmed at the laptop? */
  isKnown = true;
  ended = 0;
  #view: LaptopView | null = null;
  #pairings = 0;
  readonly #onChanged: () => void;

  constructor(onChanged: () => void = () => {}) {
    this.#onChanged = onChanged;
  }

  view(): LaptopView | null {
    return this.#view;
  }

  async pair(profileId: string, address: string, code: string, until?: AbortSignal): Promise<Result<null>> {
    this.typed.push({ profileId, address, code });
    const pairing = (this.#pairings += 1);
    const endThisOne = () => {
      if (pairing === this.#pairings) this.end();
    };
    until?.addEventListener('abort', endThisOne, { once: true });
    if (!this.accepts.ok) return this.accepts;
    const words = ['amazing', 'orbit', 'walnut'] as const;
    const way = this.isKnown ? 'relaying' : 'unconfirmed';
    this.become({ state: 'paired', profileId, address, words, endsAt: 7_200_000, way });
    return this.accepts;
  }

  end(): void {
    this.ended += 1;
    this.become(null);
  }

  /** The way of the paired laptop is now this one. */
  takeWay(way: LaptopWay): void {
    if (this.#view?.state !== 'paired') throw new Error('Not paired');
    this.become({ ...this.#view, way });
  }

  become(view: LaptopView | null): void {
    this.#view = view;
    this.#onChanged();
  }
}
