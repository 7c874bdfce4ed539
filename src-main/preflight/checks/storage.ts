import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, failed, ok } from '../preflight-check.ts';

/** With less free space a log or a history may soon not be written. */
const littleBytes = 50 * 1024 * 1024;

/** Whether the console can write to its folder, and whether the disk has space. */
export const storage: ComputerCheck = {
  async check({ storage: folder }) {
    const written = await folder.tryWriting();
    if (!written.ok) return failed(written.failure);
    const free = await folder.freeBytes();
    if (free !== null && free < littleBytes)
      return attention([preflightWords.diskAlmostFull], { advice: 'free_disk_space' });
    return ok(preflightWords.storageWorks);
  },
};
