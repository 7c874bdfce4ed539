import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';

/** A heap snapshot of a page's scripts. */
export async function heapSnapshot(electron: ElectronApplication, origin: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'license-console-heap-'));
  const path = join(folder, 'snapshot.heapsnapshot');
  await electron.evaluate(
    async ({ webContents }, [start, file]) => {
      const page = webContents.getAllWebContents().find((contents) => contents.getURL().startsWith(start));
      if (!page) throw new Error(`No page of ${start}`);
      await page.takeHeapSnapshot(file);
    },
    [origin, path] as const,
  );
  const snapshot = readFileSync(path);
  rmSync(folder, { recursive: true });
  return snapshot;
}

/** The renderer processes, and what each shows: a protocol, or `spare`. Empty except on Linux. */
export function rendererProcesses(electron: ElectronApplication): Promise<[pid: number, type: string][]> {
  if (process.platform !== 'linux') return Promise.resolve([]);
  return electron.evaluate(({ app: running, webContents }) =>
    running
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .map(({ pid }): [number, string] => {
        const shown = webContents.getAllWebContents().find((contents) => contents.getOSProcessId() === pid);
        return [pid, shown ? new URL(shown.getURL()).protocol : 'spare'];
      }),
  );
}

/** The writable memory of a process that is not mapped from files. Linux only. */
export function processMemory(pid: number): Buffer {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const regions: Buffer[] = [];
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from = '', to = '', path = ''] = /^(\w+)-(\w+) rw\S+ \S+ \S+ \d+\s*(.*)$/.exec(line) ?? [];
    if (!from || path.startsWith('/dev') || path.startsWith('[v')) continue;
    regions.push(...readRegion(memory, Number.parseInt(from, 16), Number.parseInt(to, 16)));
  }
  closeSync(memory);
  return Buffer.concat(regions);
}

const mebibyte = 1024 * 1024;
const zeros = Buffer.alloc(mebibyte);

/** Skips address space that is only reserved, because it is empty and very large. */
function readRegion(memory: number, from: number, to: number): Buffer[] {
  if (to - from > 4096 * mebibyte) return [];
  const parts: Buffer[] = [];
  for (let at = from; at < to; at += mebibyte) {
    const part = Buffer.alloc(Math.min(mebibyte, to - at));
    try {
      readSync(memory, part, 0, part.length, at);
    } catch {
      continue;
    }
    if (!part.equals(zeros.subarray(0, part.length))) parts.push(part);
  }
  return parts;
}
