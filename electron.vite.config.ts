import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Loaded from the package, not bundled: it holds a native module. */
const keychainModule = ['keytar'];

const noSchemaValidator = join(import.meta.dirname, 'src-main/adapters/disk/no-schema-validator.ts');
const noMigrations = join(import.meta.dirname, 'src-main/adapters/disk/no-migrations.ts');

/**
 * The build of axios without Node.js's own HTTP clients, which weigh more than all else in it. The console sends through Electron's
 * network stack alone.
 */
const axiosWithoutNodeClients = join(import.meta.dirname, 'node_modules/axios/dist/esm/axios.js');

const productProcesses = {
  main: 'src-main/main.ts',
  'secret-store-process': 'src-main/adapters/keychain/secret-store-process.ts',
};
/** With a clock that tests can move, and moments at which they let the console die. A test build is never released. */
const testProcesses = {
  main: 'test/console/test-build/main.ts',
  'secret-store-process': 'test/console/test-build/secret-store-process.ts',
};

export default defineConfig(({ mode }) => {
  const out = mode === 'test' ? 'out/test' : 'out';
  return {
    main: {
      // A clock that is before this time is wrong.
      define: { flcBuiltAt: String(Date.now()) },
      resolve: {
        alias: [
          { find: /^ajv(-formats|\/dist\/2020\.js)$/, replacement: noSchemaValidator },
          { find: /^semver$/, replacement: noMigrations },
          { find: /^axios$/, replacement: axiosWithoutNodeClients },
        ],
      },
      build: {
        outDir: `${out}/main`,
        minify: true,
        externalizeDeps: false,
        rollupOptions: {
          external: keychainModule,
          input: mode === 'test' ? testProcesses : productProcesses,
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    },
    preload: {
      build: {
        outDir: `${out}/preload`,
        minify: true,
        externalizeDeps: false,
        rollupOptions: {
          input: { preload: 'src-main/preload.ts' },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    renderer: {
      root: 'src-renderer',
      plugins: [react()],
      build: {
        outDir: `${out}/renderer`,
        minify: true,
        modulePreload: false,
        rollupOptions: { input: 'src-renderer/index.html' },
      },
    },
  };
});
