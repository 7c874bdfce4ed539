import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { cacheFolder, repository } from './repository.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const packageFolder = join(repository, 'node_modules/electron');
const distPath = join(packageFolder, 'dist');
const reachableLimitMs = 20_000;
const downloadLimitSeconds = 600;
const dayMs = 86_400_000;

/**
 * The declared Electron, already installed or downloaded by its own installer. A failed download is not tried again for a day,
 * unless `retry` is set.
 * @param {{ retry?: boolean }} [options]
 * @returns {Promise<{ distPath: string, version: string } | null>}
 */
export async function officialRuntime({ retry = false } = {}) {
  const version = declaredVersion();
  if (!isInstalled(version) && (retry || !failedLately(version)))
    await oneAtATime('electron', () => download(version, retry));
  return isInstalled(version) ? { distPath, version } : null;
}

/** The installer writes `path.txt` last. Without it, an earlier installation was interrupted and is incomplete. */
function isInstalled(version) {
  return (
    existsSync(join(packageFolder, 'path.txt')) &&
    existsSync(join(distPath, 'version')) &&
    readFileSync(join(distPath, 'version'), 'utf8').trim().replace(/^v/, '') === version
  );
}

async function download(version, retry) {
  if (isInstalled(version) || (!retry && failedLately(version))) return;
  say(`Downloading the declared Electron ${version}`);
  if ((await sourceAnswers()) && (await install()) === 0) {
    rmSync(failureMark(version), { force: true });
    return;
  }
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(failureMark(version), '');
  say('The declared Electron could not be downloaded; that is not tried again for a day');
}

async function install() {
  const { code } = await run(process.execPath, [join(packageFolder, 'install.js')], {
    env: { ...process.env, ELECTRON_GET_USE_PROXY: '1' },
    progress: true,
    quiet: true,
    limitSeconds: downloadLimitSeconds,
  });
  return code;
}

/** Finds out quickly whether the download source answers. Behind a proxy, only the installer can tell. */
async function sourceAnswers() {
  const { env } = process;
  if (env.HTTPS_PROXY || env.https_proxy || env.ALL_PROXY || env.all_proxy) return true;
  const source = env.ELECTRON_MIRROR || env.npm_config_electron_mirror || 'https://github.com/electron/electron/';
  try {
    await fetch(source, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(reachableLimitMs) });
    return true;
  } catch {
    return false;
  }
}

function declaredVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version;
}

function failureMark(version) {
  return join(cacheFolder, `electron-${version}-not-reachable`);
}

function failedLately(version) {
  const mark = failureMark(version);
  return existsSync(mark) && Date.now() - statSync(mark).mtimeMs < dayMs;
}
