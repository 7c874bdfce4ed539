import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder, repository } from './repository.mjs';
import { say } from './say.mjs';

const emptyLimitMs = 10_000;

/**
 * Runs `work` while no other process runs work with the same name for this checkout; waits until it can. `work` should first
 * check what is still to be done, since another process may have done it. A lock whose process has died is ignored.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(name, work) {
  const checkout = createHash('sha256').update(repository).digest('hex').slice(0, 12);
  const file = join(cacheFolder, 'locks', `${checkout}-${name}`);
  mkdirSync(join(cacheFolder, 'locks'), { recursive: true });
  for (let tries = 0; !take(file); tries += 1) {
    if (tries === 25) say(`Waiting for another run to finish (${name}); it holds ${file}`);
    await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(file)) rmSync(file, { force: true });
    return false;
  }
}

function isHeld(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    // The lock file is created first and its process id written next, so a new empty file belongs to a living process.
    if (holder === 0) return Date.now() - statSync(file).mtimeMs < emptyLimitMs;
    return process.kill(holder, 0) && !isZombie(holder);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A zombie has ended, but its parent has not read its exit code. It still takes signals (proc(5), Linux only). */
function isZombie(pid) {
  try {
    // The name in parentheses may contain any character, even a parenthesis.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
