import { rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import type { Failure } from '../../../src-shared/result.ts';
import { readFailure, readText } from '../../files/read-file.ts';
import { removeIfPossible, replaceFile } from '../../files/replace-file.ts';
import { longestSocketPath, randomPipe } from '../../files/socket-address.ts';
import { ownFolderFor } from '../disk/session-folder.ts';

const documentSchema = z.object({
  version: z.literal(1),
  address: z.string().check(z.minLength(1), z.maxLength(500)),
  /** The key of this run. Any process that can read this file may give commands. */
  key: z.string().check(z.minLength(32), z.maxLength(100)),
  pid: z.number().check(z.int(), z.gte(1)),
  /** The process that serves the commands: the console with its window and its tray icon, or a command that runs without them. */
  servedBy: z.enum(['console', 'command']),
  /** The display that its windows open on. Null if it has no display, absent if an earlier version wrote this. */
  display: z.optional(z.nullable(z.string().check(z.maxLength(500)))),
});
export type ChannelDocument = z.infer<typeof documentSchema>;

const fileName = 'command-channel.json';
const longestFile = 64 * 1024;

/** Reads where a running console takes commands. Null without a valid file. The file may be left over from a run that has ended. */
export function readChannelFile(folder: string): ChannelDocument | null {
  try {
    const parsed = documentSchema.safeParse(JSON.parse(readText(join(folder, fileName), longestFile)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Why the file cannot be read. Null if it can be read or is not there. */
export function channelFileTrouble(folder: string): Failure | null {
  const path = join(folder, fileName);
  try {
    readText(path, longestFile);
    return null;
  } catch (thrown) {
    return readFailure(path, thrown);
  }
}

/** Writes the file in one step, readable by this account only. Throws if it cannot be written, and then leaves nothing behind. */
export function writeChannelFile(folder: string, document: ChannelDocument): Promise<void> {
  return replaceFile(join(folder, fileName), JSON.stringify(document));
}

/** Removes the file unless another run has replaced it. A file that is left over, for example after a crash, names a run that has ended. */
export function removeChannelFile(folder: string, { key }: Pick<ChannelDocument, 'key'>): void {
  if (readChannelFile(folder)?.key === key) removeIfPossible(join(folder, fileName));
}

/**
 * A socket is in the profile folder. If its path would be too long there, it is in a folder of this account with a short path, the
 * same for every run. A Windows pipe has a random name, which no other program can have taken in advance.
 */
export function channelAddress(folder: string, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return randomPipe('fusion-license-console-commands');
  const path = join(folder, 'command-channel.sock');
  return Buffer.byteLength(path) <= longestSocketPath ? path : join(ownFolderFor(folder), 'c.sock');
}

/** Removes the folder that was made for an address outside the profile folder. Keeps the folder if it is not empty. */
export function leaveChannelAddress(folder: string, address: string): void {
  if (process.platform === 'win32' || dirname(address) === folder) return;
  try {
    rmdirSync(dirname(address));
  } catch {
    // The next run uses it again.
  }
}
