import { expect, type Page } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

export type KeyboardPlace = 'console' | 'embedded page' | 'nowhere';

/** The characters that named keys type. */
const typed: Readonly<Record<string, string>> = { Enter: '\r', Space: ' ' };

/**
 * The window's keyboard. The main process sends each key to the page that has the focus, as with a real keyboard. Keys have the
 * names of Electron's accelerators, such as `Shift+Tab`.
 */
export class Keyboard {
  readonly #app: ConsoleApp;

  constructor(app: ConsoleApp) {
    this.#app = app;
  }

  /** Which of the window's two pages has the keyboard focus. */
  async place(): Promise<KeyboardPlace> {
    return this.#app.electron.evaluate(({ webContents }) => {
      const url = webContents.getFocusedWebContents()?.getURL();
      if (url === undefined) return 'nowhere';
      return url.startsWith('fusion-console:') ? 'console' : 'embedded page';
    });
  }

  async isIn(place: KeyboardPlace): Promise<void> {
    await expect.poll(() => this.place(), { message: 'where the keyboard is' }).toBe(place);
  }

  /** Presses a key. Resolves when the page has handled it, or at once with `busy`, for a page that is too busy to handle it. */
  async press(accelerator: string, { busy = false } = {}): Promise<void> {
    const parts = accelerator.split(/\+(?=.)/);
    const key = parts.pop() ?? '';
    const types = parts.includes('Control') ? undefined : (typed[key] ?? (key.length === 1 ? key : undefined));
    await this.#send(key, parts, types, busy);
  }

  async type(text: string): Promise<void> {
    for (const sign of text) await this.#send(sign === ' ' ? 'Space' : sign, [], sign);
  }

  /** Presses Tab until the focused control has that name. Fails if it is not among the next 60 controls. */
  async tabTo(name: string | RegExp): Promise<void> {
    const passed: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      const focused = await this.focused();
      if (typeof name === 'string' ? focused === name : name.test(focused)) return;
      passed.push(focused);
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}; it passed: ${passed.join(' | ')}`);
  }

  /** The name of the focused element of the page that has the keyboard; for an element that is not a control, its text. */
  async focused(): Promise<string> {
    return (await this.page()).evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'body';
      const field = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      const name =
        element.getAttribute('aria-label') ?? (field ? element.labels?.[0]?.textContent : element.textContent);
      return (name ?? '').trim().replaceAll(/\s+/g, ' ');
    });
  }

  /** The page that has the keyboard. */
  async page(): Promise<Page> {
    const place = await this.place();
    if (place === 'nowhere') throw new Error('No page has the keyboard');
    return place === 'console' ? this.#app.page : this.#app.pane();
  }

  async #send(key: string, modifiers: readonly string[], types: string | undefined, busy = false): Promise<void> {
    const page = await this.page();
    await this.#app.electron.evaluate(
      ({ webContents }, event) => {
        const contents = webContents.getFocusedWebContents();
        const keyEvent = { keyCode: event.key, modifiers: event.modifiers } as {
          keyCode: string;
          modifiers: ['shift'];
        };
        contents?.sendInputEvent({ type: 'keyDown', ...keyEvent });
        if (event.types !== undefined) contents?.sendInputEvent({ type: 'char', ...keyEvent, keyCode: event.types });
        contents?.sendInputEvent({ type: 'keyUp', ...keyEvent });
      },
      { key, types, modifiers: modifiers.map((name) => name.toLowerCase()) },
    );
    if (busy) return;
    // The key may have navigated away, which destroys the page.
    await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => {});
  }
}
