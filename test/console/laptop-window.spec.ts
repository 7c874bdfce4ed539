import { once } from 'node:events';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { StoreAndLaptop } from './two-computers/store-and-laptop.ts';

let computers: StoreAndLaptop;
let laptop: ConsoleApp;

const dialog = () => laptop.page.getByRole('dialog', { name: 'Keep helping without the window?' });

/** Does the console ask the operating system not to go to sleep? */
const isKeptAwake = () =>
  laptop.electron.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)));

async function openOffer(): Promise<void> {
  await laptop.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('offer')?.click());
}

test.beforeEach(async () => {
  computers = await StoreAndLaptop.open();
  laptop = await ConsoleApp.launch(computers.launchOptions('laptop'));
  await openOffer();
  expect(await isKeptAwake()).toBe(false);
  await laptop.button('Start').click();
  await laptop.page.getByTestId('pairing-code').waitFor();
});
test.afterEach(async () => {
  await laptop.close();
  await computers.close();
});

test('@kit a laptop stays awake while it helps, helps on without its window if the person wants that, and its console ends after the help', async () => {
  await expect.poll(isKeptAwake).toBe(true);
  await laptop.closeWindow();
  await dialog().waitFor();
  await expect(laptop.button('Keep helping')).toBeFocused();
  await laptop.page.keyboard.press('Escape');
  await expect(dialog()).toBeHidden();
  await laptop.closeWindow();
  await laptop.button('Keep helping').click();
  await expect.poll(() => laptop.windowCount()).toBe(0);
  expect(await isKeptAwake()).toBe(true);

  await laptop.startAgain();
  await laptop.windowOpened();
  await openOffer();
  await laptop.button('End help').click();
  await expect.poll(isKeptAwake).toBe(false);
  const ended = once(laptop.electron.process(), 'exit');
  await laptop.closeWindow();
  await ended;
});

test('@kit the console of a laptop ends if a person ends the help when they close its window', async () => {
  await laptop.closeWindow();
  await dialog().waitFor();
  const ended = once(laptop.electron.process(), 'exit');
  await laptop.button('End help and close').click();
  await ended;
});
