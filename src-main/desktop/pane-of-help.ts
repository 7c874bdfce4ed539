import type { Changes } from '../changes.ts';
import type { HelpControl } from '../ports/pairing.ts';

export interface PaneOfHelpDeps {
  readonly help: Pick<HelpControl, 'view'>;
  readonly changes: Pick<Changes, 'subscribe'>;
  /** The pane is for this computer's own server again. */
  readonly onLeft: () => void;
  /** Servers were authorized in the pane, and the help is over now: the person who signed in for them is finished. */
  readonly onFinished: () => void;
}

/** The pane while it is used for servers that this computer helps, up to the end of the help. */
export class PaneOfHelp {
  readonly #deps: PaneOfHelpDeps;
  readonly #unsubscribe: () => void;
  #pairingId: string | null = null;
  #wasUsed = false;

  constructor(deps: PaneOfHelpDeps) {
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
  }

  /** Call when the window is closed: from then on nobody sees who is signed in. */
  close(): void {
    this.#unsubscribe();
    if (this.#wasUsed) this.#deps.onFinished();
  }

  #look(): void {
    if (!this.#wasUsed || this.#deps.help.view()?.state === 'open') return;
    this.#wasUsed = false;
    this.leave();
    this.#deps.onFinished();
  }
}
