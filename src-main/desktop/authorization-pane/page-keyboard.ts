import type { WebContents } from 'electron';

/** Keeps the keyboard focus in the console when a page opens on its own or by a button of the console. */
export class PageKeyboard {
  readonly #returnKeyboard: () => void;
  /** Whether a person moved the keyboard focus into the page before it opened the next one. */
  #mayHaveIt = false;

  constructor(returnKeyboard: () => void) {
    this.#returnKeyboard = returnKeyboard;
  }

  /** The console moves the keyboard focus to the page because a person asked for it. */
  given(): void {
    this.#mayHaveIt = true;
  }

  /** A person has left the page. If it is still on its way, it must not take the keyboard focus back. */
  left(): void {
    this.#mayHaveIt = false;
  }

  watch(contents: WebContents): void {
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#mayHaveIt = contents.isFocused();
    });
    contents.on('input-event', (_event, { type }) => {
      if (type === 'mouseDown') this.#mayHaveIt = true;
    });
    contents.on('did-navigate', () => {
      if (!this.#mayHaveIt && contents.isFocused()) this.#returnKeyboard();
    });
  }
}
