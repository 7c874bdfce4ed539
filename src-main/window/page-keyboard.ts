import type { WebContents } from 'electron';

/** Keeps the keyboard in the console when a page opens, by itself or by a button of the console. */
export class PageKeyboard {
  readonly #returnKeyboard: () => void;
  /** Did a person bring the keyboard into the page before it opened the next one? */
  #mayHaveIt = false;

  constructor(returnKeyboard: () => void) {
    this.#returnKeyboard = returnKeyboard;
  }

  /** The console itself gives the keyboard to the page, for a person. */
  given(): void {
    this.#mayHaveIt = true;
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
