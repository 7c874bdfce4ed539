import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: 'real-window.ts',
  outputDir: '../../test-results/pictures',
  workers: 1,
  // The font that looks most like the one of Windows.
  projects: [{ name: 'narrow' }],
});
