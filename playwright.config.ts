import { defineConfig } from '@playwright/test';

// Once for the run: each worker reads this file again.
if (process.env['TEST_WORKER_INDEX'] === undefined)
  console.log(
    `Console tests on ${process.env['FLC_ELECTRON_DESCRIPTION'] ?? 'no Electron: run them by "npm run e2e"'}`,
  );

export default defineConfig({
  testDir: 'test/console',
  outputDir: 'test-results/console',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env['FLC_CONSOLE_RESULTS'] ?? 'test-results/console.json' }]],
});
