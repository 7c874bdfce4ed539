import { join } from 'node:path';
import { build } from 'vite';

const repository = join(import.meta.dirname, '../../..');

/** Bundles the programs of this benchmark as the console is bundled, so that the benchmark measures the shipped code. */
export async function buildPrograms(): Promise<string> {
  const folder = join(repository, 'out/bench');
  const names = ['bare-server', 'api-server', 'load-generator'];
  const input = Object.fromEntries(names.map((name) => [name, join(import.meta.dirname, `${name}.ts`)]));
  const noSchemaValidator = join(repository, 'src-main/adapters/disk/no-schema-validator.ts');
  await build({
    configFile: false,
    root: repository,
    logLevel: 'warn',
    mode: 'production',
    resolve: { alias: [{ find: /^ajv(-formats|\/dist\/2020\.js)$/, replacement: noSchemaValidator }] },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: true,
      rollupOptions: { input, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  });
  return folder;
}
