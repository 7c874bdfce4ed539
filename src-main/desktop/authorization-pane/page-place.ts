import type { BaseWindow, Rectangle, WebContentsView } from 'electron';
import { PageKeyboard } from './page-keyboard.ts';

interface PagePlaceDeps {
  readonly window: BaseWindow;
  readonly isOpen: () => boolean;
  /** Returns the keyboard focus to where it was in the console. */
  readonly returnKeyboard: () => void;
  /** The page is no longer visible, but had the keyboard focus. */
  readonly onHidden: () => void;
}

/** Where the page is in the window, whether it is on the screen, and whether it has the keyboard focus. */
export class PagePlace {
  readonly #deps: PagePlaceDeps;
  readonly #keyboard: PageKeyboard;
  #view: WebContentsView | null = null;
  #bounds: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  #placed = false;
  /** The keyboard focus was requested before the page was visible. */
  #awaitsKeyboard = false;

  constructor(deps: PagePlaceDeps) {
    this.#deps = deps;
    this.#keyboard = new PageKeyboard(deps.returnKeyboard);
  }

  get bounds(): Rectangle {
    return this.#bounds;
  }

  /** It is not while another page of the console or a dialog is shown. */
  get isSeen(): boolean {
    return this.#deps.isOpen() && this.#placed;
  }

  get hasKeyboard(): boolean {
    return this.#view?.webContents.isFocused() ?? false;
  }

  /** Puts a new view there. */
  hold(view: WebContentsView): void {
    this.#view = view;
    this.apply();
    this.#deps.window.contentView.addChildView(view);
    this.#keyboard.watch(view.webContents);
  }

  /** Closes the page. */
  close(): void {
    const { window, returnKeyboard } = this.#deps;
    const view = this.#view;
    this.#view = null;
    if (!view) return;
    // A destroyed window no longer has a `contentView`, but the page would keep running.
    if (window.isDestroyed()) return view.webContents?.close();
    const hadKeyboard = view.webContents.isFocused();
    window.contentView.removeChildView(view);
    view.webContents.close();
    if (hadKeyboard) returnKeyboard();
  }

  /** Moves the page. In device-independent pixels of the window. Kept for a view that is created later. */
  move({ x, y, width, height }: Rectangle, visible: boolean): void {
    const [left, top] = [Math.round(x), Math.round(y)];
    this.#bounds = { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
    this.#placed = visible && this.#bounds.width > 0 && this.#bounds.height > 0;
    this.apply();
  }

  apply(): void {
    if (!this.#deps.isOpen()) this.#awaitsKeyboard = false;
    const view = this.#view;
    if (!view) return;
    const seen = this.isSeen;
    const hadKeyboard = this.hasKeyboard;
    view.setBounds(this.#bounds);
    view.setVisible(seen);
    if (seen && this.#awaitsKeyboard) this.focus();
    else if (!seen && hadKeyboard) this.#deps.onHidden();
  }

  /** Moves the keyboard focus to the page, at the latest when it is visible. */
  focus(): void {
    this.#awaitsKeyboard = !this.#placed || !this.#view;
    if (this.#awaitsKeyboard) return;
    const contents = this.#view?.webContents;
    contents?.focus();
    if (contents) this.#keyboard.given(contents);
  }

  /** Another window that had the keyboard focus has closed. */
  comeBack(): void {
    const { window, returnKeyboard } = this.#deps;
    if (window.isDestroyed()) return;
    window.focus();
    if (this.isSeen) this.focus();
    else returnKeyboard();
  }

  /** A person uses the console. A page that is still loading does not take the keyboard focus from it. */
  personIsElsewhere(): void {
    this.#awaitsKeyboard = false;
    this.#keyboard.left();
    if (this.hasKeyboard) this.#deps.returnKeyboard();
  }

  /** A person has left the page by the keyboard. */
  left(): void {
    this.#keyboard.left();
  }

  /** The page will not come. Returns whether the keyboard focus was requested for it. */
  takeRequest(): boolean {
    const awaited = this.#awaitsKeyboard;
    this.#awaitsKeyboard = false;
    return awaited;
  }
}
