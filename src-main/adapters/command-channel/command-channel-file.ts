import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/mini';

/** Who serves the commands: the console with its window and its tray icon, or a command that runs without them. */
export type ServedBy = 'console' | 'command';

const documentSchema = z.object({
  version: z.literal(1),
  address: z.string().check(z.minLength(1), z.maxLength(500)),
  /** Of this run; who can read this file may give commands. */
  key: z.string().check(z.minLength(32), z.maxLength(100)),
  pid: z.number().check(z.int(), z.gte(1)),
  servedBy: z.enum(['console', 'command']),
});
export type ChannelDocument = z.infer<typeof documentSchema>;

const fileName = 'command-channel.json';

/** Where a running console can be given commands; null where none has said so. What is there may be of a run that is gone. */
export function readChannelFile(folder: string): ChannelDocument | null {
  try {
    const parsed = documentSchema.safeParse(JSON.parse(readFileSync(join(folder, fileName), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** In one step, readable by its own account alone. */
export function writeChannelFile(folder: string, document: ChannelDocument): void {
  const path = join(folder, fileName);
  const made = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(made, JSON.stringify(document), { mode: 0o600, flag: 'wx' });
  renameSync(made, path);
}

/** Unless another run has put its own there meanwhile. */
export function removeChannelFile(folder: string, { key }: Pick<ChannelDocument, 'key'>): void {
  if (readChannelFile(folder)?.key === key) rmSync(join(folder, fileName), { force: true });
}

/** The longest path that a Unix domain socket may have on any of the systems, in bytes. */
const longestSocketPath = 103;

/**
 * A name that nobody can have taken beforehand. Sockets stand in the profile folder or, where that path is too long for one, in
 * a new folder of this run.
 */
export function newChannelAddress(folder: string, platform: NodeJS.Platform = process.platform): string {
  const name = randomBytes(16).toString('hex');
  if (platform === 'win32') return String.raw`\\.\pipe\fusion-license-console-commands-${name}`;
  const path = join(folder, 'command-channel.sock');
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  return join(mkdtempSync(join(tmpdir(), 'fusion-license-console-')), 'c.sock');
}

/** Is that run still there? */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
