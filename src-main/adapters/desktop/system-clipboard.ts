import { clipboard } from 'electron';
import { fail, succeed } from '../../../src-shared/result.ts';
import type { Clipboard } from '../../ports/clipboard.ts';

/** This computer's clipboard. */
export const systemClipboard: Clipboard = {
  async write(text) {
    try {
      // Later versions of Electron return a promise.
      await clipboard.writeText(text);
      return succeed(null);
    } catch {
      return fail('clipboard_refused');
    }
  },
};
