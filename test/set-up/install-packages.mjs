import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';

const marker = join(repository, 'node_modules/.installed-lock');

/** Brings the packages that package-lock.json names, where they are not there yet. */
export async function installPackages() {
  checkNode();
  const lock = createHash('sha256')
    .update(readFileSync(join(repository, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  say('Installing packages (npm ci)');
  // Electron's binary is resolved on its own: its download must not hold up the packages.
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: repository, env });
  if (code !== 0)
    giveUp('The packages could not be installed. Is the npm registry reachable? Run the same command again.');
  writeFileSync(marker, lock);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    giveUp(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
}
