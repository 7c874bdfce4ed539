import { expect, type Locator, type Page } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

/** Does what a person does, and counts the actions: filling or pasting into a field is one action, a click is one. */
export class Person {
  readonly app: ConsoleApp;
  readonly pane: Page;
  actions: string[] = [];

  constructor(app: ConsoleApp, pane: Page) {
    this.app = app;
    this.pane = pane;
  }

  async signIn(username = 'installer', password = 'fusion-demo'): Promise<void> {
    await this.#fill(this.pane.getByLabel('User name'), username, 'user name');
    await this.#fill(this.pane.getByLabel('Password'), password, 'password');
    await this.#press(this.pane.getByRole('button', { name: 'Sign in' }), 'Sign in');
  }

  async chooseOrganization(name: string): Promise<void> {
    await this.#press(this.pane.getByRole('link', { name, exact: true }), `organization ${name}`);
    await this.#press(this.pane.getByRole('link', { name: 'Authorize Device', exact: true }), 'Authorize Device');
  }

  async chooseDevice(name: string): Promise<void> {
    const device = this.pane.getByLabel('Device', { exact: true });
    // The page may still be on its way.
    await expect(device.locator('option').filter({ hasText: name })).not.toHaveCount(0);
    const options = await device.locator('option').allTextContents();
    const label = options.find((option) => option.trim().startsWith(name));
    if (label === undefined) throw new Error(`No device ${name} among ${options.join(', ')}`);
    await device.selectOption({ label });
    this.actions.push(`device ${name}`);
  }

  /** Presses Next and waits for the code that appears. */
  async next(): Promise<string> {
    await this.#press(this.app.button('Next'), 'Next');
    return this.readUserCode();
  }

  /** Reads the User Code; reading does not count as an action. */
  async readUserCode(): Promise<string> {
    await this.app.userCode.waitFor();
    return (await this.app.userCode.textContent()) ?? '';
  }

  async authorize(userCode: string): Promise<void> {
    await this.enterCode(userCode);
    await this.confirm();
  }

  /** Opens the verification page with the code filled in, from the console. */
  async openFilledIn(): Promise<void> {
    await this.#press(this.app.button('Open with the code filled in'), 'Open with the code filled in');
  }

  /** Authorizes with a code that is in its field already. */
  async authorizeFilledIn(): Promise<void> {
    await this.#press(this.pane.getByRole('button', { name: 'Authorize', exact: true }), 'Authorize');
    await this.confirm();
  }

  async enterCode(userCode: string): Promise<void> {
    await this.#fill(this.pane.getByLabel('UserCode', { exact: true }), userCode, 'UserCode');
    await this.#press(this.pane.getByRole('button', { name: 'Authorize', exact: true }), 'Authorize');
  }

  async confirm(): Promise<void> {
    await this.#press(this.pane.getByRole('button', { name: 'Confirm', exact: true }), 'Confirm');
  }

  async deny(): Promise<void> {
    await this.#press(this.pane.getByRole('button', { name: 'Deny', exact: true }), 'Deny');
  }

  async #fill(field: Locator, value: string, action: string): Promise<void> {
    await field.fill(value);
    this.actions.push(action);
  }

  async #press(target: Locator, action: string): Promise<void> {
    await target.click();
    this.actions.push(action);
  }
}
