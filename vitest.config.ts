import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { takeChosenEnvironment } from './test/set-up/chosen-environment.mjs';

takeChosenEnvironment();

export default defineConfig({
  // The build of axios that the console is built with: see electron.vite.config.ts.
  resolve: {
    alias: [{ find: /^axios$/, replacement: join(import.meta.dirname, 'node_modules/axios/dist/esm/axios.js') }],
  },
  test: {
    include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx', 'test/set-up/**/*.test.mjs'],
    testTimeout: 60_000,
  },
});
