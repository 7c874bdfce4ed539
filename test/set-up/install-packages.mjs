import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { repository } from './repository.mjs';
import { runNpm } from './run-tool.mjs';
import { giveUp, say } from './say.mjs';

const marker = join(repository, 'node_modules/.installed-lock');

/** Installs the packages of package-lock.json, unless they are installed already. */
export async function installPackages() {
  checkNode();
  if (!isInstalled()) await oneAtATime('packages', install);
}

async function install() {
  if (isInstalled()) return;
  say('Installing packages (npm ci)');
  // Electron's binary is downloaded separately, so that a failed download does not block the packages.
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await runNpm(args, { cwd: repository, env, progress: true });
  if (code !== 0)
    giveUp('The packages could not be installed. Is the npm registry reachable? Run the same command again.');
  writeFileSync(marker, wantedLock());
}

function isInstalled() {
  return existsSync(marker) && readFileSync(marker, 'utf8') === wantedLock();
}

function wantedLock() {
  return createHash('sha256')
    .update(readFileSync(join(repository, 'package-lock.json')))
    .digest('hex');
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    giveUp(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
}
