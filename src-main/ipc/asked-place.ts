import type { AlertAction } from '../../src-shared/alert.ts';
import type { Place } from '../../src-shared/place.ts';

/** The place that the page should show. Kept until the page listens. */
export class AskedPlace {
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

/** The place in the console that a notification's action leads to. */
export function placeOf(action: AlertAction): Place {
  switch (action) {
    case 'clock_help':
      return { page: 'help', topic: 'clock' };
    case 'keychain_help':
      return { page: 'help', topic: 'keychain' };
    case 'open_local_api':
      return { page: 'registers' };
    case 'renew':
    case 'open_license':
    case 'unlock_keychain':
      return { page: 'license' };
  }
}
