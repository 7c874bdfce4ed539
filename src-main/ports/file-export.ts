import type { ExportOutcome } from '../../src-shared/window/ipc-contract.ts';
import type { Result } from '../../src-shared/result.ts';

/** Lets a person choose where something is saved, and saves it there. */
export interface FileExport {
  /** Failure: `export_not_written`, with the fact `reason` if the system gave one that a person can act on. */
  save(file: ExportedFile): Promise<Result<ExportOutcome>>;
  /** Shows the file that was saved last in the system's file manager. Failure: `saved_file_gone`. */
  showSaved(): Promise<Result<null>>;
}

export interface ExportedFile {
  /** With its extension. */
  readonly suggestedName: string;
  /** The dialog's title, and the kind of file, as the person reads them. */
  readonly title: string;
  readonly kind: string;
  /** A function is called when the person has chosen a place. Its failure is that of `save`. */
  readonly content: string | Uint8Array | (() => Promise<Result<Uint8Array>>);
  /** Where the dialog begins. */
  readonly folder?: 'documents' | 'downloads';
}
