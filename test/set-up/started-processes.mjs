import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const endLimitMs = 5000;
const setpriv = '/usr/bin/setpriv';

/** Child processes that must not outlive this process. Each is ended by its id, in reverse order. */
export class StartedProcesses {
  #children = [];

  /**
   * Starts a process. On Linux it ends with this process even if this process is killed.
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import('node:child_process').SpawnOptions} [options]
   */
  start(command, args, options = {}) {
    const bound = process.platform === 'linux' && existsSync(setpriv);
    const child = bound
      ? spawn(setpriv, ['--pdeathsig', 'TERM', '--', command, ...args], options)
      : spawn(command, args, options);
    child.on('error', () => {});
    this.#children.push(child);
    return child;
  }

  async end() {
    for (const child of this.#children.splice(0).toReversed()) await endProcess(child);
  }
}

/** The first line that a process prints on stdout. Rejects if the process ends without printing one. */
export async function firstLine(child) {
  const reader = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(reader, 'line').then(([text]) => String(text).trim()),
    once(child, 'close').then(() => null),
  ]);
  if (line === null) throw new Error(`${child.spawnargs.join(' ')} ended at its start`);
  return line;
}

/** Asks a process to end, and kills it if it does not end in time. */
export async function endProcess(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), endLimitMs);
  await ended;
  clearTimeout(limit);
}
