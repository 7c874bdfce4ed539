import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages } from './install-packages.mjs';
import { mirrorRuntime } from './mirror-runtime.mjs';
import { officialRuntime } from './official-runtime.mjs';
import { giveUp } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

const binaryName =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';

/**
 * @typedef {{ executablePath: string, distPath: string, version: string, source: 'override' | 'official' | 'mirror', why: string }} ElectronRuntime
 */

/**
 * Finds an Electron to run. Tries the override, then the official one (installed or downloaded), then a mirror (Linux x64).
 * @returns {Promise<ElectronRuntime>}
 */
export async function resolveElectronRuntime() {
  const found = overrideRuntime() ?? (await declaredRuntime()) ?? (await standIn());
  if (!found) {
    giveUp(
      'There is no Electron to run: the declared one could not be downloaded, and no stand-in was found for this computer. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of one, or run this again where the download is reachable.',
    );
  }
  return found;
}

/**
 * Only the declared Electron, for releases. A failed download is tried again each time.
 * @returns {Promise<ElectronRuntime | null>}
 */
export async function releaseRuntime() {
  return declaredRuntime({ retry: true });
}

/** The line that says which Electron was used. */
export function describeRuntime({ version, source, why, distPath }) {
  return `Electron ${version} (${source}: ${why}) in ${distPath}`;
}

function overrideRuntime() {
  const distPath = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!distPath) return null;
  if (!existsSync(join(distPath, binaryName)))
    giveUp(`ELECTRON_OVERRIDE_DIST_PATH has no ${binaryName} in it: ${distPath}`);
  return runtime({ distPath, version: versionIn(distPath) }, 'override', 'ELECTRON_OVERRIDE_DIST_PATH names it');
}

async function declaredRuntime(options) {
  const found = await officialRuntime(options);
  return found && runtime(found, 'official', 'it is the declared runtime');
}

async function standIn() {
  const found = await mirrorRuntime();
  const why = 'the declared runtime could not be downloaded here; for demo and tests only';
  return found && runtime(found, 'mirror', why);
}

function runtime({ distPath, version }, source, why) {
  return { executablePath: join(distPath, binaryName), distPath, version, source, why };
}

function versionIn(distPath) {
  const file = join(distPath, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  await installSystemPackages({ session: false });
  process.stdout.write(`${JSON.stringify(await resolveElectronRuntime(), null, 2)}\n`);
}
