import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const module = pathToFileURL(join(import.meta.dirname, 'one-at-a-time.mjs')).href;
let cache;
let log;
let env;

beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'license-console-lock-'));
  log = join(cache, 'log');
  env = { ...process.env, XDG_CACHE_HOME: cache };
});
afterAll(() => rmSync(cache, { recursive: true }));

/** The script of a separate process that does something while it holds the lock. */
function script(body) {
  return `import { appendFileSync } from 'node:fs';
    import { oneAtATime } from ${JSON.stringify(module)};
    await oneAtATime('trial', async () => { ${body} });`;
}

describe('work that one process does at a time', () => {
  it('is never done by two of four processes at the same time', async () => {
    const body = `appendFileSync(${JSON.stringify(log)}, 'in ');
      await new Promise((resolve) => setTimeout(resolve, 100));
      appendFileSync(${JSON.stringify(log)}, 'out ');`;
    const args = ['--input-type=module', '-e', script(body)];
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, args, { env, stdio: 'inherit' }));
    await Promise.all(children.map((child) => once(child, 'exit')));
    expect(readFileSync(log, 'utf8')).toBe('in out in out in out in out ');
  });

  it('is not blocked by a killed process', () => {
    const killed = ['--input-type=module', '-e', script("process.kill(process.pid, 'SIGKILL');")];
    expect(spawnSync(process.execPath, killed, { env }).signal).toBe('SIGKILL');
    appendFileSync(log, '| ');
    const next = ['--input-type=module', '-e', script(`appendFileSync(${JSON.stringify(log)}, 'next');`)];
    expect(spawnSync(process.execPath, next, { env, timeout: 20_000 }).status).toBe(0);
    expect(readFileSync(log, 'utf8')).toMatch(/\| next$/);
  });

  it.runIf(process.platform === 'linux')('is not blocked by a zombie process', async () => {
    const killed = script(`appendFileSync(${JSON.stringify(log)}, ' inside'); process.kill(process.pid, 'SIGKILL');`);
    // The shell is replaced by a program that never waits for its children.
    const command = `"${process.execPath}" --input-type=module -e "$KILLED" & exec sleep 60`;
    const parent = spawn('sh', ['-c', command], { env: { ...env, KILLED: killed }, stdio: 'ignore' });
    try {
      await vi.waitUntil(() => readFileSync(log, 'utf8').endsWith('inside'), { timeout: 20_000 });
      const next = ['--input-type=module', '-e', script(`appendFileSync(${JSON.stringify(log)}, ' after');`)];
      expect(spawnSync(process.execPath, next, { env, timeout: 20_000 }).status).toBe(0);
      expect(readFileSync(log, 'utf8')).toMatch(/inside after$/);
    } finally {
      parent.kill();
    }
  });
});
