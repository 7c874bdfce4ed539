import { expect, type Locator, type Page } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';

/**
 * A person whose every click or key press is counted. Text goes to whatever has the keyboard, and is not counted: a field that does not
 * have the keyboard costs a click or a press first.
 */
export class CountedPerson {
  readonly #app: ConsoleApp;
  readonly keyboard: Keyboard;
  /** What was clicked or pressed, in order. */
  readonly counted: string[] = [];

  constructor(app: ConsoleApp) {
    this.#app = app;
    this.keyboard = new Keyboard(app);
  }

  /** One click of the mouse, where the control is. */
  async click(target: Locator, name: string): Promise<void> {
    await target.scrollIntoViewIfNeeded();
    const page = target.page();
    await this.#giveKeyboard(page);
    await target.click();
    this.counted.push(name);
  }

  /**
   * Opens a list and clicks an entry: two clicks. The open list is a window of the system, in which a test cannot click. So it clicks
   * the label of the list and types the entry, and counts as if both clicks were made.
   */
  async choose(list: Locator, label: Locator, entry: string): Promise<void> {
    await this.click(label, 'open the list');
    await this.type(list, entry);
    await expect(list.locator('option:checked')).toHaveText(entry);
    this.counted.push(entry);
  }

  /** Types text without a click. Fails if the field does not have the keyboard. */
  async type(field: Locator, text: string): Promise<void> {
    await this.hasKeyboard(field);
    await this.keyboard.type(text);
  }

  async hasKeyboard(target: Locator): Promise<void> {
    await this.keyboard.isIn(target.page() === this.#app.page ? 'console' : 'embedded page');
    await expect(target).toBeFocused();
  }

  /** Presses a key once. */
  async press(key: string): Promise<void> {
    await this.keyboard.press(key);
    this.counted.push(key);
  }

  /** Presses a key until the control has the keyboard. */
  async pressTo(target: Locator, key = 'Tab'): Promise<void> {
    for (let count = 0; count < 30; count += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press(key);
    }
    throw new Error(`${key} does not lead there: ${this.counted.join(', ')}`);
  }

  /** A click that a test sends to a page does not give it the keyboard, as a real click does. */
  async #giveKeyboard(page: Page): Promise<void> {
    const address = page.url();
    await this.#app.electron.evaluate(
      ({ webContents }, url) =>
        webContents
          .getAllWebContents()
          .find((one) => one.getURL() === url)
          ?.focus(),
      address,
    );
  }
}
