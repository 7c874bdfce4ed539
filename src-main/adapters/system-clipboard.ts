import { clipboard } from 'electron';
import { fail, type Result, succeed } from '../../src-shared/result.ts';

/** Puts a text on the clipboard. Failure: `clipboard_refused`, as when another program holds it. */
export async function copyToClipboard(text: string): Promise<Result<null>> {
  try {
    // Later Electrons answer with a promise.
    await clipboard.writeText(text);
    return succeed(null);
  } catch {
    return fail('clipboard_refused');
  }
}
