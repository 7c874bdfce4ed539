import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx', 'test/set-up/**/*.test.mjs'],
    testTimeout: 60_000,
  },
});
