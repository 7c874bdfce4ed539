import type { Result } from '../../src-shared/result.ts';

export interface Clipboard {
  /** Failure: `clipboard_refused`, for example if another program holds it. */
  write(text: string): Promise<Result<null>>;
}
