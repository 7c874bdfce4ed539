import { expect, type Locator } from '@playwright/test';
import { dates } from '../../../src-shared/words/english/time-spans.ts';
import type { ConsoleApp } from '../console-app.ts';

/** The page _Help a server_ of a laptop, as its person uses it. */
export class HelpPage {
  readonly laptop: ConsoleApp;

  constructor(laptop: ConsoleApp) {
    this.laptop = laptop;
  }

  /** Opens the page by the menu. */
  async open(): Promise<void> {
    await this.laptop.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('offer')?.click());
  }

  /** Starts the offer. Resolves to the code for the first server. */
  async start(): Promise<string> {
    await this.open();
    await this.laptop.page.getByRole('button', { name: /^Start(?: again)?$/ }).click();
    return this.code();
  }

  async end(): Promise<void> {
    await this.laptop.button('End help').click();
  }

  /** The code for the next server. `used`: the one that another server has just used. */
  async code(used = ''): Promise<string> {
    const code = this.laptop.page.getByTestId('pairing-code');
    await expect(code).toHaveText(/^[A-Z]{4} [A-Z]{4}$/);
    await expect(code).not.toHaveText(used);
    return (await code.textContent()) ?? '';
  }

  /** The row of a server. */
  row(name: string): Locator {
    return this.laptop.page.locator('.helped-server').filter({ hasText: name });
  }

  authorize(name: string): Locator {
    return this.row(name).getByRole('button', { name: `Authorize ${name}` });
  }

  /** Both computers show the license with both of its dates. */
  async isLicensed(name: string, store: ConsoleApp, serverId: string): Promise<void> {
    await expect(store.field('serverId')).toHaveText(serverId);
    await expect(this.row(name)).toHaveAttribute('data-row-state', 'licensed');
    const { renewal, token } = (await store.state()).license?.evaluation ?? {};
    await expect(this.row(name).getByTestId('helped-renewal')).toContainText(dates.date(renewal?.endsAt ?? 0));
    await expect(this.row(name).getByTestId('helped-token-expiry')).toContainText(
      dates.mediumDateTime(token?.expiresAt ?? 0),
    );
  }

  /** The bytes that this server has sent through the laptop. */
  async bytesUp(name: string): Promise<number> {
    const { offer: help } = await this.laptop.state();
    const helped = help?.servers.find(({ report }) => report?.serverName === name);
    return helped?.relayed.reduce((sum, host) => sum + host.bytesUp, 0) ?? 0;
  }
}

/** Enters the address and the code at a store, and connects. */
export async function useLaptop(store: ConsoleApp, address: string, code: string): Promise<void> {
  await store.button('Use a laptop').click();
  await enterLaptop(store, address, code);
}

/** The same in the dialog that is already open. */
export async function enterLaptop(store: ConsoleApp, address: string, code: string): Promise<void> {
  const dialog = store.page.getByRole('dialog');
  await dialog.getByLabel('Address').fill(address);
  await dialog.getByLabel('Pairing code').fill(code);
  await dialog.getByRole('button', { name: 'Connect' }).click();
}
