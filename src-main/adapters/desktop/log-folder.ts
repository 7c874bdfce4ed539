import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { shell } from 'electron';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import { withUmaskOfStart } from '../disk/own-rights.ts';

/**
 * Opens the folder of a log file in the system's file manager. Failure: `log_folder_not_opened`, with the folder as its fact.
 */
export async function openLogFolder(logFile: string): Promise<Result<null>> {
  const folder = dirname(logFile);
  // Nothing may have been logged yet. If the folder cannot be made, it cannot be opened either.
  await mkdir(folder, { recursive: true }).catch(() => {});
  const reason = await withUmaskOfStart(() => shell.openPath(folder)).catch(String);
  return reason === '' ? succeed(null) : fail('log_folder_not_opened', { facts: { folder } });
}
