import type { Changes } from '../changes.ts';
import type { OfferControl } from '../pairing/laptop/offer-control.ts';

interface OfferInPaneDeps {
  readonly offer: Pick<OfferControl, 'view'>;
  readonly changes: Pick<Changes, 'subscribe'>;
  /** A person authorizes this computer's own server in the pane, unless it shows a helped one. */
  readonly acquiresOwn: () => boolean;
  /** The pane is for this computer's own server again. */
  readonly onLeft: () => void;
  /** Servers were authorized in the pane, and the person who signed in for them is finished: the help is over, or the window closes. */
  readonly onFinished: () => void;
}

/** The pane while it is used for servers that this computer helps, up to the end of the help. */
export class OfferInPane {
  readonly #deps: OfferInPaneDeps;
  readonly #unsubscribe: () => void;
  #pairingId: string | null = null;
  #wasUsed = false;

  constructor(deps: OfferInPaneDeps) {
    this.#deps = deps;
    this.#unsubscribe = deps.changes.subscribe(() => this.#look());
  }

  /** The pairing whose server is authorized in the pane. Null if the pane is for this computer's own server. */
  get pairingId(): string | null {
    return this.#pairingId;
  }

  begin(pairingId: string): void {
    this.#pairingId = pairingId;
    this.#wasUsed = true;
  }

  leave(): void {
    if (this.#pairingId === null) return;
    this.#pairingId = null;
    this.#deps.onLeft();
    if (!this.#isOpen) this.#finish();
  }

  /** Call when the person who signed in was signed out otherwise. */
  signedOut(): void {
    this.#wasUsed = false;
  }

  /** Call when the window is closed: from then on nobody sees who is signed in. */
  close(): void {
    this.#unsubscribe();
    this.#finish();
  }

  get #isOpen(): boolean {
    return this.#deps.offer.view()?.state === 'open';
  }

  #look(): void {
    if (!this.#wasUsed || this.#isOpen) return;
    if (this.#pairingId !== null) this.leave();
    // A person who has left the helped servers is signed out when this computer's own server is authorized, or no longer tried.
    else if (!this.#deps.acquiresOwn()) this.#finish();
  }

  #finish(): void {
    if (!this.#wasUsed) return;
    this.#wasUsed = false;
    this.#deps.onFinished();
  }
}
