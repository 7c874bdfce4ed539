import { defineConfig } from '@playwright/test';

console.log(
  `Electron: ${process.env['FLC_ELECTRON'] ?? 'none'} (${process.env['FLC_ELECTRON_SOURCE'] ?? 'not resolved'})`,
);

export default defineConfig({
  testDir: 'test/console',
  outputDir: 'test-results/console',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/console.json' }]],
});
