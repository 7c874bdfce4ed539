import { join } from 'node:path';
import { layoutFaults, lengthenWords } from '../gallery/layout-faults.ts';
import { serveGallery } from '../gallery/open-gallery.ts';
import { common, large, shots } from '../gallery/shots.ts';
import { electronPath, fontOfProject } from './console-app.ts';
import { _electron, type ElectronApplication, expect, type Page, test } from './console-test.ts';

const small = { width: 960, height: 560 };
const halved = ({ width, height }: { width: number; height: number }) => ({
  width: Math.floor(width / 2),
  height: Math.floor(height / 2),
});
/** At 200 %, a page has half of the CSS pixels. */
const sizes = {
  '1366x768': common,
  '1920x1080': large,
  '960x600': small,
  '1366x768 at 200 %': halved(common),
  '1920x1080 at 200 %': halved(large),
  '960x600 at 200 %': halved(small),
};
/** The screens whose primary button is the next action. The other pages are read, and their buttons lie where they belong. */
const isNextAction = ({ act, state }: (typeof shots)[number]) => !act && !state.startsWith('registers-');
/** Each screen once: the other shots show the same ones at other sizes and in other colors. */
const screens = shots.filter(({ size, dark, forcedColors, print }) => !size && !dark && !forcedColors && !print);

let electron: ElectronApplication;
let page: Page;
let gallery: Awaited<ReturnType<typeof serveGallery>>;

test.beforeAll(async () => {
  gallery = await serveGallery();
  electron = await _electron.launch({
    executablePath: electronPath(),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      join(import.meta.dirname, '../gallery/window'),
      gallery.address,
    ],
    env: { ...(process.env as Record<string, string>), ...fontOfProject() },
  });
  await electron.evaluate(async ({ app, BrowserWindow }, address) => {
    await app.whenReady();
    await new BrowserWindow({ useContentSize: true, width: 1366, height: 700 }).loadURL(address);
  }, gallery.address);
  page = await electron.firstWindow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
});
test.afterAll(async () => {
  await electron.close();
  await gallery.close();
});

/** Waits until the page has been painted at its present size: before that, rules for the old size may still hold. */
const painted = () =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

async function faultsAt(screen: string, words: string, primary: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const [name, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    await painted();
    const faults = await page.evaluate(layoutFaults, {
      primaryInSight: primary && name === '1366x768',
    });
    found.push(...faults.map((fault) => `${screen}, ${name}, ${words}: ${fault}`));
  }
  return found;
}

test('@clerk every screen, at every size, also with longer words: nothing cut, sideways or covered', async () => {
  test.setTimeout(600_000);
  const found: string[] = [];
  for (const screen of screens) {
    const { name, state, act } = screen;
    await page.setViewportSize(common);
    await page.goto(`${gallery.address}?state=${state}`);
    await page.locator('h1[tabindex]').waitFor();
    await act?.(page);
    found.push(...(await faultsAt(name, 'words as they are', isNextAction(screen))));
    await page.evaluate(lengthenWords);
    found.push(...(await faultsAt(name, 'longer words', false)));
  }
  console.log(`${screens.length} screens, ${screens.length * Object.keys(sizes).length * 2} looks`);
  expect(found).toEqual([]);
});

const broken = {
  sideways: '<div style="width: 2000px">wide</div>',
  cut: '<div style="width: 40px; overflow: hidden; white-space: nowrap">a long sentence that nobody can read</div>',
  covered:
    '<button>pressed</button><div style="position: fixed; inset: 0; background: white; z-index: 1">over everything</div>',
  'primary below': '<div style="height: 900px"></div><button class="button" data-look="primary">Next</button>',
};

test('a page with a fault is not taken for one without', async () => {
  await page.setViewportSize(common);
  for (const [fault, body] of Object.entries(broken)) {
    await page.setContent(`<body>${body}</body>`);
    const found = await page.evaluate(layoutFaults, { primaryInSight: true });
    expect(
      found.filter((each) => each.startsWith(fault)),
      fault,
    ).not.toEqual([]);
  }
  await page.setContent(
    '<body><p title="all of it">short</p><button class="button" data-look="primary">Next</button></body>',
  );
  expect(await page.evaluate(layoutFaults, { primaryInSight: true })).toEqual([]);
  await page.evaluate(lengthenWords);
  expect(await page.locator('body').innerText()).toBe('shortsh\n\nNextNe');
});
