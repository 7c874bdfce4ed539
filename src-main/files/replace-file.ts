import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fail, type Result } from '../../src-shared/result.ts';
import { isHeld } from './file-trouble.ts';

/** Another program held the file during all attempts to replace it. */
export class FileInUseError extends Error {
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(`in use: ${basename(path)}`, { cause });
    this.path = path;
  }
}

/** Failure: `file_in_use`, with the file's name as the fact `file`. */
export function fileInUse(path: string): Result<never> {
  return fail('file_in_use', { facts: { file: basename(path) } });
}

/** About one second in total. Virus scanners and backups release a small file sooner. */
export const retryPausesMs: readonly number[] = [10, 20, 40, 80, 150, 200, 250, 250];

/** The effects of {@link renameOver}, which a test replaces. */
export interface RenameSteps {
  readonly platform: NodeJS.Platform;
  readonly rename: (from: string, to: string) => void;
  readonly wait: (ms: number) => Promise<unknown>;
}
export const systemSteps: RenameSteps = { platform: process.platform, rename: renameSync, wait: (ms) => pause(ms) };

/**
 * Renames over a file that another program may hold for a moment. Waits asynchronously. Throws {@link FileInUseError} if the file
 * is still held after about a second, and any other error at once.
 */
export async function renameOver(from: string, to: string, steps = systemSteps): Promise<void> {
  for (const pauseMs of [...retryPausesMs, null]) {
    try {
      steps.rename(from, to);
      return;
    } catch (thrown) {
      if (!isHeld(thrown, steps.platform) || isFolder(to)) throw thrown;
      if (pauseMs === null) throw new FileInUseError(to, thrown);
      await steps.wait(pauseMs);
    }
  }
}

/**
 * Replaces the file in one step, readable by this account only. Throws as {@link renameOver}. The old file is then unchanged, and
 * no temporary file is left.
 */
export async function replaceFile(path: string, content: string, steps = systemSteps): Promise<void> {
  const written = `${path}.${process.pid}.new`;
  try {
    rmSync(written, { force: true });
    writeFileSync(written, content, { mode: 0o600, flag: 'wx' });
    await renameOver(written, path, steps);
  } catch (thrown) {
    removeIfPossible(written);
    throw thrown;
  }
}

/** Removes the file, and ignores a failure: the caller has already reported what is wrong with the disk. */
export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The file stays.
  }
}

/** Windows refuses to replace a folder with the same codes as an open file, and there waiting does not help. */
export function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
