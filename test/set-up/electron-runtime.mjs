import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mirrorRuntime } from './mirror-runtime.mjs';
import { cacheFolder, repository } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

const binaryName =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';
const downloadLimitSeconds = 120;
const dayMs = 86_400_000;

/**
 * Finds an Electron to run: the override, the official one that is there or downloads, then a mirror (Linux x64). Says
 * which, and why.
 * @returns {Promise<{ executablePath: string, distPath: string, version: string, source: 'override' | 'official' | 'mirror', why: string }>}
 */
export async function resolveElectronRuntime() {
  const found = overrideRuntime() ?? (await officialRuntime()) ?? (await fromMirror());
  if (!found)
    giveUp(
      'No Electron to run. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of one, or let npm reach the download of the official one.',
    );
  return { ...found, executablePath: join(found.distPath, binaryName) };
}

/** The one line that says which Electron ran. */
export function describeRuntime({ version, source, why, distPath }) {
  return `Electron ${version} (${source}: ${why}) in ${distPath}`;
}

function overrideRuntime() {
  const distPath = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!distPath) return null;
  if (!existsSync(join(distPath, binaryName))) giveUp(`ELECTRON_OVERRIDE_DIST_PATH has no ${binaryName}: ${distPath}`);
  return { distPath, version: versionOf(distPath), source: 'override', why: 'ELECTRON_OVERRIDE_DIST_PATH names it' };
}

async function officialRuntime() {
  const distPath = join(repository, 'node_modules/electron/dist');
  const ready = () => existsSync(join(distPath, binaryName));
  if (!ready() && !failedLately()) await download();
  return ready()
    ? { distPath, version: versionOf(distPath), source: 'official', why: 'the declared runtime is there' }
    : null;
}

async function fromMirror() {
  const mirror = await mirrorRuntime();
  return (
    mirror && {
      ...mirror,
      source: 'mirror',
      why: 'the declared runtime could not be downloaded here; for demo and tests only',
    }
  );
}

async function download() {
  say('Downloading the declared Electron');
  const installer = join(repository, 'node_modules/electron/install.js');
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '', ELECTRON_GET_USE_PROXY: '1' };
  const { code } = await run(
    process.execPath,
    [join(repository, 'test/set-up/bounded.mjs'), String(downloadLimitSeconds), process.execPath, installer],
    { env },
  );
  if (code === 0) return;
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(failureMark(), '');
  say('The declared Electron could not be downloaded; that is not tried again for a day');
}

function failureMark() {
  const { version } = JSON.parse(readFileSync(join(repository, 'node_modules/electron/package.json'), 'utf8'));
  return join(cacheFolder, `electron-${version}-not-reachable`);
}

function failedLately() {
  return existsSync(failureMark()) && Date.now() - statSync(failureMark()).mtimeMs < dayMs;
}

function versionOf(distPath) {
  const file = join(distPath, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(await resolveElectronRuntime(), null, 2)}\n`);
}
