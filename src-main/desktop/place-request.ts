import type { Place } from '../../src-shared/place.ts';

/** The place that the page should show. Kept until the page listens. */
export class PlaceRequest {
  readonly #send: (place: Place) => void;
  #listens = false;
  #waiting: Place | null = null;

  constructor(send: (place: Place) => void) {
    this.#send = send;
  }

  ask(place: Place): void {
    if (this.#listens) this.#send(place);
    else this.#waiting = place;
  }

  /** The page has begun to listen, for the first time or after a reload. */
  pageListens(): void {
    this.#listens = true;
    if (this.#waiting) this.#send(this.#waiting);
    this.#waiting = null;
  }
}
