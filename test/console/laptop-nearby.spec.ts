import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { laptopAddress, outsideAddress, serverName, StoreAndLaptop } from './two-computers/store-and-laptop.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';

test('@kit a store finds the laptop in its network, so that a person types the code alone', async () => {
  const computers = await StoreAndLaptop.open();
  const server = await startAuthorizationServer({ host: outsideAddress, name: serverName, tls: computers.tls });
  const of = { issuer: server.issuer, edition: 'store' } as const;
  const laptop = await ConsoleApp.launch({ ...computers.launchOptions('laptop'), ...of, serverName: 'Laptop' });
  const store = await ConsoleApp.launch({ ...computers.launchOptions('store'), ...of, serverName: 'Store 014' });

  await store.button('Use a laptop').click();
  const dialog = store.page.getByRole('dialog');
  const address = dialog.getByLabel('Address');
  await expect(dialog.getByText('Looking for laptops in this network…')).toBeVisible();
  await expect(address).toBeFocused();

  await laptop.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('offer')?.click());
  await laptop.button('Start').click();
  const code = laptop.page.getByTestId('pairing-code');
  await expect(code).toHaveText(/^[A-Z]{4} [A-Z]{4}$/);

  await expect(address).toHaveValue(laptopAddress);
  await expect(dialog.getByText('A laptop in this network offers help:')).toBeVisible();
  await expect(dialog.getByLabel('Pairing code')).toBeFocused();
  await store.page.keyboard.type((await code.textContent()) ?? '');
  await store.page.keyboard.press('Enter');
  await expect(store.page.getByTestId('laptop-words')).toHaveText(/^\w+ \w+ \w+$/);

  await Promise.allSettled([laptop.close(), store.close()]);
  await server.close();
  await computers.close();
});
