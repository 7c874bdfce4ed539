import { AxeBuilder } from '@axe-core/playwright';
import { consoleStates } from './console-states.ts';
import { openGallery } from './open-gallery.ts';

/** `npx tsx test/gallery/check-accessibility.ts`: axe over every state and page, in light and dark. Fails if it finds something. */
const registersPage = 'Registers & servers';
const isOfRegisters = (state: string) => state.startsWith('registers-');
const isOfOffer = (state: string) => state.startsWith('offer-') && state !== 'offer-none';
const isOfDiagnostics = (state: string) => state.startsWith('diagnostics-');
const registersStates = Object.keys(consoleStates).filter(isOfRegisters);
const diagnosticsStates = Object.keys(consoleStates).filter(isOfDiagnostics);
const pages: readonly { state: string; press?: string; awaited?: string; next?: string }[] = [
  ...Object.keys(consoleStates)
    .filter((state) => !isOfRegisters(state) && !isOfOffer(state) && !isOfDiagnostics(state))
    .map((state) => ({ state })),
  { state: 'licensed', press: 'Settings', awaited: '.card' },
  { state: 'licensed', press: 'History', awaited: '.history-table' },
  { state: 'not-licensed', press: 'History', awaited: '.lede' },
  { state: 'proxy-kept', press: 'Settings', awaited: '.card' },
  { state: 'alerts-elsewhere', press: 'Settings', awaited: '.banner' },
  { state: 'notifications-refused', press: 'Settings', awaited: '.card' },
  { state: 'offline', press: 'Help', awaited: '.card' },
  { state: 'licensed', press: 'Remove License…', awaited: 'dialog[open]' },
  { state: 'removal-failed', press: 'Remove License…', awaited: 'dialog[open]' },
  { state: 'awaiting', press: 'Use a phone', awaited: '.qr' },
  ...Object.keys(consoleStates)
    .filter(isOfOffer)
    .map((state) => ({ state, press: 'Help a server', awaited: '.pairing, .notice' })),
  { state: 'licensed', press: 'Help', awaited: '.card', next: 'Help a server get licensed' },
  { state: 'not-licensed', press: 'Use a laptop', awaited: 'dialog[open]' },
  { state: 'not-licensed', press: 'Use a laptop', awaited: 'dialog[open]', next: 'Connect' },
  ...['licensed', ...registersStates].map((state) => ({ state, press: registersPage, awaited: '.registers-card' })),
  ...['Details of Register 3', 'Create client…', 'Revoke… POS server'].map((next) => ({
    state: 'licensed',
    press: registersPage,
    awaited: '.registers-card',
    next,
  })),
  ...['Add another server', 'Edit… Store 015', 'Rename… Store 014', 'Forget… Store 014', 'Forget… Store 015'].map(
    (next) => ({ state: 'many-servers', press: 'Settings', awaited: '.server-row', next }),
  ),
  ...diagnosticsStates.map((state) => ({ state, press: 'Help', awaited: '.card', next: 'Save diagnostics…' })),
  { state: 'licensed', press: 'Save as PDF', awaited: '.toast' },
  { state: 'first-run', press: 'Check and continue', awaited: '[aria-invalid]' },
];
const { address, browser, close } = await openGallery();
let found = 0;
for (const colorScheme of ['light', 'dark'] as const) {
  for (const { state, press, awaited, next } of pages) {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 700 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(`${address}?state=${state}`);
    await page.locator('h1[tabindex]').waitFor();
    if (state.endsWith('-question')) await page.getByRole('dialog').waitFor();
    if (press && awaited) {
      await page.getByRole('button', { name: press, exact: true }).click();
      await page.locator(awaited).first().waitFor();
    }
    if (next) await page.getByRole('button', { name: next, exact: true }).first().click();
    if (isOfDiagnostics(state)) await page.getByRole('dialog').locator('.dialog-actions').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, help, nodes } of violations) {
      found += 1;
      const where = nodes.map(({ html }) => html.slice(0, 140)).join(' | ');
      console.error(`${state} ${press ?? ''} ${next ?? ''} (${colorScheme}): ${id}: ${help}: ${where}`);
    }
    await context.close();
  }
}
await close();
console.log(`${pages.length * 2} pages checked, ${found} findings`);
process.exitCode = found === 0 ? 0 : 1;
