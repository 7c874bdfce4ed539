import type { WebContents } from 'electron';

/** Keeps the keyboard focus in the console when a page opens on its own or by a button of the console. */
export class PageKeyboard {
  readonly #returnKeyboard: () => void;
  /** Whether a person moved the keyboard focus into the page before it opened the next one. */
  #mayHaveIt = false;
  /** A view before its first page cannot have the keyboard focus yet. */
  #awaitsPage = false;

  constructor(returnKeyboard: () => void) {
    this.#returnKeyboard = returnKeyboard;
  }

  /** The console has moved the keyboard focus to the page, because the person continues there. */
  given(contents: WebContents): void {
    this.#mayHaveIt = true;
    this.#awaitsPage = !contents.isFocused();
  }

  /** A person has left the page, or uses the console. If it is still on its way, it must not take the keyboard focus back. */
  left(): void {
    this.#mayHaveIt = false;
    this.#awaitsPage = false;
  }

  watch(contents: WebContents): void {
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#mayHaveIt = this.#awaitsPage || contents.isFocused();
    });
    contents.on('input-event', (_event, { type }) => {
      if (type === 'mouseDown') this.#mayHaveIt = true;
    });
    contents.on('did-navigate', () => {
      if (this.#awaitsPage) contents.focus();
      this.#awaitsPage = false;
      if (!this.#mayHaveIt && contents.isFocused()) this.#returnKeyboard();
    });
  }
}
