import { AxeBuilder } from '@axe-core/playwright';
import { openGallery } from './open-gallery.ts';
import { common, shots } from './shots.ts';

/** `npx tsx test/gallery/check-accessibility.ts [filter]`: axe over every screen, in light and dark; fails where it finds something. */
const filter = new RegExp(process.argv[2] ?? '');
const screens = shots.filter(
  ({ name, size, dark, forcedColors, print }) => !size && !dark && !forcedColors && !print && filter.test(name),
);
const { address, browser, close } = await openGallery();
let found = 0;
for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name, state, act } of screens) {
    const context = await browser.newContext({ viewport: common, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${address}?state=${state}`);
    await page.locator('h1[tabindex]').waitFor();
    await act?.(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, help, nodes } of violations) {
      found += 1;
      const where = nodes.map(({ html }) => html.slice(0, 140)).join(' | ');
      console.error(`${name} (${colorScheme}): ${id}: ${help}: ${where}`);
    }
    await context.close();
  }
}
await close();
console.log(`${screens.length * 2} screens checked, ${found} findings`);
process.exitCode = found === 0 ? 0 : 1;
