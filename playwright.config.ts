import { defineConfig } from '@playwright/test';
import { chosenFont } from './test/set-up/test-fonts.mjs';

// Once for the run: each worker reads this file again.
if (process.env['TEST_WORKER_INDEX'] === undefined)
  console.log(
    `Console tests on ${process.env['FLC_ELECTRON_DESCRIPTION'] ?? 'no Electron: run them by "npm run e2e"'}`,
  );

/** What depends on the width of letters runs with each font: every screen in turn, and the address bar. All the others run with one. */
const ofLayout = /(layout|pane)\.spec\.ts$/;
const font = chosenFont();
const byFont = [{ name: 'wide' }, { name: 'narrow', ...(font ? {} : { testMatch: ofLayout }) }];

export default defineConfig({
  testDir: 'test/console',
  outputDir: 'test-results/console',
  workers: 1,
  retries: 0,
  // Elsewhere than on Linux the system's own font cannot be replaced.
  projects: process.platform === 'linux' ? byFont.filter(({ name }) => !font || name === font) : [{ name: 'system' }],
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ['./test/console/open-grants-reporter.ts'],
    ['json', { outputFile: process.env['FLC_CONSOLE_RESULTS'] ?? 'test-results/console.json' }],
  ],
});
