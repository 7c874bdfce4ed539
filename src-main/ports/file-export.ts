import type { ExportOutcome } from '../../src-shared/export-outcome.ts';
import type { Result } from '../../src-shared/result.ts';

/** Lets a person choose where a text is saved, and saves it there. Failure: `export_not_written`. */
export interface FileExport {
  save(file: ExportedFile): Promise<Result<ExportOutcome>>;
}

export interface ExportedFile {
  /** With its extension. */
  readonly suggestedName: string;
  /** What the dialog is called, and the kind of file, as a person reads it. */
  readonly title: string;
  readonly kind: string;
  readonly text: string;
}
