import { closeSync, constants, fstatSync, openSync, writeFile } from 'node:fs';
import { promisify } from 'node:util';
import { systemCode } from '../../files/file-trouble.ts';
import { removeIfPossible } from '../../files/replace-file.ts';
import { withUmaskOfStart } from '../disk/own-rights.ts';

/** Why a file could not be written, as far as a person can do something about it. */
type NotWrittenReason = 'full' | 'refused' | 'in_use' | 'no_folder' | 'other';

const reasons: Readonly<Record<string, NotWrittenReason>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
  EBUSY: 'in_use',
  ETXTBSY: 'in_use',
  ENOENT: 'no_folder',
  ENOTDIR: 'no_folder',
};

export function notWrittenReason(thrown: unknown): NotWrittenReason {
  return reasons[systemCode(thrown)] ?? 'other';
}

/** Overwrites what is there. A pipe without a reader fails instead of blocking. */
const overwrite = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NONBLOCK ?? 0);
/** Fails if something already exists there. */
const create = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
const writeTo = promisify<number, string | Uint8Array>(writeFile);

/**
 * Writes a file for the person, with the permissions that the person's other programs give their files. Throws the system's error, also if
 * something is there and `replaces` is false. A part of the file is then removed, since a person would think that it is the whole file.
 */
export async function writeExport(path: string, content: string | Uint8Array, replaces = true): Promise<void> {
  const file = withUmaskOfStart(() => openSync(path, replaces ? overwrite : create, 0o666));
  let leftover = fstatSync(file).isFile();
  try {
    await writeTo(file, content);
    leftover = false;
  } finally {
    closeSync(file);
    if (leftover) removeIfPossible(path);
  }
}
