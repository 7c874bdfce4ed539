import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiagnosticsDisk, ListedFile } from '../../diagnostics/diagnostics-part.ts';
import { isAbsent, systemCode } from '../../files/file-trouble.ts';
import { isFileThere } from '../../files/read-file.ts';

/** The most entries that are listed: a folder of Chromium may hold thousands. */
const mostEntries = 3_000;
/** The data folder itself is 1 deep. */
const deepest = 3;

/** The files of the console in its data folder. `settleLog` writes the lines that wait until the log is open. */
export function createDiagnosticsFiles(folder: string, settleLog = async () => {}): DiagnosticsDisk {
  return {
    logs: ['logs/console.log', 'logs/console.old.log'],
    async readEnd(path, most) {
      await settleLog();
      const file = join(folder, path);
      if (!readable(() => isFileThere(file))) return null;
      return readable(() => readEnd(file, most));
    },
    async list() {
      const listed: ListedFile[] = [];
      await readable(() => list(folder, '', 1, listed));
      return listed;
    },
  };
}

/** Passes on only the system's error code: the text of the error names the folder of the account. */
function readable<T>(read: () => T): T {
  const why = (thrown: unknown) => new Error(systemCode(thrown) || (thrown instanceof Error ? thrown.name : 'unknown'));
  try {
    const value = read();
    if (!(value instanceof Promise)) return value;
    return value.catch((thrown: unknown) => {
      throw why(thrown);
    }) as T;
  } catch (thrown) {
    throw why(thrown);
  }
}

async function readEnd(path: string, most: number) {
  // Something else may have replaced the file since it was checked. Opening that must not block.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - most);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, most)), 0, Math.min(size, most), from);
    const bytes = buffer.subarray(0, bytesRead);
    const begin = from === 0 ? 0 : bytes.indexOf(10) + 1;
    return { text: bytes.subarray(begin).toString('utf8'), leftOutBytes: from + begin };
  } finally {
    await file.close();
  }
}

async function list(folder: string, below: string, depth: number, listed: ListedFile[]): Promise<void> {
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    if (listed.length >= mostEntries) return;
    const path = `${below}${entry.name}`;
    // A link is listed and not followed.
    const { size, mtimeMs } = await lstat(join(folder, path)).catch(gone);
    listed.push({ path: entry.isDirectory() ? `${path}/` : path, bytes: size, changedAt: mtimeMs });
    if (entry.isDirectory() && depth < deepest) await list(folder, `${path}/`, depth + 1, listed).catch(gone);
  }
}

/** While the folder is listed, a file may be deleted, or this account may lose access to it. */
function gone(thrown: unknown): { size: number; mtimeMs: number } {
  if (isAbsent(thrown) || systemCode(thrown) !== '') return { size: 0, mtimeMs: 0 };
  throw thrown;
}
