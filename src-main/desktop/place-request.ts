import type { AskedPlace } from '../../src-shared/window/place.ts';

/** The place that the page should show. Kept until the page listens. */
export class PlaceRequest {
  readonly #send: (asked: AskedPlace) => void;
  #listens = false;
  #waiting: AskedPlace | null = null;

  constructor(send: (asked: AskedPlace) => void) {
    this.#send = send;
  }

  ask(asked: AskedPlace): void {
    if (this.#listens) this.#send(asked);
    else this.#waiting = asked;
  }

  /** The page has begun to listen, for the first time or after a reload. */
  pageListens(): void {
    this.#listens = true;
    if (this.#waiting) this.#send(this.#waiting);
    this.#waiting = null;
  }
}
