import type { WebContents } from 'electron';

/** An isolated world: the page sees neither the script nor its result, and cannot change the functions that the script calls. */
const world = 1000;

/**
 * Notices that a page waits for a passkey or a security key (WebAuthn §5.1.4). Electron has no window for these and reports no event,
 * so a person would see a page that does nothing. A later page may ask again.
 */
export class PageKey {
  readonly #onChanged: () => void;
  #wants = false;
  #asking = false;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** Did the page on the screen ask for a key? Stays true until another page comes. */
  get wants(): boolean {
    return this.#wants;
  }

  watch(contents: WebContents): void {
    contents.on('did-navigate', () => this.leave());
  }

  /** Asks the page. A page that does not answer is not asked again. */
  async look(contents: WebContents): Promise<void> {
    if (this.#wants || this.#asking) return;
    this.#asking = true;
    const address = contents.getURL();
    // The page may be gone by then.
    const waits = await contents.executeJavaScriptInIsolatedWorld(world, [{ code: keyQuestion }]).catch(() => false);
    this.#asking = false;
    if (waits !== true || contents.getURL() !== address) return;
    this.#wants = true;
    this.#onChanged();
  }

  /** Another page came, or the view is closed. */
  leave(): void {
    this.#wants = false;
    this.#asking = false;
  }
}

/**
 * A script: is a request for a key open? A page can have only one. A second one is refused because of the first one or, if there is none,
 * because its server name is invalid. Both happen before a window, a key or the network is used.
 */
const keyQuestion = `typeof PublicKeyCredential !== 'function' || !isSecureContext ? false :
  navigator.credentials.get({ publicKey: { challenge: new Uint8Array(1), rpId: '%' } })
    .then(() => false, ({ name }) => name === 'OperationError')`;
