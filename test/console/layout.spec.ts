import { join } from 'node:path';
import { layoutFaults, lengthenWords } from '../gallery/layout-faults.ts';
import { serveGallery } from '../gallery/open-gallery.ts';
import { common, large, shots } from '../gallery/shots.ts';
import { electronPath, fontOfProject } from './console-app.ts';
import { type ElectronApplication, expect, type Page, test } from './console-test.ts';
import { launchElectron } from './launch-electron.ts';

const small = { width: 960, height: 560 };
/** At 200 %, a page has half of the CSS pixels. */
const halved = ({ width, height }: { width: number; height: number }) => ({
  width: Math.floor(width / 2),
  height: Math.floor(height / 2),
});
/**
 * Whether a screen is checked in every run or only in a long one, with its usual words (`asTheyAre`) and with longer ones (`longer`).
 * `wide`: in a short run, only with the wide font.
 */
const sizes = [
  { name: '1366x768', size: common, asTheyAre: true, longer: true },
  { name: '1920x1080', size: large, asTheyAre: false, longer: false },
  { name: '960x600', size: small, asTheyAre: false, longer: 'wide' },
  { name: '1366x768 at 200 %', size: halved(common), asTheyAre: false, longer: 'wide' },
  { name: '1920x1080 at 200 %', size: halved(large), asTheyAre: false, longer: false },
  { name: '960x600 at 200 %', size: halved(small), asTheyAre: true, longer: true },
] as const;
const isLong = process.env['FLC_LONG'] === '1';
/** The screens whose primary button is the next action, so it must be visible. On other pages a person reads first. */
const isNextAction = ({ act, state, isNextAction: isSo }: (typeof shots)[number]) =>
  isSo ?? (!act && !state.startsWith('registers-'));
/** Each screen once: the other shots show the same ones at other sizes and in other colors. */
const screens = shots.filter(({ size, dark, forcedColors, print }) => !size && !dark && !forcedColors && !print);

let electron: ElectronApplication;
let page: Page;
let gallery: Awaited<ReturnType<typeof serveGallery>>;

test.beforeAll(async () => {
  gallery = await serveGallery();
  electron = await launchElectron({
    executablePath: electronPath(),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), join(import.meta.dirname, '../gallery/window')],
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

/** Sets the size of the page, and waits until it takes effect: for a frame or two, rules for the old size still apply. */
async function resize(size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

let looks = 0;

async function faultsOf(screen: (typeof shots)[number], words: 'asTheyAre' | 'longer'): Promise<string[]> {
  const found: string[] = [];
  for (const { name, size, ...inEachRun } of sizes) {
    const isLookedAt = inEachRun[words] === 'wide' ? test.info().project.name !== 'narrow' : inEachRun[words];
    if (!isLong && !isLookedAt) continue;
    looks += 1;
    await resize(size);
    const primaryInSight = isNextAction(screen) && words === 'asTheyAre' && name === '1366x768';
    const faults = await page.evaluate(layoutFaults, { primaryInSight });
    found.push(...faults.map((fault) => `${screen.name}, ${name}, words ${words}: ${fault}`));
  }
  return found;
}

test('@clerk every screen, at every size, also with longer words: nothing cut, sideways or covered', async () => {
  test.setTimeout(isLong ? 1_800_000 : 600_000);
  const found: string[] = [];
  for (const screen of screens) {
    await page.setViewportSize(common);
    await page.goto(`${gallery.address}?state=${screen.state}`);
    await page.locator('h1[tabindex]').waitFor();
    await screen.act?.(page);
    // Without a mouse, a step of the Authorization pane has a longer text.
    if (!screen.act) await page.keyboard.press('Tab');
    found.push(...(await faultsOf(screen, 'asTheyAre')));
    await page.evaluate(lengthenWords);
    found.push(...(await faultsOf(screen, 'longer')));
  }
  console.log(`${screens.length} screens, ${looks} looks`);
  expect(found).toEqual([]);
});

const broken = {
  sideways: '<div style="width: 2000px">wide</div>',
  cut: '<div style="width: 40px; overflow: hidden; white-space: nowrap">a long sentence that nobody can read</div>',
  covered:
    '<button>pressed</button><div style="position: fixed; inset: 0; background: white; z-index: 1">over everything</div>',
  'primary below': '<div style="height: 900px"></div><button class="button" data-look="primary">Next</button>',
};

test('the check finds each planted fault, and none on a good page', async () => {
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
