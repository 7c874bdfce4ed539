import { once } from 'node:events';
import { pairingVersion } from '../../src-main/pairing/wire.ts';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { Opened } from './opened.ts';
import { HelpPage, useLaptop } from './two-computers/help-page.ts';
import { laptopAddress, storeAddress, StoreAndLaptop } from './two-computers/store-and-laptop.ts';

const opened = new Opened();
let computers: StoreAndLaptop;
let laptop: ConsoleApp;
let help: HelpPage;

/** In the main process: what asks the operating system not to go to sleep. */
interface Blockers {
  heldBlockers: Set<number>;
}

const dialog = () => laptop.page.getByRole('dialog', { name: 'Keep helping without the window?' });

/** Notes each blocker from its start to its stop. Electron has no list of them. */
async function watchBlockers(): Promise<void> {
  await laptop.electron.evaluate(({ powerSaveBlocker }) => {
    const { heldBlockers } = Object.assign(globalThis, { heldBlockers: new Set<number>() });
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    const stop = powerSaveBlocker.stop.bind(powerSaveBlocker);
    powerSaveBlocker.start = (type) => {
      const id = start(type);
      heldBlockers.add(id);
      return id;
    };
    powerSaveBlocker.stop = (id) => {
      heldBlockers.delete(id);
      return stop(id);
    };
  });
}

/** Does the console ask the operating system not to go to sleep? */
const isKeptAwake = () =>
  laptop.electron.evaluate(({ powerSaveBlocker }) =>
    [...(globalThis as unknown as Blockers).heldBlockers].some((id) => powerSaveBlocker.isStarted(id)),
  );

test.beforeEach(async () => {
  computers = opened.add(await StoreAndLaptop.open());
  laptop = opened.add(await ConsoleApp.launch(computers.launchOptions('laptop')));
  help = new HelpPage(laptop);
  await watchBlockers();
  await help.open();
  expect(await isKeptAwake()).toBe(false);
  await help.start();
});
test.afterEach(() => opened.close());

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
  await help.open();
  await laptop.button('End help').click();
  await expect.poll(isKeptAwake).toBe(false);
  const ended = once(laptop.electron.process(), 'exit');
  await laptop.closeWindow();
  await ended;
});

test('@kit a laptop that slept past the end of its help helps no longer, and may go to sleep again', async () => {
  await laptop.setClockOffset(2 * 3_600_000);
  await laptop.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect(laptop.page.getByText('Time is up.')).toBeVisible();
  await expect(laptop.page.getByTestId('pairing-code')).toBeHidden();
  await expect.poll(isKeptAwake).toBe(false);
});

test('@kit the console of a laptop ends if a person ends the help when they close its window', async () => {
  await laptop.closeWindow();
  await dialog().waitFor();
  const ended = once(laptop.electron.process(), 'exit');
  await laptop.button('End help and close').click();
  await ended;
});

test('@kit a laptop says which computer to update if the store has another version, and that store gets to know it too', async () => {
  const shown = laptop.page.getByTestId('other-version');
  const refused = { error: 'version', version: pairingVersion };
  await expect(shown).toBeHidden();
  expect(await computers.pairInVersion(pairingVersion - 1)).toEqual(refused);
  await expect(shown).toHaveText(
    `The console at ${storeAddress} has an older version and cannot connect. Update the console there, then try again.`,
  );
  expect(await computers.pairInVersion(pairingVersion + 1)).toEqual(refused);
  await expect(shown).toContainText('has a newer version and cannot connect. Update the console of this computer');
  // It is no wrong code, and the same code still works.
  await expect(laptop.page.getByTestId('wrong-codes')).toBeHidden();
  const store = opened.add(
    await ConsoleApp.launch({ ...computers.launchOptions('store'), issuer: 'https://auth.example' }),
  );
  await useLaptop(store, laptopAddress, await help.code());
  await expect(store.page.getByTestId('laptop-words')).toBeVisible();
  await expect(shown).toBeHidden();
});
