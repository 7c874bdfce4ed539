import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './repository.mjs';
import { runTool } from './run-tool.mjs';
import { giveUp } from './say.mjs';

const licenseClientFolder = join(repository, 'out/license-client');
const source = 'src-main/local-api/license-client.ts';
const guide = 'src-main/local-api/README.md';
/** The part of the guide from this heading on is only for people who have the repository. */
const repositoryPart = '\n## In the repository of the console\n';
/** The sources whose declarations a user of the client needs. The types of the answers come from their schemas. */
const declared = ['client/license-event', 'client/license-api-error', 'license-client'];

/**
 * Builds the client for the POS server's developers: one module, one declaration file, the manifest, and the guide.
 * @param {string} [folder] the output folder
 */
export async function buildLicenseClient(folder = licenseClientFolder) {
  // Imported only here: on a fresh machine the packages are not installed yet when this module is loaded.
  const [{ build }, { tsImport }] = await Promise.all([import('vite'), import('tsx/esm/api')]);
  await build({
    configFile: false,
    root: repository,
    logLevel: 'warn',
    build: { ssr: source, outDir: folder, emptyOutDir: true, target: 'node18', minify: false },
  });
  const parts = join(folder, 'parts');
  const { code } = await runTool('tsc', ['-p', 'tsconfig.license-client.json', '--outDir', parts], { progress: true });
  if (code !== 0) giveUp('The declarations of the license client could not be made; what is wrong stands above.');
  const texts = declared.map((name) => readFileSync(join(parts, `src-main/local-api/${name}.d.ts`), 'utf8'));
  const { licenseClientTypes } = await tsImport('./license-client-types.ts', import.meta.url);
  const declarations = [licenseClientTypes(), ...texts.map(withoutImports)];
  writeFileSync(join(folder, 'license-client.d.ts'), declarations.join('\n'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), guideOfFolder(readFileSync(join(repository, guide), 'utf8')));
  rmSync(parts, { recursive: true });
}

/** @param {string} text the guide as it is in the repository */
function guideOfFolder(text) {
  const end = text.indexOf(repositoryPart);
  if (end === -1) giveUp(`${guide} has no part for the repository alone; it must not be handed out whole.`);
  return text.slice(0, end);
}

/** Removes the imports and exports between the parts, which are all in one file now. */
function withoutImports(declarations) {
  return declarations.replaceAll(/^import .*;\n/gm, '').replaceAll(/^export \{[^}]*\};\n/gm, '');
}

/** The package manifest. It tells Node.js the module type, and makes the folder installable as a package. */
function manifest() {
  const { version, license } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  return {
    name: 'fusion-license-client',
    version,
    license,
    private: true,
    type: 'module',
    types: './license-client.d.ts',
    exports: { types: './license-client.d.ts', default: './license-client.js' },
    engines: { node: '>=18.17' },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildLicenseClient(process.argv[2]);
