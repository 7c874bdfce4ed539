import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: 'real-window.ts',
  outputDir: '../../test-results/pictures',
  workers: 1,
});
