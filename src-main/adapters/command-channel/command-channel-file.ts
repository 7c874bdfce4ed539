import { randomBytes } from 'node:crypto';
import { rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import type { Failure } from '../../../src-shared/result.ts';
import { readFailure, readText } from '../../files/read-file.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { ownFolderFor } from '../session-folder.ts';

/** Who serves the commands: the console with its window and its tray icon, or a command that runs without them. */
export type ServedBy = 'console' | 'command';

const documentSchema = z.object({
  version: z.literal(1),
  address: z.string().check(z.minLength(1), z.maxLength(500)),
  /** Of this run; who can read this file may give commands. */
  key: z.string().check(z.minLength(32), z.maxLength(100)),
  pid: z.number().check(z.int(), z.gte(1)),
  servedBy: z.enum(['console', 'command']),
  /** Where its windows open; null where it has no display, absent where an earlier version wrote this. */
  display: z.optional(z.nullable(z.string().check(z.maxLength(500)))),
});
export type ChannelDocument = z.infer<typeof documentSchema>;

const fileName = 'command-channel.json';
const longestFile = 64 * 1024;

/** Where a running console can be given commands; null where none has said so. What is there may be of a run that is gone. */
export function readChannelFile(folder: string): ChannelDocument | null {
  try {
    const parsed = documentSchema.safeParse(JSON.parse(readText(join(folder, fileName), longestFile)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Why the file cannot be read. Null where it can be read, or is not there. */
export function channelFileTrouble(folder: string): Failure | null {
  const path = join(folder, fileName);
  try {
    readText(path, longestFile);
    return null;
  } catch (thrown) {
    return readFailure(path, thrown);
  }
}

/** In one step, readable by its own account alone. Throws where it cannot be written; then nothing of it is left. */
export function writeChannelFile(folder: string, document: ChannelDocument): Promise<void> {
  return replaceFile(join(folder, fileName), JSON.stringify(document));
}

/** Unless another run has put its own there meanwhile. What cannot be removed names a run that is gone, as after a crash. */
export function removeChannelFile(folder: string, { key }: Pick<ChannelDocument, 'key'>): void {
  try {
    if (readChannelFile(folder)?.key === key) rmSync(join(folder, fileName), { force: true });
  } catch {
    // Whoever reads it finds nobody there.
  }
}

/** The longest path that a Unix domain socket may have on any of the systems, in bytes. */
const longestSocketPath = 103;

/**
 * Sockets stand in the profile folder or, where that path is too long for one, in a short folder of this account that is the
 * same for every run. A pipe has a name that nobody can have taken beforehand.
 */
export function channelAddress(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32')
    return String.raw`\\.\pipe\fusion-license-console-commands-${randomBytes(16).toString('hex')}`;
  const path = join(folder, 'command-channel.sock');
  return Buffer.byteLength(path) <= longestSocketPath ? path : join(ownFolderFor(folder), 'c.sock');
}

/** What was made for an address beside the profile folder is taken away; nothing where something else is in there. */
export function leaveChannelAddress(folder: string, address: string): void {
  if (process.platform === 'win32' || dirname(address) === folder) return;
  try {
    rmdirSync(dirname(address));
  } catch {
    // The next run uses it again.
  }
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
