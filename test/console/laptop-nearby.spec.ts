import { expect, test } from './console-test.ts';
import { Opened } from './opened.ts';
import { HelpPage } from './two-computers/help-page.ts';
import { ServerAndComputers } from './two-computers/server-and-computers.ts';
import { laptopAddress } from './two-computers/store-and-laptop.ts';

const opened = new Opened();
test.afterEach(() => opened.close());

test('@kit a store finds the laptop in its network, so that a person types the code alone', async () => {
  const scene = await ServerAndComputers.open(opened);
  const help = new HelpPage(await scene.launchOwn('laptop', 'Laptop'));
  const store = await scene.launchOwn('store', 'Store 014');

  await store.button('Use a laptop').click();
  const dialog = store.page.getByRole('dialog');
  const address = dialog.getByLabel('Address');
  await expect(dialog.getByText('Looking for laptops in this network…')).toBeVisible();
  await expect(address).toBeFocused();

  const code = await help.start();
  await expect(address).toHaveValue(laptopAddress);
  await expect(dialog.getByText('A laptop in this network offers help:')).toBeVisible();
  await expect(dialog.getByLabel('Pairing code')).toBeFocused();
  await store.page.keyboard.type(code);
  await store.page.keyboard.press('Enter');
  await expect(store.page.getByTestId('laptop-words')).toHaveText(/^\w+ \w+ \w+$/);
});
