import type { ExportOutcome } from '../../src-shared/ipc-contract.ts';
import type { Result } from '../../src-shared/result.ts';

/** Lets a person choose where a text is saved, and saves it there. Failure: `export_not_written`. */
export interface FileExport {
  save(file: ExportedFile): Promise<Result<ExportOutcome>>;
}

export interface ExportedFile {
  /** With its extension. */
  readonly suggestedName: string;
  /** The dialog's title, and the kind of file, as the person reads them. */
  readonly title: string;
  readonly kind: string;
  readonly text: string;
}
