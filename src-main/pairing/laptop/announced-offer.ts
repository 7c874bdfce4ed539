import type { NearbyLaptops } from '../../ports/nearby-laptops.ts';
import type { OfferControl } from './offer-control.ts';

/** Lets the consoles of a store find this laptop for as long as it offers help. */
export class AnnouncedOffer {
  readonly #offer: Pick<OfferControl, 'view'>;
  readonly #nearby: Pick<NearbyLaptops, 'announce'>;
  #announced = '';
  #end: () => void = () => {};

  constructor(offer: Pick<OfferControl, 'view'>, nearby: Pick<NearbyLaptops, 'announce'>) {
    this.#offer = offer;
    this.#nearby = nearby;
  }

  /** Call when something may have changed. In another network the laptop is announced again. */
  look(): void {
    const view = this.#offer.view();
    const port = view?.state === 'open' ? view.port : undefined;
    const announced = port === undefined ? '' : `${port} ${JSON.stringify(view?.addresses)}`;
    if (announced === this.#announced) return;
    this.#announced = announced;
    this.#end();
    this.#end = port === undefined ? () => {} : this.#nearby.announce(port);
  }
}
