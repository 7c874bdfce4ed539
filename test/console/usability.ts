import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';
import { resize } from './native-view.ts';

const screens = [
  // A 1366x768 screen without its title bar and task bar, and the smallest window.
  { width: 1366, height: 700 },
  { width: 960, height: 600 },
] as const;

/** Checks that axe finds no violations on the screen. */
export async function expectNoViolations({ page }: ConsoleApp, state: string): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(passes.length, 'rules that had something to look at').toBeGreaterThan(15);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  expect(found, state).toEqual([]);
}

/** Checks at 200 % on both screens that nothing scrolls sideways, and that every control can be scrolled into view uncovered. */
export async function expectReachableWhenZoomed(app: ConsoleApp, state: string): Promise<void> {
  const before = await app.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  for (const { width, height } of screens) {
    await resize(app, width, height, 2);
    const sideways = await app.page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('*')]
        .filter((element) => {
          const { overflowX, textOverflow } = getComputedStyle(element);
          // Text with an ellipsis has its full text in a tooltip. Text only for screen readers has no visible size.
          const meant = textOverflow === 'ellipsis' || element.matches('.visually-hidden, .visually-hidden *');
          const tooNarrow = element.scrollWidth > element.clientWidth + 1;
          return tooNarrow && !meant && (element === document.documentElement || overflowX !== 'visible');
        })
        .map((element) => `${element.className} ${element.scrollWidth} > ${element.clientWidth}`),
    );
    expect(sideways, `${state} at 200 % in ${width}x${height}`).toEqual([]);
    for (const control of await controlsIn(app.page.locator('dialog[open]'), app.page.locator('body')))
      await control.hover({ trial: true, timeout: 3000 });
  }
  await resize(app, before.width, before.height);
}

async function controlsIn(dialog: Locator, body: Locator): Promise<Locator[]> {
  const scope = (await dialog.count()) > 0 ? dialog : body;
  return scope.locator('button:visible, input:visible, select:visible, summary:visible').all();
}
