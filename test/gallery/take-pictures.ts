import { mkdir } from 'node:fs/promises';
import { openGallery } from './open-gallery.ts';
import { common, shots } from './shots.ts';

/** `npx tsx test/gallery/take-pictures.ts [folder] [filter]`: a picture of every state, at the sizes that matter. */
const folder = process.argv[2] ?? 'out/gallery';
const filter = process.argv[3] ?? '';

const { address, browser, close } = await openGallery();
await mkdir(folder, { recursive: true });
const wanted = shots.filter(({ name }) => new RegExp(filter).test(name));
for (const shot of wanted) {
  const page = await browser.newPage({
    viewport: shot.size ?? common,
    colorScheme: shot.dark ? 'dark' : 'light',
    forcedColors: shot.forcedColors ? 'active' : 'none',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  page.on('console', (message) => message.type() === 'error' && console.error(`${shot.name}: ${message.text()}`));
  page.on('pageerror', (error) => console.error(`${shot.name}: ${error.message}`));
  await page.goto(`${address}?state=${shot.state}`);
  await page.locator('h1[tabindex]').waitFor();
  await shot.act?.(page);
  if (shot.print) await page.emulateMedia({ media: 'print' });
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}/${shot.name}.png` });
  await page.close();
}
await close();
console.log(`${wanted.length} pictures in ${folder}`);
