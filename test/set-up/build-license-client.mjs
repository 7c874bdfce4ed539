import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from './repository.mjs';
import { runTool } from './run-tool.mjs';
import { giveUp } from './say.mjs';

export const licenseClientFolder = join(repository, 'out/license-client');
const source = 'src-main/local-api/license-client.ts';
const guide = 'src-main/local-api/README.md';
/** What stands from here on in the guide is for those who have the repository. */
const repositoryPart = '\n## In the repository of the console\n';
/** The sources whose declarations a user of the client needs; none needs any other. */
const declared = ['client/wire-answers', 'client/license-api-error', 'license-client'];

/**
 * Makes the client for the POS server's developers: one module, one declaration file, the manifest that names them,
 * and the guide to all of it.
 * @param {string} [folder] where to
 */
export async function buildLicenseClient(folder = licenseClientFolder) {
  // Not before it is needed: on a fresh machine whoever imports this module has yet to install the packages.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: repository,
    logLevel: 'warn',
    build: { ssr: source, outDir: folder, emptyOutDir: true, target: 'node18', minify: false },
  });
  const parts = join(folder, 'parts');
  const { code } = await runTool('tsc', ['-p', 'tsconfig.license-client.json', '--outDir', parts], { progress: true });
  if (code !== 0) giveUp('The declarations of the license client could not be made; what is wrong stands above.');
  const texts = declared.map((name) => readFileSync(join(parts, `${name}.d.ts`), 'utf8'));
  writeFileSync(join(folder, 'license-client.d.ts'), texts.map(withoutImports).join('\n'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), guideOfFolder(readFileSync(join(repository, guide), 'utf8')));
  rmSync(parts, { recursive: true });
}

/** @param {string} text the guide as it stands in the repository */
function guideOfFolder(text) {
  const end = text.indexOf(repositoryPart);
  if (end === -1) giveUp(`${guide} has no part for the repository alone; it must not be handed out whole.`);
  return text.slice(0, end);
}

/** What the parts import from each other stands in the same file now. */
function withoutImports(declarations) {
  return declarations.replaceAll(/^import .*;\n/gm, '').replaceAll(/^export \{[^}]*\};\n/gm, '');
}

/** Node.js takes the module for what it is without being asked to guess, and it can be installed as a folder. */
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
