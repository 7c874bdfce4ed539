import { defineConfig } from 'vitest/config';
import { takeChosenEnvironment } from './test/set-up/chosen-environment.mjs';

takeChosenEnvironment();

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx', 'test/set-up/**/*.test.mjs'],
    testTimeout: 60_000,
  },
});
