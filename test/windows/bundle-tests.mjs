import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from '../set-up/repository.mjs';

/** The one module with every test. It is outside of `out/`, because builds replace that folder. */
export const bundle = join(repository, 'out/windows/tests.mjs');

/** The files below a folder whose names have this ending, relative to the repository. */
export function filesEnding(folder, ending) {
  return readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
    .toSorted();
}

/**
 * Makes one module of everything that runs on Windows: the programs that read TypeScript and start Vitest are for this computer, and thousands of small files are slow to open on Wine. Each file in it is started by its name.
 * @param {readonly string[]} files relative to the repository
 * @param {(path: string) => string} pathThere the Windows name of a path of this computer
 */
export async function bundleForWindows(files, pathThere) {
  // Imported only here: on a fresh machine the packages are installed first.
  const { build } = await import('esbuild');
  const entries = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`./${file}`)})`);
  const contents = `
    import { start } from './test/windows/start.mjs';
    await start({ ${entries.join(',\n')} });
  `;
  await build({
    absWorkingDir: repository,
    stdin: { contents, resolveDir: repository, sourcefile: 'tests.mjs' },
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    keepNames: true,
    external: ['keytar', '*.node'],
    alias: { electron: replacedElectron },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [readableHere(pathThere), assets(pathThere)],
    logLevel: 'warning',
  });
}

const replacedElectron = './test/windows/replaced-electron.mjs';
const replacesElectron = "vi.mock('electron', ";

/**
 * A source that asks for its own path gets the path of the source, not that of the bundle. A test that replaces Electron does so here
 * without Vitest's loader.
 */
function readableHere(pathThere) {
  return {
    name: 'readable-here',
    setup: (build) =>
      build.onLoad({ filter: /\.m?tsx?$/ }, ({ path }) => {
        if (path.includes('node_modules')) return undefined;
        const source = readFileSync(path, 'utf8');
        const replace = join(repository, replacedElectron).replaceAll('\\', '/');
        const head = source.includes(replacesElectron)
          ? `import { replaceElectron } from ${JSON.stringify(replace)};`
          : '';
        return {
          loader: path.endsWith('x') ? 'tsx' : 'ts',
          contents: `${head}${source}`
            .replaceAll(replacesElectron, 'await replaceElectron(')
            .replaceAll('import.meta.dirname', JSON.stringify(pathThere(dirname(path))))
            .replaceAll('import.meta.url', JSON.stringify(`file:///${pathThere(path).replaceAll('\\', '/')}`)),
        };
      }),
  };
}

/** An asset of the console, which the bundle of the product copies, is the path of its source. */
function assets(pathThere) {
  const kind = '?asset';
  return {
    name: 'assets',
    setup: (build) => {
      build.onResolve({ filter: /\?asset$/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.slice(0, -kind.length)),
        namespace: kind,
      }));
      build.onLoad({ filter: /./, namespace: kind }, ({ path }) => ({
        contents: `export default ${JSON.stringify(pathThere(path))};`,
      }));
    },
  };
}
