import { expect, type Page } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

/** Does what a person does. */
export class Person {
  readonly app: ConsoleApp;
  readonly pane: Page;

  constructor(app: ConsoleApp, pane: Page) {
    this.app = app;
    this.pane = pane;
  }

  async signIn(username = 'installer', password = 'fusion-demo'): Promise<void> {
    await this.pane.getByLabel('User name').fill(username);
    await this.pane.getByLabel('Password').fill(password);
    await this.pane.getByRole('button', { name: 'Sign in' }).click();
  }

  async chooseOrganization(name: string): Promise<void> {
    await this.pane.getByRole('link', { name, exact: true }).click();
    await this.pane.getByRole('link', { name: 'Authorize Device', exact: true }).click();
  }

  async chooseDevice(name: string): Promise<void> {
    const device = this.pane.getByLabel('Device', { exact: true });
    // The page may still be loading.
    await expect(device.locator('option').filter({ hasText: name })).not.toHaveCount(0);
    const options = await device.locator('option').allTextContents();
    const label = options.find((option) => option.trim().startsWith(name));
    if (label === undefined) throw new Error(`No device ${name} among ${options.join(', ')}`);
    await device.selectOption({ label });
  }

  /** Presses Next and waits for the code that appears. */
  async next(): Promise<string> {
    await this.app.button('Next').click();
    return this.readUserCode();
  }

  /** Reads the User Code. */
  async readUserCode(): Promise<string> {
    await this.app.userCode.waitFor();
    return (await this.app.userCode.textContent()) ?? '';
  }

  async authorize(userCode: string): Promise<void> {
    await this.enterCode(userCode);
    await this.confirm();
  }

  async enterCode(userCode: string): Promise<void> {
    await this.pane.getByLabel('UserCode', { exact: true }).fill(userCode);
    await this.pane.getByRole('button', { name: 'Authorize', exact: true }).click();
  }

  async confirm(): Promise<void> {
    await this.pane.getByRole('button', { name: 'Confirm', exact: true }).click();
  }

  async deny(): Promise<void> {
    await this.pane.getByRole('button', { name: 'Deny', exact: true }).click();
  }
}
